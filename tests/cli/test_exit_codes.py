"""Each exit code, and the line that goes with it."""

import json
import socket
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.cli.running import Here, Script
from tests.cli.simulated import MEETING, Simulated
from zoom_api_client import errors
from zoom_api_client.cli import exit_codes
from zoom_api_client.cli.exit_codes import ExitCode

GET = ("meetings", "get", MEETING)


REFUSALS = {
    "what Zoom refuses": ("users.get_user", {"fails": 300}, ExitCode.FAILED),
    "a failure of Zoom": ("users.get_user", {"raises": 500}, ExitCode.FAILED),
    "a token that Zoom does not know": ("users.get_user", {"fails": 124}, ExitCode.NOT_ALLOWED),
    "no permission": ("users.get_user", {"raises": 403}, ExitCode.NOT_ALLOWED),
    "too many at once": ("users.get_user", {"raises": 429}, ExitCode.LIMITED),
    "no answer": ("users.get_user", {"drops_connection": True}, ExitCode.NETWORK),
    "half an answer": ("users.get_user", {"truncates": True}, ExitCode.NETWORK),
    "a page of a proxy": ("users.get_user", {"sends_html": True}, ExitCode.NETWORK),
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusal_has_its_exit_code(refusal: str, command: Script, zoom: Simulated) -> None:
    """It is one line on stderr that names the operation."""
    operation, what, wanted = REFUSALS[refusal]
    zoom.fail(operation, **what)
    ran = command("api", "users", "get-user", "me")
    assert (ran.code, ran.out) == (wanted, ""), ran.err
    assert ran.err.startswith("zoom-api: ")
    assert ran.err.count("\n") == 1


def test_what_is_not_there_is_3(command: Script) -> None:
    """A meeting, a user, a recording."""
    for words in (("meetings", "get", "123"), ("recordings", "get", "123"), ("api", "users", "get-user", "nobody")):
        ran = command(*words)
        assert (ran.code, ran.out) == (ExitCode.NOT_FOUND, "")
        assert ran.err.startswith("zoom-api: ")
        assert ran.err.count("\n") == 1


def test_what_the_token_may_not_is_4(script: Script, zoom: Simulated) -> None:
    """A token that nobody gave, one that is over, and one without the scope, which is named."""
    at = {"ZOOM_BASE_URL": zoom.base_url}
    assert script(*GET, **at, ZOOM_ACCESS_TOKEN="a-guess").code == ExitCode.NOT_ALLOWED
    token = zoom.give_token()
    zoom.steer("DELETE", "tokens")
    assert script(*GET, **at, ZOOM_ACCESS_TOKEN=token).code == ExitCode.NOT_ALLOWED
    ran = script(*GET, **at, ZOOM_ACCESS_TOKEN=zoom.give_token("user:read:user:admin"))
    assert ran.code == ExitCode.NOT_ALLOWED
    assert "meeting:read:meeting" in ran.err


def test_done_is_0(command: Script) -> None:
    """A script reads success as everywhere."""
    assert command(*GET).code == ExitCode.DONE


@pytest.mark.parametrize(
    "words",
    [
        ("meetings", "get"),
        ("meetings", "get", "1", "--nothing"),
        ("meetings", "list", "me", "--type", "never"),
        ("meetings", "list", "me", "--from", "soon"),
        ("meetings", "create", "me", "--duration", "long"),
        ("meetings", "create", "me", "--tracking-fields", "{"),
        ("meetings", "list", "me", "--json", "--csv"),
        ("meetings", "registrants", "add", "1", "--first-name", "Ann"),
        ("meetings", "delete", "1"),
        ("chat", "send", "Hello"),
        ("nothing",),
        ("call", "GET", "users"),
        ("call", "GTE", "/users"),
    ],
)
def test_wrong_arguments_are_2(words: tuple[str, ...], command_here: Here, zoom: Simulated) -> None:
    """Nothing is sent then."""
    ran = command_here(*words)
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert ran.err.count("\n") == 1
    assert not zoom.exchanges


def test_a_process_ends_with_2(script: Script) -> None:
    """The tests above call the command in their own process; this one starts it."""
    assert script("meetings", "get").code == ExitCode.USAGE


def test_no_credentials_is_4(script: Script) -> None:
    """The error says where credentials may come from."""
    ran = script(*GET)
    assert ran.code == ExitCode.NOT_ALLOWED
    assert "zoom-api login" in ran.err


def test_no_network_is_6(script: Script) -> None:
    """A port at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}/v2"
        ran = script(*GET, ZOOM_ACCESS_TOKEN="x", ZOOM_BASE_URL=nobody)
    assert (ran.code, ran.out) == (ExitCode.NETWORK, "")


def test_a_limit_of_the_day_is_5(command: Script, zoom: Simulated) -> None:
    """Zoom says so itself; the message says when it may go on."""
    zoom.fail("meetings.create_meeting", raises=429, daily=True)
    ran = command("meetings", "create", "me", "--topic", "x")
    assert ran.code == ExitCode.LIMITED
    assert "try again" in ran.err


@pytest.mark.parametrize(
    ("failure", "wanted"),
    [
        (errors.QuotaExceeded(100, 100, datetime.now(UTC)), ExitCode.QUOTA),
        (errors.Throttled("heavy", "a", datetime.now(UTC), daily=False), ExitCode.LIMITED),
        (errors.ConsentNeeded("spent"), ExitCode.NOT_ALLOWED),
        (errors.PlanRequired(400), ExitCode.NOT_ALLOWED),
        (errors.BatchFailed([1], [2], [3]), ExitCode.INCOMPLETE),
        (errors.UnexpectedAnswer("a page", 200), ExitCode.NETWORK),
        (errors.StoreFailed("the disk is full"), ExitCode.FAILED),
        (errors.MissingExtra("x", "y", "z"), ExitCode.FAILED),
        (RuntimeError("a fault of ours"), ExitCode.FAILED),
    ],
    ids=lambda each: type(each).__name__,
)
def test_an_error_of_the_library_has_its_code(failure: Exception, wanted: ExitCode) -> None:
    """Those that no Zoom on loopback can make: its quota is counted in memory, for one process."""
    assert exit_codes.find(failure) is wanted


def test_a_download_that_is_not_whole_is_8(command: Script, zoom: Simulated, tmp_path: Path) -> None:
    """Each file that could not be had is named, and the paths of the others are written."""
    found = json.loads(command("recordings", "get", MEETING, "--show-secrets").out)["recording_files"]
    for each in found[:2]:
        zoom.fail(urlsplit(each["download_url"]).path, raises=404)
    ran = command("recordings", "download", MEETING, "--to-dir", str(tmp_path / "rec"))
    assert ran.code == ExitCode.INCOMPLETE
    assert ran.err.count("was not downloaded") == ran.err.count("\n") == 2
    assert {Path(json.loads(line)["path"]) for line in ran.out.splitlines()} == set((tmp_path / "rec").rglob("*.*"))


def test_the_codes_are_reported(script: Script) -> None:
    """`zoom-api help exit-codes` has each."""
    told = script("help", "exit-codes").out
    for code in ExitCode:
        assert f"{code:4d}  {code.meaning}" in told


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ("meetings", "list", "me", "--from", "yesteday"),
            "'yesteday' is not a day: give 2026-10-01, today or yesterday.",
        ),
        (("meetings", "create", "me", "--start-time", "noon"), "'noon' is not a time: give 2026-10-01T09:00:00Z."),
    ],
)
def test_what_is_not_a_day_is_reported_with_what_is(words: tuple[str, ...], says: str, here: Here) -> None:
    """The error has the words of the command, not of Python."""
    assert says in here(*words).err
