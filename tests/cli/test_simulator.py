"""The script from the first command on, against the simulator that it serves itself: what is done is there."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Script


@pytest.fixture
def simulated(script: Script) -> Iterator[dict[str, str]]:
    """`zoom-api simulate`, and what it says of itself: address, account id, client id and secret."""
    with script.start("simulate", "--port", "0") as process:
        assert process.stdout
        said = {"base_url": process.stdout.readline().split()[3]}
        while "client secret" not in said:
            name, value = process.stdout.readline().rsplit(maxsplit=1)
            said[name.strip()] = value
        yield said
        process.send_signal(signal.SIGINT)


@pytest.fixture
def user(script: Script, simulated: dict[str, str]) -> Script:
    """Somebody who has logged in."""
    words = ("--account-id", simulated["account id"], "--client-id", simulated["client id"])
    ran = script(
        "login",
        "--server-to-server",
        *words,
        stdin=f"{simulated['client secret']}\n",
        ZOOM_BASE_URL=simulated["base_url"],
    )
    assert ran.code == 0, ran.err
    return script


def test_a_wrong_secret_is_not_taken(script: Script, simulated: dict[str, str]) -> None:
    """The simulator knows its apps: exit code 4, and no profile."""
    words = ("--account-id", simulated["account id"], "--client-id", simulated["client id"])
    ran = script("login", "--server-to-server", *words, stdin="a guess\n", ZOOM_BASE_URL=simulated["base_url"])
    assert ran.code == 4
    assert "a guess" not in ran.err
    assert script("status").code == 4


def test_a_meeting_lives_from_its_creation_to_its_end(user: Script) -> None:
    """It is listed, read, changed and deleted; then it is not found."""
    made = json.loads(user("meetings", "create", "me", "--topic", "Standup", "--duration", "30").out)
    number = str(made["id"])
    listed = user("meetings", "list", "me", "--type", "upcoming").out + user("meetings", "list", "me").out
    assert made["id"] in [json.loads(line)["id"] for line in listed.splitlines()]
    assert user("meetings", "update", number, "--topic", "Retro").code == 0
    assert json.loads(user("meetings", "get", number).out)["topic"] == "Retro"
    assert user("meetings", "delete", number, "--yes").code == 0
    gone = user("meetings", "get", number)
    assert (gone.code, gone.out) == (3, "")


def test_people_who_are_imported_are_registered(user: Script, tmp_path: Path) -> None:
    """And listed."""
    made = json.loads(user("meetings", "create", "me", "--topic", "Launch", "--settings.approval-type", "0").out)
    people = tmp_path / "people.csv"
    people.write_text("email,first_name,last_name\nann@example.com,Ann,A\nbob@example.com,Bob,B\n")
    assert user("meetings", "registrants", "import", str(made["id"]), str(people)).code == 0
    listed = user("meetings", "registrants", "list", str(made["id"]), "--fields", "email")
    assert {json.loads(line)["email"] for line in listed.out.splitlines()} == {"ann@example.com", "bob@example.com"}
