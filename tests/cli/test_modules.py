"""Every command of the named modules, against a Zoom that judges each request."""

import json
from importlib import import_module
from pathlib import Path

import pytest

from tests.cli.conftest import Script
from tests.cli.test_tree import MODULES
from zoom_api_client.testing import EmbeddedZoom

WORDS = {
    "meetings create": "me --topic Standup --duration 30 --settings.auto-recording cloud --settings.host-video=false",
    "meetings get": "86080219397",
    "meetings list": "me --type upcoming --from today",
    "meetings update": "86080219397 --topic Sync",
    "meetings end": "86080219397 --yes",
    "meetings delete": "86080219397 --yes",
    "meetings registrants add": "86080219397 --email ann@example.com --first-name Ann",
    "meetings registrants list": "86080219397 --status all",
    "meetings registrants update": "86080219397 approve ann@example.com bob@example.com --yes",
    "webinars create": "me --topic Launch",
    "webinars get": "86080219397",
    "webinars list": "me",
    "webinars update": "86080219397 --topic Launch",
    "webinars delete": "86080219397 --yes",
    "webinars registrants add": "86080219397 --email ann@example.com --first-name Ann",
    "webinars registrants list": "86080219397",
    "webinars registrants update": "86080219397 deny ann@example.com --yes",
    "webinars panelists add": '86080219397 [{"email":"ann@example.com","name":"Ann"}]',
    "webinars panelists list": "86080219397",
    "webinars panelists remove": "86080219397 p-1 --yes",
    "recordings list": "me --from 2026-10-01 --to 2026-10-31",
    "recordings get": "86080219397",
    "recordings delete": "86080219397 --yes",
    "phone numbers": "me",
    "phone calls": "me --from yesterday --directions inbound",
    "chat send": "Hello --to-contact ann@example.com",
}
LISTS = {"meetings list", "webinars list", "recordings list", "phone numbers", "phone calls"}


def test_every_command_is_tried() -> None:
    """Each command of a module stands in the table above."""
    known = {
        f"{module} {words}"
        for module in MODULES
        for words in import_module(f"zoom_api_client.cli.commands.{module}").METHODS
    }
    assert known == set(WORDS)


@pytest.mark.parametrize("words", WORDS)
def test_a_command_does_what_its_method_does(words: str, command: Script, zoom: EmbeddedZoom) -> None:
    """Zoom takes the request, and what it answers is JSON, of a list an item a line."""
    ran = command(*words.split(), *WORDS[words].split())
    assert (ran.code, ran.err) == (0, "")
    assert zoom.exchanges
    assert not zoom.violations
    items = [json.loads(line) for line in ran.out.splitlines()]
    assert len(items) > 1 if words in LISTS else len(items) <= 1 or "registrants" in words or "panelists" in words


@pytest.mark.parametrize("words", WORDS)
def test_a_command_can_be_tried_without_an_account(words: str, script: Script) -> None:
    """`--dry-run` shows the request, checked, and sends nothing."""
    ran = script(*words.split(), *WORDS[words].split(), "--dry-run")
    assert (ran.code, ran.err) == (0, "")
    for line in ran.out.splitlines():
        assert json.loads(line)["url"].startswith("https://api.zoom.us/v2/")


def test_fields_reach_the_body(command: Script, zoom: EmbeddedZoom) -> None:
    """Numbers are numbers, switches can be off, inner fields lie in inner objects."""
    command("meetings", "create", *WORDS["meetings create"].split())
    assert json.loads(zoom.exchanges[-1].request.body) == {
        "topic": "Standup",
        "duration": 30,
        "settings": {"auto_recording": "cloud", "host_video": False},
    }


@pytest.mark.parametrize("module", ["meetings", "webinars"])
def test_registrants_are_imported(module: str, command: Script, zoom: EmbeddedZoom, tmp_path: Path) -> None:
    """Each line is registered, and its answer is a line."""
    people = tmp_path / "people.csv"
    people.write_text("email,first_name,last_name\nann@example.com,Ann,\nbob@example.com,Bob,Be\n")
    ran = command(module, "registrants", "import", "123", str(people))
    assert (ran.code, ran.err) == (0, "")
    assert [json.loads(line)["email"] for line in ran.out.splitlines()] == ["ann@example.com", "bob@example.com"]
    assert not zoom.violations
    shown = command(module, "registrants", "import", "123", str(people), "--dry-run")
    assert [json.loads(line)["body"]["first_name"] for line in shown.out.splitlines()] == ["Ann", "Bob"]
    assert len(zoom.exchanges) == 2


def test_an_import_that_stopped_goes_on(command: Script, answers, zoom: EmbeddedZoom, tmp_path: Path) -> None:
    """The message names the line; from there on the rest is registered."""
    people = tmp_path / "people.csv"
    people.write_text("email,first_name\nann@example.com,Ann\nbob@example.com,Bob\n")
    answers.refuse("meetings.add_meeting_registrant", 429, "Too many", 429)
    ran = command("meetings", "registrants", "import", "123", str(people), "--from-line", "3")
    assert ran.code == 5
    assert "--from-line 3" in ran.err
    assert json.loads(zoom.exchanges[0].request.body)["email"] == "bob@example.com"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("email,first_name\nann@example.com,Ann\n,Bob\n", "people.csv, line 3 has no e-mail address"),
        ("email,first_name\nann@example.com,Ann,Lee\n", "people.csv, line 2 has more values than there are columns"),
        ("ann@example.com,Ann\nbob@example.com,Bob\n", "people.csv has no column 'email'"),
        ("", "people.csv has no column 'email'"),
    ],
)
def test_a_file_that_cannot_be_sent_whole_is_refused(content: str, says: str, script: Script, tmp_path: Path) -> None:
    """Nothing is sent of it, and the message says what is wrong with it."""
    people = tmp_path / "people.csv"
    people.write_text(content)
    ran = script("meetings", "registrants", "import", "123", str(people))
    assert ran.code == 2
    assert says in ran.err


def test_a_file_that_is_not_there_is_named_once(script: Script) -> None:
    """With the reason of the system."""
    ran = script("meetings", "registrants", "import", "123", "nofile.csv")
    assert (ran.code, ran.err) == (2, "zoom-api: nofile.csv cannot be read: No such file or directory\n")
