"""No event is lost when the listening ends."""

import asyncio
import json
import signal
import sqlite3
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest
from websockets.asyncio.server import ServerConnection

from tests.triggers.websocket_server import BUILT, Tokens, Zoom, listening, message, stored_in, until
from zoom_api_client.triggers.inbox import Delivery
from zoom_api_client.triggers.websocket import ending_with_signals


async def test_nothing_that_was_sent_before_the_end_is_lost() -> None:
    """A listener that is cancelled says goodbye, and stores what comes before Zoom does."""
    sent, deliveries = list[int](), list[Delivery]()

    async def floods(socket: ServerConnection) -> None:
        for each in range(100_000):
            await socket.send(message({"event": "meeting.started", "event_ts": each}))
            sent.append(each)
            await asyncio.sleep(0)

    async with Zoom([floods]).running() as zoom:
        async with listening(zoom, stored_in(deliveries), Tokens()):
            await until(lambda: len(deliveries) > 200)
        assert 200 < len(sent) < 100_000
    assert [json.loads(each.body)["event_ts"] for each in deliveries][: len(sent)] == sent


async def test_an_event_that_finds_no_room_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has left the socket, and whoever was cancelled with it in hand, waiting for room, dropped it."""
    monkeypatch.setattr("zoom_api_client.triggers.websocket._MOST_WAITING", 1)
    storing, read, ended, deliveries = asyncio.Event(), asyncio.Event(), asyncio.Event(), list[Delivery]()

    async def put(delivery: Delivery) -> bool:
        storing.set()
        await ended.wait()
        deliveries.append(delivery)
        return True

    async def sends(socket: ServerConnection) -> None:
        await socket.send(message({"event": "0"}))
        await storing.wait()
        for each in range(1, 6):
            await socket.send(message({"event": str(each)}))
        await (await socket.ping())  # answered after what came before it, of which the listener takes what it can
        read.set()
        await socket.wait_closed()

    async with Zoom([sends]).running() as zoom, asyncio.timeout(10), listening(zoom, put, Tokens()):
        await read.wait()
        ended.set()
    assert [json.loads(each.body)["event"] for each in deliveries] == ["0", "1", "2", "3", "4", "5"]


async def test_what_came_before_a_connection_failed_is_not_lost() -> None:
    """A refusal ends the connection, not what was received behind it."""
    deliveries: list[Delivery] = []

    async def refuses(socket: ServerConnection) -> None:
        await socket.send(json.dumps(BUILT))
        await socket.send('{"module":"heartbeat","success":false,"content":"Invalid Token"}')
        await socket.send('{"module":"heartbeat","success":false,"content":"Invalid Token"}')
        await socket.send(message({"event": "one"}))
        await socket.wait_closed()

    async with Zoom([refuses]).running() as zoom, listening(zoom, stored_in(deliveries), Tokens()):
        await until(lambda: len(zoom.queries) == 2)
    assert [json.loads(each.body)["event"] for each in deliveries] == ["one"]


async def test_a_connection_that_breaks_at_the_end_does_not_keep_the_listener() -> None:
    """Its failure took the place of the cancellation, and the listener connected again: SIGTERM ended nothing."""
    sockets: list[ServerConnection] = []

    async def hangs(socket: ServerConnection) -> None:
        await socket.send(json.dumps(BUILT))
        socket.transport.pause_reading()  # it does not say goodbye
        sockets.append(socket)
        await socket.wait_closed()

    async with Zoom([hangs]).running() as zoom, asyncio.timeout(10):
        async with listening(zoom, stored_in([]), Tokens()):
            await until(lambda: sockets)
            asyncio.get_running_loop().call_soon(sockets[0].transport.abort)
        assert len(zoom.queries) == 1


_LISTEN = """
import asyncio, signal, sys
from zoom_api_client.connection import BareToken
from zoom_api_client.triggers import Receiver

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's job in the background inherits that it is ignored
receiver = Receiver(secret_token=None, inbox=sys.argv[2])
asyncio.run(receiver.listen(sys.argv[1], BareToken("x")))
"""


def count_stored(path: Path) -> int:
    """Return how many events are in an inbox, handled ones too; 0 as long as there is none."""
    with closing(sqlite3.connect(path)) as database, suppress(sqlite3.OperationalError):
        queries = [database.execute(f"SELECT count(*) FROM {table}") for table in ("work", "seen")]
        return sum(query.fetchone()[0] for query in queries)
    return 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_loses_nothing_that_was_received(number: signal.Signals, tmp_path: Path) -> None:
    """It is stored before the process ends, as it would have ended without us."""
    sent: list[int] = []

    async def floods(socket: ServerConnection) -> None:
        for each in range(100_000):
            await socket.send(message({"event": "meeting.started", "event_ts": each}))
            sent.append(each)
            await asyncio.sleep(0)

    url = f"sqlite://{tmp_path}/inbox.db"
    async with Zoom([floods]).running() as zoom:
        command = [sys.executable, "-c", _LISTEN, zoom.url, url]
        process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
        await until(lambda: len(sent) > 300 and count_stored(tmp_path / "inbox.db") > 0)
        process.send_signal(number)
        await process.communicate()
    assert process.returncode in (-number, 1 if number == signal.SIGINT else -number)
    assert count_stored(tmp_path / "inbox.db") >= len(sent) > 300


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_that_is_ignored_stays_so(number: signal.Signals) -> None:
    """A shell asks for it where it starts a job in the background: Ctrl-C is not meant for that one."""
    before = signal.signal(number, signal.SIG_IGN)
    try:
        async with ending_with_signals():
            signal.raise_signal(number)
            await asyncio.sleep(0)
        assert signal.getsignal(number) is signal.SIG_IGN
    finally:
        signal.signal(number, before)
