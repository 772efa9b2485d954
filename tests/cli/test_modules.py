"""Every command of the named modules, against a Zoom that remembers and judges each request."""

import json
from importlib import import_module
from pathlib import Path

import pytest

from tests.cli.running import Here, Script
from tests.cli.simulated import MEETING, WEBINAR, Simulated
from tests.cli.test_tree import MODULES

WORDS = {
    "meetings create": "me --topic Standup --duration 30 --settings.auto-recording cloud --settings.host-video=false",
    "meetings get": "86080219397",
    "meetings list": "me",
    "meetings update": "86080219397 --topic Sync",
    "meetings end": "86080219397 --yes",
    "meetings delete": "86080219397 --yes",
    "meetings registrants add": "86080219397 --email ann@example.com --first-name Ann",
    "meetings registrants list": "86080219397 --status all",
    "meetings registrants update": "86080219397 approve ann@example.com bob@example.com --yes",
    "webinars create": "me --topic Launch",
    "webinars get": "86080219399",
    "webinars list": "me",
    "webinars update": "86080219399 --topic Launch",
    "webinars delete": "86080219399 --yes",
    "webinars registrants add": "86080219399 --email ann@example.com --first-name Ann",
    "webinars registrants list": "86080219399",
    "webinars registrants update": "86080219399 deny ann@example.com --yes",
    "webinars panelists add": '86080219399 [{"email":"ann@example.com","name":"Ann"}]',
    "webinars panelists list": "86080219399",
    "webinars panelists remove": "86080219399 p-1 --yes",
    "recordings list": "me --from yesterday --to today",
    "recordings get": "86080219397",
    "recordings delete": "86080219397 --yes",
    "phone numbers": "me",
    "phone calls": "me --from yesterday --directions inbound",
    "chat send": "Hello --to-contact ann@example.com",
}
ITEMS = {
    "meetings list": 2,
    "meetings registrants list": 2,
    "webinars list": 2,
    "webinars registrants list": 1,
    "webinars panelists list": 1,
    "recordings list": 2,
    "phone numbers": 2,
    "phone calls": 2,
}
"""How many items the lists have in the account of the tests."""


def test_every_command_is_tried() -> None:
    """Each command of a module stands in the table above."""
    known = {
        f"{module} {words}"
        for module in MODULES
        for words in import_module(f"zoom_api_client.cli.commands.{module}").METHODS
    }
    assert known == set(WORDS)


@pytest.mark.parametrize("words", WORDS)
def test_a_command_does_what_its_method_does(words: str, command: Script, zoom: Simulated) -> None:
    """Zoom takes the request, and what it answers is JSON, of a list an item a line."""
    for _ in range(2):
        zoom.simulator.call("+12055550100", "owner@example.com")
    ran = command(*words.split(), *WORDS[words].split())
    assert (ran.code, ran.err) == (0, "")
    assert zoom.exchanges
    assert not zoom.violations
    items = [json.loads(line) for line in ran.out.splitlines()]
    assert len(items) == ITEMS[words] if words in ITEMS else len(items) <= 1


@pytest.mark.parametrize("words", WORDS)
def test_a_command_can_be_tried_without_an_account(words: str, here: Here) -> None:
    """`--dry-run` shows the request, checked, and sends nothing."""
    ran = here(*words.split(), *WORDS[words].split(), "--dry-run")
    assert (ran.code, ran.err) == (0, "")
    for line in ran.out.splitlines():
        assert json.loads(line)["url"].startswith("https://api.zoom.us/v2/")


def test_fields_reach_the_body(command_here: Here, zoom: Simulated) -> None:
    """Numbers are numbers, switches can be off, inner fields lie in inner objects."""
    command_here("meetings", "create", *WORDS["meetings create"].split())
    assert json.loads(zoom.exchanges[-1].request.body) == {
        "topic": "Standup",
        "duration": 30,
        "settings": {"auto_recording": "cloud", "host_video": False},
    }


@pytest.mark.parametrize(("module", "number"), [("meetings", MEETING), ("webinars", WEBINAR)])
def test_registrants_are_imported(
    module: str, number: str, command_here: Here, zoom: Simulated, tmp_path: Path
) -> None:
    """Each line is registered, and its answer is a line."""
    people = tmp_path / "people.csv"
    people.write_text("email,first_name,last_name\ncyd@example.com,Cyd,\ndan@example.com,Dan,Do\n")
    ran = command_here(module, "registrants", "import", number, str(people))
    assert (ran.code, ran.err) == (0, "")
    assert [json.loads(line)["email"] for line in ran.out.splitlines()] == ["cyd@example.com", "dan@example.com"]
    assert not zoom.violations
    shown = command_here(module, "registrants", "import", number, str(people), "--dry-run")
    assert [json.loads(line)["body"]["first_name"] for line in shown.out.splitlines()] == ["Cyd", "Dan"]
    assert len(zoom.exchanges) == 2


def test_an_import_that_stopped_goes_on(command_here: Here, tmp_path: Path) -> None:
    """The message names the line; from there on the rest is registered, and nobody twice."""
    people = tmp_path / "people.csv"
    text = "email,first_name\ncyd@example.com,Cyd\ndan at example.com,Dan\neve@example.com,Eve\n"
    people.write_text(text)
    words = ("meetings", "registrants", "import", MEETING, str(people))
    stopped = command_here(*words)
    assert stopped.code == 1
    assert "line 3 was not taken, those before it were: go on with --from-line 3" in stopped.err
    people.write_text(text.replace(" at ", "@"))
    assert command_here(*words, "--from-line", "3").code == 0
    listed = command_here("meetings", "registrants", "list", MEETING, "--fields", "email")
    assert [json.loads(line)["email"][:3] for line in listed.out.splitlines()] == ["ann", "cyd", "dan", "eve"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("email,first_name\nann@example.com,Ann\n,Bob\n", "people.csv, line 3 has no e-mail address"),
        ("email,first_name\nann@example.com,Ann,Lee\n", "people.csv, line 2 has more values than there are columns"),
        ("ann@example.com,Ann\nbob@example.com,Bob\n", "people.csv has no column 'email'"),
        ("", "people.csv has no column 'email'"),
    ],
)
def test_a_file_that_cannot_be_sent_whole_is_refused(content: str, says: str, here: Here, tmp_path: Path) -> None:
    """Nothing is sent of it, and the message says what is wrong with it."""
    people = tmp_path / "people.csv"
    people.write_text(content)
    ran = here("meetings", "registrants", "import", "123", str(people))
    assert ran.code == 2
    assert says in ran.err


def test_a_file_that_is_not_there_is_named_once(here: Here) -> None:
    """The error has the reason of the system."""
    ran = here("meetings", "registrants", "import", "123", "nofile.csv")
    assert (ran.code, ran.err) == (2, "zoom-api: nofile.csv cannot be read: No such file or directory\n")
