"""Each exit code, and the line that goes with it."""

import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Answers, Script
from zoom_api_client import errors
from zoom_api_client.cli import exit_codes
from zoom_api_client.cli.exit_codes import ExitCode

GET = ("meetings", "get", "1")


@pytest.mark.parametrize(
    ("status", "code", "message", "wanted"),
    [
        (400, 300, "Invalid field.", ExitCode.FAILED),
        (500, 500, "Internal error.", ExitCode.FAILED),
        (404, 3001, "Meeting does not exist: 1.", ExitCode.NOT_FOUND),
        (401, 124, "Invalid access token.", ExitCode.NOT_ALLOWED),
        (400, 4711, "Invalid access token, does not contain scopes:[meeting:read:meeting].", ExitCode.NOT_ALLOWED),
        (403, 200, "No permission.", ExitCode.NOT_ALLOWED),
        (429, 429, "You have reached the maximum per-second rate limit for this API.", ExitCode.LIMITED),
    ],
)
def test_a_refusal_has_its_exit_code(
    status: int, code: int, message: str, wanted: ExitCode, command: Script, answers: Answers
) -> None:
    """And is one line on stderr that names the operation."""
    answers.refuse("meetings.get_meeting", status, message, code)
    ran = command(*GET)
    assert (ran.code, ran.out) == (wanted, "")
    assert ran.err.startswith("zoom-api: meetings.get_meeting: ")
    assert ran.err.count("\n") == 1


def test_done_is_0(command: Script) -> None:
    """As everywhere."""
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
    ],
)
def test_wrong_arguments_are_2(words: tuple[str, ...], command: Script, zoom) -> None:
    """And nothing is sent."""
    ran = command(*words)
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert ran.err.count("\n") == 1
    assert not zoom.exchanges


def test_no_credentials_is_4(script: Script) -> None:
    """With what to do."""
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


def test_a_limit_of_the_day_is_5(command: Script, answers: Answers) -> None:
    """Zoom says so itself; the message says when it may go on."""
    answers.refuse("meetings.create_meeting", 429, "You have exceeded the daily rate limit (100) of create.", 429)
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


def test_a_download_that_is_not_whole_is_8(command: Script, answers: Answers, tmp_path: Path) -> None:
    """Each file that could not be had is named."""
    from zoom_api_client.testing import OutgoingAnswer

    files = [
        {"id": name, "file_type": "MP4", "file_size": 10, "download_url": f"https://evil.example/{name}"}
        for name in "ab"
    ]
    answers.given["meetings.get_meeting_recordings"] = OutgoingAnswer.json(
        200, {"id": 1, "topic": "Sync", "recording_files": files}
    )
    ran = command("recordings", "download", "1", "--to-dir", str(tmp_path / "rec"))
    assert ran.code == ExitCode.INCOMPLETE
    assert ran.err.count("was not downloaded") == ran.err.count("\n") == 2


def test_the_codes_are_told(script: Script) -> None:
    """`zoom-api help exit-codes` has each."""
    told = script("help", "exit-codes").out
    for code in ExitCode:
        assert f"{code:4d}  {code.meaning}" in told
