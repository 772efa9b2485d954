"""Events: listened to, sent, and what became of those that nobody could handle."""

import json
import signal
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.cli.listening import listening
from tests.cli.running import Here, Script
from tests.cli.simulated import Simulated
from zoom_api_client.triggers.inbox import Delivery, open_inbox


@pytest.fixture
def receiving(script: Script) -> Script:
    """The script of an app with a secret token."""
    return Script({**script.env, "ZOOM_WEBHOOK_SECRET_TOKEN": "the-secret"})


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


def test_a_receiver_that_refuses_is_reported(receiving: Script) -> None:
    """Another secret is not taken, and the exit code says so."""
    with listening(receiving) as (address, _):
        ran = receiving("events", "send", "meeting.started", "--to", address, ZOOM_WEBHOOK_SECRET_TOKEN="another")
    assert (ran.code, json.loads(ran.out)["status"]) == (1, 401)


def test_a_receiver_that_is_not_there_is_reported(here: Here) -> None:
    """The command says so at once: Zoom's own pauses between attempts take hours."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        ran = here("events", "send", "meeting.started", "--to", nobody, ZOOM_WEBHOOK_SECRET_TOKEN="s")
    assert (ran.code, ran.out) == (6, "")
    assert ran.err == f"zoom-api: {nobody} was not reached: is `zoom-api listen --port …` running?\n"


def test_what_is_not_an_address_is_reported(here: Here) -> None:
    """The error shows what an address looks like."""
    ran = here("events", "send", "meeting.started", "--to", "localhost:8080", ZOOM_WEBHOOK_SECRET_TOKEN="s")
    assert (ran.code, ran.out) == (2, "")
    assert "http://127.0.0.1:8080/" in ran.err


def test_a_port_that_is_taken_is_reported(receiving: Script) -> None:
    """The error is one line with the exit code of wrong arguments, and comes without a wait."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        for port in (taken.getsockname()[1], 99999):
            ran = receiving("listen", "--port", str(port))
            assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
            assert f"127.0.0.1:{port} cannot be listened at" in ran.err


def test_a_receiver_that_fails_is_reported(receiving: Script) -> None:
    """The command says so at once, with the status for which Zoom would send the event again."""
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:  # which implements no method
        threading.Thread(target=server.handle_request).start()
        ran = receiving("events", "send", "meeting.started", "--to", f"http://127.0.0.1:{server.server_port}/")
    assert (ran.code, json.loads(ran.out)["status"]) == (1, 501)


def test_events_are_listed(here: Here) -> None:
    """Words choose among their names; a name that there is not is refused with the nearest."""
    listed = here("events", "list", "meeting started")
    assert "meeting.started" in [json.loads(line)["event"] for line in listed.out.splitlines()]
    ran = here("events", "send", "meeting.startd", "--to", "http://127.0.0.1:9/", ZOOM_WEBHOOK_SECRET_TOKEN="s")
    assert ran.code == 2
    assert "meeting.started" in ran.err


def test_a_secret_is_needed(here: Here) -> None:
    """The message says where it comes from."""
    ran = here("listen")
    assert ran.code == 2
    assert "ZOOM_WEBHOOK_SECRET_TOKEN" in ran.err


def test_dead_letters_are_listed_replayed_and_purged(here: Here, tmp_path: Path) -> None:
    """The command works on the inbox that it is given."""
    url = f"sqlite://{tmp_path}/inbox.db"
    inbox = open_inbox(url)
    inbox.put([Delivery(f"k{n}", b'{"event": "meeting.started", "payload": {}}', 0.0) for n in range(3)])
    for task in inbox.claim(3, lease=60):
        inbox.bury(task, error="ValueError: no")
    inbox.close()
    at = {"ZOOM_INBOX": url}
    assert json.loads(here("inbox", "list", **at).out)["dead"] == 3
    assert [json.loads(line)["key"] for line in here("inbox", "dead", **at).out.splitlines()] == ["k0", "k1", "k2"]
    assert here("inbox", "replay", "k9", **at).code == here("inbox", "purge", "k9", "--yes", **at).code == 3
    assert "1 will be handled anew" in here("inbox", "replay", "k1", **at).err
    assert here("inbox", "purge", **at).code == 2
    assert "2 forgotten" in here("inbox", "purge", "--yes", **at).err
    counts = json.loads(here("inbox", "list", "--inbox", url).out)
    assert (counts["waiting"], counts["dead"]) == (1, 0)


def test_an_inbox_must_be_known(here: Here) -> None:
    """Without a secret and without a file there is nothing to look at."""
    ran = here("inbox", "list")
    assert ran.code == 2
    assert "--inbox" in ran.err


def test_events_come_by_websocket(command: Script, zoom: Simulated) -> None:
    """Without a secret token, since nothing is signed; the token of the command opens the connection."""
    path = zoom.steer("POST", "subscriptions", events=["meeting.*"])["websocket"]
    address = zoom.base_url.replace("http", "ws", 1).removesuffix("/v2") + path
    with command.start("listen", "--websocket", address) as process:
        _wait_for_socket(zoom)
        assert command("meetings", "create", "me", "--topic", "Standup").code == 0
        assert process.stdout
        event = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    assert (event["event"], event["payload"]["object"]["topic"]) == ("meeting.created", "Standup")


def _wait_for_socket(zoom: Simulated) -> None:
    """Wait until somebody listens: what happens before is not sent."""
    deadline = time.monotonic() + 30
    while not zoom.simulator.events._sockets and time.monotonic() < deadline:
        time.sleep(0.02)
