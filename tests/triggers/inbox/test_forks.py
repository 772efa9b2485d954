"""A receiver that was started before a fork works in the children, as under `gunicorn --preload`."""

import subprocess
import sys
from pathlib import Path

import pytest

from zoom_api_client.triggers.inbox import Counts, open_inbox

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")

_PROGRAM = """
import asyncio, logging, os, sys, threading, time
from zoom_api_client.testing.events import SECRET_TOKEN, zoom_event
from zoom_api_client.triggers import Receiver

url, log, children, events, awaited = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])
receiver = Receiver(secret_token=SECRET_TOKEN, inbox=url, concurrency=4)
file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

def handle(event):
    os.write(file, f"{os.getpid()} {event.to_dict()['payload']['object']['topic']}\\n".encode())

async def handle_awaited(event):
    handle(event)

receiver.watch_meetings("started")(handle_awaited if awaited else handle)
receiver.start()
is_crowd = children > 2  # so many write to one file that some are told 503, and send again as Zoom does
logging.disable(logging.CRITICAL if is_crowd else logging.NOTSET)

def store(take):
    while (status := take().status) == 503 and is_crowd: pass
    assert status == 200

def send(number):
    event = zoom_event("meeting.started", topic=str(number))
    store(lambda: receiver.handle(event.headers, event.body))
    other = zoom_event("meeting.started", topic=f"{number}a")
    store(lambda: asyncio.run(receiver.answer(other.headers, other.body)))

def drain():
    until = time.monotonic() + 100
    while receiver.inbox.counts().waiting or receiver.inbox.counts().running:
        assert time.monotonic() < until
        time.sleep(0.01)

send("parent")
for child in range(children):
    send(f"before {child}")
    if not os.fork():
        for each in range(events):
            send(f"{child}-{each}")
        assert receiver.health().worker_alive
        drain()
        receiver.close()
        os._exit(0)
failed = [status for _ in range(children) if (status := os.wait()[1])]
drain()
receiver.close()
sys.exit(len(failed))
"""


@pytest.mark.parametrize("awaited", [False, True], ids=["blocking", "awaited"])
@pytest.mark.parametrize(
    ("children", "events"),
    [pytest.param(2, 3, id="short"), pytest.param(30, 100, id="long", marks=pytest.mark.soak)],
)
def test_handlers_run_in_children(url: str, tmp_path: Path, children: int, events: int, awaited: bool) -> None:
    """Each event is handled once, and with an inbox in memory by the very process that took it."""
    log = tmp_path / "log"
    command = [sys.executable, "-W", "ignore", "-c", _PROGRAM, url, str(log), str(children), str(events), str(+awaited)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=Path(__file__).parents[3])
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line.split(" ", 1) for line in log.read_text().splitlines()]
    handled = [topic for _, topic in lines]
    assert len(handled) == len(set(handled)) == 2 * (1 + children * (1 + events))
    if url == "memory://":
        assert len({process for process, _ in lines}) == 1 + children
        return
    left = open_inbox(url)
    assert left.counts() == Counts(0, 0, 0)
    left.close()
