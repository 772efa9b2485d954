"""How a command ends before it is done: nobody reads on, or Ctrl-C."""

import itertools
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from tests.cli.conftest import SCRIPT, Script
from tests.downloads.store import Fault, Film, Store
from zoom_api_client.cli.exit_codes import ExitCode
from zoom_api_client.testing import EmbeddedZoom, IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.contract import Match

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither signal")


@attrs.define
class Endless:
    """A list without end; `stop_at` is the page at which an answer waits."""

    stop_at: int = 1_000_000
    waiting: threading.Event = attrs.field(factory=threading.Event)
    gone: threading.Event = attrs.field(factory=threading.Event)
    pages: Iterator[int] = attrs.field(factory=itertools.count)

    def __call__(self, match: Match, request: IncomingRequest) -> OutgoingAnswer | None:
        """Answer with a page that has another after it."""
        if str(match.operation) != "meetings.list_meetings":
            return None
        page = next(self.pages)
        if page == self.stop_at:
            self.waiting.set()
            self.gone.wait(30)
        meetings = [{"id": page * 300 + each, "topic": "x"} for each in range(300)]
        return OutgoingAnswer.json(200, {"meetings": meetings, "next_page_token": f"page-{page}"})


@pytest.fixture
def answers() -> Endless:
    """The list."""
    return Endless(stop_at=3)


def test_a_broken_pipe_ends_a_list(command: Script, answers: Endless) -> None:
    """`zoom-api … | head -1`: silent, with the code that shells know, and no more pages are asked for."""
    answers.stop_at = 1_000_000
    with command.start("meetings", "list", "me") as process:
        assert process.stdout
        assert process.stderr
        assert json.loads(process.stdout.readline())["id"] == 0
        process.stdout.close()
        assert process.wait(30) == ExitCode.BROKEN_PIPE
        assert process.stderr.read() == ""


@pytest.mark.parametrize(
    "words", ["--help", "--version", "meetings list --help", "api users list-users --help", "simulate --help"]
)
def test_a_broken_pipe_ends_help(words: str, script: Script) -> None:
    """With the same code, whoever writes the help."""
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "w") as closed:
        ran = subprocess.run([SCRIPT, *words.split()], env=script.env, stdout=closed, stderr=subprocess.PIPE, text=True)
    assert (ran.returncode, ran.stderr) == (ExitCode.BROKEN_PIPE, "")


def test_ctrl_c_ends_a_list(command: Script, answers: Endless, zoom: EmbeddedZoom) -> None:
    """What was read stands there whole, and nothing else is said."""
    with command.start("meetings", "list", "me") as process:
        threading.Thread(target=_interrupt, args=(answers, process.pid)).start()
        out, err = process.communicate(timeout=120)
    answers.gone.set()
    assert (process.returncode, err) == (ExitCode.INTERRUPTED, "")
    assert [json.loads(line)["id"] for line in out.splitlines()] == list(range(900))


def _interrupt(answers: Endless, process: int) -> None:
    if answers.waiting.wait(60):
        os.kill(process, signal.SIGINT)


def test_ctrl_c_ends_a_download_that_goes_on_later(script: Script, tmp_path: Path) -> None:
    """What has come stays beside the file; the same command fetches the rest, and no more."""
    film, rec = Film(random.Random(4).randbytes(3_000_000)), tmp_path / "rec"
    words = ("recordings", "download", "1", "--to-dir", str(rec))
    with Store(film=film) as store:
        file = {"id": "f", "file_type": "MP4", "file_size": len(film.content), "download_url": store.url()}
        store.json["/v2/meetings/1/recordings"] = lambda: {"id": 1, "topic": "Sync", "recording_files": [file]}
        store.faults = [Fault(cut=2_000_000, stall=True)]
        env = {"ZOOM_ACCESS_TOKEN": "x", "ZOOM_BASE_URL": store.base_url}
        with script.start(*words, **env) as process:
            assert store.stalled.wait(30)
            _wait_for(rec, 1_000_000)
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == ExitCode.INTERRUPTED
        assert list(rec.glob("*.part"))
        assert not list(rec.glob("*.mp4"))
        ran = script(*words, **env)
        assert ran.code == ExitCode.DONE, ran.err
        (first,), (second,) = store.asked("range")
    assert Path(json.loads(ran.out)["path"]).read_bytes() == film.content
    assert (first, second is not None) == (None, True)


def test_paths_are_written_though_another_file_failed(script: Script, tmp_path: Path) -> None:
    """A script that reads them would take what is there for lost."""
    film = Film(b"a film")
    with Store(film=film) as store:
        good = {"id": "a", "file_type": "MP4", "file_size": len(film.content), "download_url": store.url()}
        bad = {"id": "b", "file_type": "TXT", "file_path": "/mnt/b.txt"}
        store.json["/v2/meetings/1/recordings"] = lambda: {"id": 1, "topic": "Sync", "recording_files": [bad, good]}
        env = {"ZOOM_ACCESS_TOKEN": "x", "ZOOM_BASE_URL": store.base_url}
        ran = script("recordings", "download", "1", "--to-dir", str(tmp_path / "rec"), **env)
    assert ran.code == ExitCode.INCOMPLETE, ran.err
    assert Path(json.loads(ran.out)["path"]).read_bytes() == film.content


def _wait_for(directory: Path, size: int) -> None:
    deadline = time.monotonic() + 30
    while sum(each.stat().st_size for each in directory.glob("*.part")) < size:
        assert time.monotonic() < deadline
        time.sleep(0.01)
