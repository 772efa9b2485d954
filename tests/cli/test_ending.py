"""How a command ends before it is done: nobody reads on, or Ctrl-C."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.cli.running import SCRIPT, Script
from tests.cli.simulated import MEETING, Simulated
from tests.cli.terminal import run
from zoom_api_client.cli.exit_codes import ExitCode
from zoom_api_client.testing import IncomingRequest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither signal")


PAGE = 300
"""So many items the client asks for at once. Their JSON is more than a pipe holds: it waits for the next to be read."""


@pytest.fixture
def listing(command: Script, zoom: Simulated) -> Iterator[subprocess.Popen[str]]:
    """A list of ten pages, of which the first line was read."""
    zoom.fail("meetings.list_meetings", pages=10 * PAGE)
    with command.start("meetings", "list", "me") as process:
        assert process.stdout
        assert json.loads(process.stdout.readline())["id"]
        yield process


def test_a_broken_pipe_ends_a_list(listing: subprocess.Popen[str], zoom: Simulated) -> None:
    """`zoom-api … | head -1`: silent, with the code that shells know, and no more pages are asked for."""
    assert listing.stdout
    assert listing.stderr
    listing.stdout.close()
    assert listing.wait(30) == ExitCode.BROKEN_PIPE
    assert listing.stderr.read() == ""
    assert len(zoom.exchanges) == 1


@pytest.mark.parametrize(
    "words", ["--help", "--version", "meetings list --help", "api users list-users --help", "simulate --help"]
)
def test_a_broken_pipe_ends_help(words: str, script: Script) -> None:
    """The exit code is the same, whoever writes the help."""
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "w") as closed:
        ran = subprocess.run([SCRIPT, *words.split()], env=script.env, stdout=closed, stderr=subprocess.PIPE, text=True)
    assert (ran.returncode, ran.stderr) == (ExitCode.BROKEN_PIPE, "")


def test_ctrl_c_ends_a_list(listing: subprocess.Popen[str], zoom: Simulated) -> None:
    """What was read stands there whole, and nothing else is said; the page that it waits for is not waited for."""
    zoom.steer("DELETE", "faults")
    zoom.fail("meetings.list_meetings", pages=10 * PAGE, delays=20)
    threading.Thread(target=_interrupt, args=(zoom, "/v2/users/me/meetings", listing.pid)).start()
    assert listing.stdout
    assert listing.stderr
    assert len([json.loads(line) for line in listing.stdout]) == PAGE - 1
    assert listing.wait(30) == ExitCode.INTERRUPTED
    assert listing.stderr.read() == ""


def _interrupt(zoom: Simulated, path: str, process: int) -> None:
    """Press Ctrl-C when a second request for something has come, which is answered late."""
    deadline = time.monotonic() + 30
    while len(_asked(zoom, path)) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(process, signal.SIGINT)


def _asked(zoom: Simulated, path: str) -> list[IncomingRequest]:
    return [each.request for each in zoom.exchanges if each.request.path == path]


def test_ctrl_c_ends_a_download_that_goes_on_later(command: Script, zoom: Simulated, tmp_path: Path) -> None:
    """What has come stays beside the files; the same command fetches the rest of the one that is not whole."""
    rec = tmp_path / "rec"
    words = ("recordings", "download", MEETING, "--to-dir", str(rec))
    film, *others = json.loads(command("recordings", "get", MEETING, "--show-secrets").out)["recording_files"]
    stored = urlsplit(film["download_url"]).path.replace("/download/", "/storage/")
    zoom.fail(stored, truncates=True, times=1)
    zoom.fail(stored, delays=20, times=1)
    with command.start(*words) as process:
        _interrupt(zoom, stored, process.pid)
        assert process.wait(10) == ExitCode.INTERRUPTED
    assert not list(rec.glob("*.mp4"))
    (part,) = rec.glob("*.mp4.part")
    assert part.stat().st_size == film["file_size"] // 2
    zoom.steer("DELETE", "requests")
    ran = command(*words)
    assert ran.code == ExitCode.DONE, ran.err
    assert [each.header("range") for each in _asked(zoom, stored)] == [f"bytes={film['file_size'] // 2}-"]
    paths = [Path(json.loads(line)["path"]) for line in ran.out.splitlines()]
    assert {each.stat().st_size for each in paths} == {each["file_size"] for each in (film, *others)}
    assert {each for each in rec.iterdir() if each.is_file()} == set(paths)


def test_ctrl_c_ends_a_download_in_a_terminal(command: Script, zoom: Simulated, tmp_path: Path) -> None:
    """The cursor, which a bar hides, is shown again."""
    zoom.fail("/rec/storage/*", delays=20)
    words = ["recordings", "download", MEETING, "--to-dir", str(tmp_path / "rec")]
    ran = run([str(SCRIPT), *words], command.env, asked="Standup", typed="\x03")
    assert ran.code == ExitCode.INTERRUPTED
    assert ran.out.rindex("\x1b[?25h") > ran.out.rindex("\x1b[?25l")
