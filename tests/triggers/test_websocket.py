"""Events over a WebSocket on loopback."""

import asyncio
import json
import logging
import signal
import sqlite3
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve

from tests.triggers.conftest import Seen
from tests.triggers.websocket_server import BUILT, Tokens, Zoom, listening, message, stays, stored_in, until
from zoom_api_client.connection import AuthorizationFailed, BareToken, Connection, Token
from zoom_api_client.errors import ConnectionFailed, RateLimited, ServerError
from zoom_api_client.testing.events import event
from zoom_api_client.triggers import Receiver
from zoom_api_client.triggers.inbox import Delivery, InboxFailed
from zoom_api_client.triggers.websocket import Listener, ending_with_signals


@pytest.mark.parametrize(
    "address",
    ["ws://ws.zoom.us/ws?subscriptionId=1", "wss://zoom.us.example.com/ws", "https://ws.zoom.us/ws", "wss://[::2]/ws"],
)
def test_token_is_sent_to_zoom_only(address: str) -> None:
    """It is a part of the address."""
    with pytest.raises(ValueError, match="not an address of Zoom's"):
        Listener(address, BareToken("x"), stored_in([]))


async def test_each_connection_has_a_fresh_address() -> None:
    """A token lives an hour, and the page's own address holds one that is long dead."""

    async def drops(socket: ServerConnection) -> None:
        await socket.send(json.dumps(BUILT))
        await socket.send(message({"event": "meeting.started"}))

    deliveries: list[Delivery] = []
    async with Zoom([drops, drops]).running() as zoom, listening(zoom, stored_in(deliveries), Tokens()) as waits:
        await until(lambda: len(zoom.queries) >= 3)
    assert zoom.queries[0] == {"subscriptionId": ["sub1"], "access_token": ["token-0&/+"]}
    assert [each.source for each in deliveries] == ["websocket"] * 2
    assert deliveries[0].key == deliveries[1].key
    assert all(0.5 <= wait <= 1 for wait in waits)


async def test_stand_in_is_not_reached_by_a_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain WebSockets are for this machine alone: a proxy elsewhere would read the token, which the address holds."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with Zoom([stays]).running() as zoom, listening(zoom, stored_in([]), Tokens()):
        await until(lambda: len(zoom.queries) >= 1)


@pytest.mark.parametrize("how", ["frame", "handshake"])
async def test_refused_token_is_renewed(how: str) -> None:
    """In a frame, or with HTTP 401."""

    async def refuses(socket: ServerConnection) -> None:
        await socket.send('{"module":"build_connection","success":false,"content":"Invalid Token"}')
        await socket.wait_closed()

    tokens = Tokens()
    async with Zoom([refuses, refuses]).running() as zoom:
        if how == "handshake":
            zoom.scripts.clear()
            async with serve(stays, "127.0.0.1", 0, process_request=_unauthorized(2)) as server:
                zoom.url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}/ws?subscriptionId=1"
                async with listening(zoom, stored_in([]), tokens):
                    await until(lambda: len(tokens.given) >= 3)
        else:
            async with listening(zoom, stored_in([]), tokens):
                await until(lambda: len(zoom.queries) >= 3)
    assert tokens.rejected == ["token-0&/+", "token-1&/+"]


def _unauthorized(times: int) -> Any:
    left = [401] * times

    def process_request(socket: ServerConnection, request: object) -> Any:
        return socket.respond(left.pop(), "no") if left else None

    return process_request


