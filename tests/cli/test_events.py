"""Events: listened to, sent, and what became of those that nobody could handle."""

import asyncio
import json
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from websockets.asyncio.server import ServerConnection

from tests.cli.conftest import Script
from tests.triggers.websocket_server import BUILT, Zoom as WebSocketZoom, message, stays
from zoom_api_client.triggers.inbox import Delivery, open_inbox


@pytest.fixture
def receiving(script: Script) -> Script:
    """The script of an app with a secret token."""
    return Script({**script.env, "ZOOM_WEBHOOK_SECRET_TOKEN": "the-secret"})


@contextmanager
def listening(script: Script, *words: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Listen on a free port, and yield the address and the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with script.start("listen", "--port", str(port), *words) as process:
        try:
            _wait_until_open(port)
            yield f"http://127.0.0.1:{port}/", process
        finally:
            process.send_signal(signal.SIGINT)


def _wait_until_open(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(port)


def test_what_is_sent_is_printed(receiving: Script) -> None:
    """A JSON line on stdout, and nothing else there."""
    with listening(receiving) as (address, process):
        sent = receiving("events", "send", "meeting.started", "--to", address, "--set", "topic=Standup")
        assert json.loads(sent.out)["status"] == 200
        assert process.stdout
        event = json.loads(process.stdout.readline())
    assert (event["event"], event["payload"]["object"]["topic"]) == ("meeting.started", "Standup")
    assert process.returncode == 0  # to be stopped is how a server ends


def test_each_event_can_be_handed_to_a_command(receiving: Script, tmp_path: Path) -> None:
    """Which has it on stdin, and its name in ZOOM_EVENT."""
    seen = tmp_path / "seen"
    words = ("--exec", f'cat > "{seen}.new"; echo " $ZOOM_EVENT" >> "{seen}.new"; mv "{seen}.new" "{seen}"')
    with listening(receiving, *words) as (address, _):
        receiving("events", "send", "meeting.ended", "--to", address)
        deadline = time.monotonic() + 30
        while not seen.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
    content, name = seen.read_text().split()[:1], seen.read_text().split()[-1]
    assert name == "meeting.ended"
    assert content[0].startswith('{"')


def test_a_receiver_that_refuses_is_told(receiving: Script) -> None:
    """Another secret is not taken, and the exit code says so."""
    with listening(receiving) as (address, _):
        ran = receiving("events", "send", "meeting.started", "--to", address, ZOOM_WEBHOOK_SECRET_TOKEN="another")
    assert (ran.code, json.loads(ran.out)["status"]) == (1, 401)


def test_a_receiver_that_is_not_there_is_told(receiving: Script) -> None:
    """At once: Zoom's own pauses between attempts take hours."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        ran = receiving("events", "send", "meeting.started", "--to", nobody)
    assert (ran.code, ran.out) == (6, "")
    assert ran.err == f"zoom-api: {nobody} was not reached: is `zoom-api listen --port …` running?\n"


def test_a_receiver_that_fails_is_told(receiving: Script) -> None:
    """At once too, with the status for which Zoom would send the event again."""
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:  # which implements no method
        threading.Thread(target=server.handle_request).start()
        ran = receiving("events", "send", "meeting.started", "--to", f"http://127.0.0.1:{server.server_port}/")
    assert (ran.code, json.loads(ran.out)["status"]) == (1, 501)


def test_events_are_listed(script: Script) -> None:
    """By words of their names; one that is none is refused with the nearest."""
    listed = script("events", "list", "meeting started")
    assert "meeting.started" in [json.loads(line)["event"] for line in listed.out.splitlines()]
    ran = script("events", "send", "meeting.startd", "--to", "http://127.0.0.1:9/", ZOOM_WEBHOOK_SECRET_TOKEN="s")
    assert ran.code == 2
    assert "meeting.started" in ran.err


def test_a_secret_is_needed(script: Script) -> None:
    """The message says where it comes from."""
    ran = script("listen")
    assert ran.code == 2
    assert "ZOOM_WEBHOOK_SECRET_TOKEN" in ran.err


def test_dead_letters_are_listed_replayed_and_purged(script: Script, tmp_path: Path) -> None:
    """Of an inbox that is named."""
    url = f"sqlite://{tmp_path}/inbox.db"
    inbox = open_inbox(url)
    inbox.put([Delivery(f"k{n}", b'{"event": "meeting.started", "payload": {}}', 0.0) for n in range(3)])
    for task in inbox.claim(3, lease=60):
        inbox.bury(task, error="ValueError: no")
    inbox.close()
    at = {"ZOOM_INBOX": url}
    assert json.loads(script("inbox", "list", **at).out)["dead"] == 3
    assert [json.loads(line)["key"] for line in script("inbox", "dead", **at).out.splitlines()] == ["k0", "k1", "k2"]
    assert "1 will be handled anew" in script("inbox", "replay", "k1", **at).err
    assert script("inbox", "purge", **at).code == 2
    assert "2 forgotten" in script("inbox", "purge", "--yes", **at).err
    counts = json.loads(script("inbox", "list", "--inbox", url).out)
    assert (counts["waiting"], counts["dead"]) == (1, 0)


def test_an_inbox_must_be_known(script: Script) -> None:
    """Without a secret and without a file there is nothing to look at."""
    ran = script("inbox", "list")
    assert ran.code == 2
    assert "--inbox" in ran.err


async def test_events_come_by_websocket(script: Script) -> None:
    """Without a secret token, since nothing is signed; the token of the profile opens the connection."""

    async def sends(socket: ServerConnection) -> None:
        await socket.send(json.dumps(BUILT))
        await socket.send(message({"event": "meeting.started", "payload": {"object": {"topic": "Standup"}}}))
        await stays(socket)

    async with WebSocketZoom([sends]).running() as zoom:
        with script.start("listen", "--websocket", zoom.url, ZOOM_ACCESS_TOKEN="x") as process:
            assert process.stdout
            line = await asyncio.to_thread(process.stdout.readline)
            process.send_signal(signal.SIGINT)
            await asyncio.to_thread(process.wait, 30)
    assert json.loads(line)["payload"]["object"]["topic"] == "Standup"
