"""How a command ends before it is done: nobody reads on, or Ctrl-C."""

import itertools
import json
import os
import signal
import sys
import threading
from pathlib import Path

import attrs
import pytest

from tests.cli.conftest import SCRIPT, Script
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
    pages: itertools.count = attrs.field(factory=itertools.count)  # type: ignore[type-arg]

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
    process = command.start("meetings", "list", "me")
    assert process.stdout
    assert process.stderr
    assert json.loads(process.stdout.readline())["id"] == 0
    process.stdout.close()
    assert process.wait(30) == ExitCode.BROKEN_PIPE
    assert process.stderr.read() == ""


def test_ctrl_c_ends_a_list(command: Script, answers: Endless, zoom: EmbeddedZoom) -> None:
    """What was read stands there whole, and nothing else is said."""
    process = command.start("meetings", "list", "me")
    threading.Thread(target=_interrupt, args=(answers, process.pid)).start()
    out, err = process.communicate(timeout=60)
    answers.gone.set()
    assert (process.returncode, err) == (ExitCode.INTERRUPTED, "")
    assert [json.loads(line)["id"] for line in out.splitlines()] == list(range(900))


def _interrupt(answers: Endless, process: int) -> None:
    answers.waiting.wait(30)
    os.kill(process, signal.SIGINT)


def test_ctrl_c_ends_a_download_that_goes_on_later(command: Script, tmp_path: Path) -> None:
    """What has come stays beside the file; the same command fetches the rest."""
    from tests.downloads.store import Store  # noqa: F401

    assert SCRIPT.exists()