async def test_heartbeats_are_sent_and_silence_ends_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundredth of the time has to do."""
    monkeypatch.setattr("zoom_api_client.triggers.websocket_protocol.BEAT_EVERY", 0.3)
    monkeypatch.setattr("zoom_api_client.triggers.websocket_protocol.SILENCE", 0.45)
    heard: list[Any] = []

    async def silent(socket: ServerConnection) -> None:
        await socket.send(json.dumps(BUILT))
        async for frame in socket:
            heard.append(json.loads(frame))  # noqa: PERF401 - the end of the loop is an error

    async with Zoom([silent]).running() as zoom, listening(zoom, stored_in([]), Tokens()):
        await until(lambda: len(zoom.queries) == 2 and heard)
    assert heard == [{"module": "heartbeat"}]


async def test_event_waits_for_an_inbox_that_cannot_be_reached() -> None:
    """Nobody would send it again."""
    deliveries: list[Delivery] = []
    failures = [InboxFailed("no"), OSError("no")]

    async def put(delivery: Delivery) -> bool:
        if failures:
            raise failures.pop()
        deliveries.append(delivery)
        return True

    async def sends(socket: ServerConnection) -> None:
        await socket.send(message({"event": "one"}))
        await socket.send(message({"event": "two"}))
        await socket.wait_closed()

    async with Zoom([sends]).running() as zoom, listening(zoom, put, Tokens()):
        await until(lambda: len(deliveries) == 2)
    assert [json.loads(each.body)["event"] for each in deliveries] == ["one", "two"]


async def test_authorization_server_that_is_down_does_not_end_the_listening() -> None:
    """It comes back, and then events do; but an app that Zoom refuses is told so."""
    failures: list[Exception] = [ConnectionFailed("no"), ServerError(500), RateLimited(429)]

    class Failing(Tokens):
        def token(self, *, rejected: Token | None = None) -> Token:
            if failures:
                raise failures.pop()
            return super().token(rejected=rejected)

    async with Zoom([]).running() as zoom:
        async with listening(zoom, stored_in([]), Failing()) as waits:
            await until(lambda: zoom.queries)
        assert len(waits) == 3
        failures.append(AuthorizationFailed("the app is disabled"))
        with pytest.raises(AuthorizationFailed, match="disabled"):
            await Listener(zoom.url, Failing(), stored_in([])).run()  # type: ignore[arg-type]


async def test_token_reaches_no_log(caplog: pytest.LogCaptureFixture) -> None:
    """The library writes the address of a connection into its debug log."""
    caplog.set_level(logging.DEBUG)

    async def refuses(socket: ServerConnection) -> None:
        await socket.send('{"module":"build_connection","success":false,"content":"token-0&/+ is of no use"}')

    async with Zoom([refuses]).running() as zoom:
        caplog.handler.addFilter(lambda record: not record.name.startswith("websockets.server"))
        async with listening(zoom, stored_in([]), Tokens()):
            await until(lambda: len(zoom.queries) >= 2)
    async with listening(Zoom([], url="ws://127.0.0.1:1/ws"), stored_in([]), Tokens()) as waits:
        await until(lambda: len(waits) >= 7)
    assert "does not repeat" in caplog.text
    assert "token-" not in caplog.text
    assert max(waits) <= 60
    assert waits[5] > 15


async def test_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is not for everybody."""
    monkeypatch.setitem(sys.modules, "websockets", None)
    with pytest.raises(ImportError, match=r"zoom-api-client\[websocket\]"):
        Listener("sub1", BareToken("x"), stored_in([]))


async def test_the_same_handlers_get_the_events(seen: Seen) -> None:
    """From the socket by the inbox to the handler, typed."""
    content = event("meeting.started", topic="Résumé review")

    async def sends(socket: ServerConnection) -> None:
        await socket.send(json.dumps(BUILT))
        await socket.send(message(content))
        await socket.wait_closed()

    receiver = Receiver(secret_token=None, inbox="memory://")
    receiver.watch_meetings("started")(seen)
    connection: Connection = BareToken("a token")
    async with Zoom([sends]).running() as zoom:
        task = asyncio.create_task(receiver.listen(zoom.url, connection))
        await until(lambda: seen.events)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    assert [each.to_dict() for each in seen.events] == [content]
    receiver.close()


async def test_what_waits_is_stored_together() -> None:
    """A transaction for each would be the limit."""
    receiver, batches = Receiver(secret_token=None, inbox="memory://"), list[int]()
    put = receiver.inbox.put

    def counting(deliveries: list[Delivery]) -> list[bool]:
        batches.append(len(deliveries))
        return put(deliveries)

    receiver.inbox.put = counting  # type: ignore[method-assign, assignment]

    async def sends(socket: ServerConnection) -> None:
        for each in range(1000):
            await socket.send(message({"event": "meeting.started", "event_ts": each}))
        await socket.wait_closed()

    async with Zoom([sends]).running() as zoom, listening(zoom, receiver.put, Tokens()):
        await until(lambda: sum(batches) == 1000)
    assert len(batches) < 200
    receiver.close()


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


async def test_refused_token_is_a_warning_and_backs_off(caplog: pytest.LogCaptureFixture) -> None:
    """Each time for longer: each renewal may spend a refresh token."""

    async def refuses(socket: ServerConnection) -> None:
        await socket.send(json.dumps(BUILT))
        await socket.send('{"module":"heartbeat","success":false,"content":"Invalid Token"}')
        await socket.wait_closed()

    async with Zoom([refuses] * 6).running() as zoom, listening(zoom, stored_in([]), Tokens()) as waits:
        await until(lambda: len(waits) >= 6)
    assert waits[5] > waits[0] * 4
    assert [each for each in caplog.records if each.levelno == logging.WARNING and "refused" in each.message]


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
