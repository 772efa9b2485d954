"""Zoom's WebSocket: its protocol without a socket, then over one on loopback."""

import asyncio
import json
import logging
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import attrs
import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from tests.triggers.conftest import Seen
from zoom_api_client.connection import AuthorizationFailed, BareToken, Connection, Token
from zoom_api_client.errors import ConnectionFailed, RateLimited, ServerError
from zoom_api_client.testing.events import event
from zoom_api_client.triggers import Receiver
from zoom_api_client.triggers.inbox import Delivery, InboxFailed
from zoom_api_client.triggers.websocket import Listener
from zoom_api_client.triggers.websocket_protocol import HEARTBEAT, Link, Refused, Silent, TokenRefused, backoff

BUILT = {"module": "build_connection", "success": True, "content": "connected"}


def message(content: Any) -> str:
    """Return the frame of an event: JSON within JSON."""
    return json.dumps({"module": "message", "success": True, "content": json.dumps(content)})


def test_heartbeat_is_due_every_30_seconds() -> None:
    """Zoom closes a connection that says nothing."""
    link = Link(100.0)
    assert (link.due(100.0), link.wait(100.0)) == (None, 30.0)
    link.receive(json.dumps(BUILT), 120.0)
    assert (link.due(129.9), link.due(130.0), link.due(130.1)) == (None, HEARTBEAT, None)
    assert link.wait(130.0) == 30.0
    assert json.loads(HEARTBEAT) == {"module": "heartbeat"}


def test_silence_of_45_seconds_ends_a_connection() -> None:
    """A connection that a router has forgotten looks open for hours."""
    link = Link(0.0)
    assert link.due(30.0) == HEARTBEAT
    assert link.wait(30.0) == 15.0
    link.receive('{"module":"heartbeat","success":true}', 31.0)
    assert link.due(75.9) == HEARTBEAT
    with pytest.raises(Silent):
        link.due(76.0)


def test_event_is_decoded_twice() -> None:
    """And once, should Zoom ever leave out the second time."""
    content = {"event": "meeting.started", "payload": {"topic": "Résumé"}}
    link = Link(0.0)
    for frame in (message(content), message(content).encode(), json.dumps({"module": "message", "content": content})):
        assert json.loads(link.receive(frame, 1.0) or b"") == content


@pytest.mark.parametrize("content", ["Invalid Token", "Token is invalid", "invalid token."])
@pytest.mark.parametrize("module", ["build_connection", "heartbeat", "message"])
def test_refused_token_is_told_from_other_refusals(module: str, content: str) -> None:
    """It needs another token; everything else needs patience."""
    with pytest.raises(TokenRefused):
        Link(0.0).receive(json.dumps({"module": module, "success": False, "content": content}), 1.0)
    other = json.dumps({"module": "build_connection", "success": False, "content": "no such subscription"})
    with pytest.raises(Refused, match="no such subscription"):
        Link(0.0).receive(other, 1.0)


ODD_CONTENT: list[Any] = [None, "", "x", "[]", 5, [], "\ud800", "{}"]


@pytest.mark.parametrize(
    "frame",
    ["", "x", "null", "[]", "5", b"\xff\xfe", '{"module":5}', '{"module":"news"}', "[" * 100_000]
    + [json.dumps({"module": "message", "content": each}) for each in ODD_CONTENT],
)
def test_odd_frame_is_passed_over(frame: str | bytes) -> None:
    """One of them must not cost the connection, and so the events after it."""
    assert Link(0.0).receive(frame, 1.0) is None


def test_waits_between_connections_grow_to_a_minute_and_are_never_none() -> None:
    """Two programs with one subscription throw each other out: not a thousand times a second."""
    assert [backoff(each, lambda: 1.0) for each in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert backoff(10**6, lambda: 0.0) == 30
    assert backoff(0, lambda: 0.0) == 0.5


@pytest.mark.parametrize(
    "address",
    ["ws://ws.zoom.us/ws?subscriptionId=1", "wss://zoom.us.example.com/ws", "https://ws.zoom.us/ws", "wss://[::2]/ws"],
)
def test_token_is_sent_to_zoom_only(address: str) -> None:
    """It is a part of the address."""
    with pytest.raises(ValueError, match="no address of Zoom's"):
        Listener(address, BareToken("x"), stored_in([]))


def stored_in(deliveries: list[Delivery]) -> Callable[[Delivery], Awaitable[bool]]:
    """Return a `put` that keeps deliveries in a list."""

    async def put(delivery: Delivery) -> bool:
        deliveries.append(delivery)
        return True

    return put


@attrs.define
class Tokens:
    """A connection that gives another token whenever one was refused."""

    given: list[str] = attrs.field(factory=list)
    rejected: list[str] = attrs.field(factory=list)

    def token(self, *, rejected: Token | None = None) -> Token:
        if rejected is not None:
            self.rejected.append(rejected.access_token)
        self.given.append(f"token-{len(self.rejected)}&/+")
        return Token(self.given[-1])


@attrs.define
class Zoom:
    """A WebSocket server; each connection is handed to the next of its scripts."""

    scripts: list[Callable[[ServerConnection], Awaitable[None]]]
    queries: list[dict[str, list[str]]] = attrs.field(factory=list)
    url: str = ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Zoom"]:
        """Serve on loopback."""
        async with serve(self._serve, "127.0.0.1", 0) as server:
            port = next(iter(server.sockets)).getsockname()[1]
            self.url = f"ws://127.0.0.1:{port}/ws?subscriptionId=sub1&access_token=of-the-page"
            yield self

    async def _serve(self, socket: ServerConnection) -> None:
        assert socket.request is not None
        self.queries.append(parse_qs(urlsplit(socket.request.path).query))
        script = self.scripts.pop(0) if self.scripts else stays
        with suppress(ConnectionClosed):
            await script(socket)


async def stays(socket: ServerConnection) -> None:
    """Accept, and say nothing more."""
    await socket.send(json.dumps(BUILT))
    await socket.wait_closed()


async def until(true: Callable[[], object]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - what is waited for knows nothing of events
            await asyncio.sleep(0.005)


@asynccontextmanager
async def listening(zoom: Zoom, put: Any, tokens: Any, **options: Any) -> AsyncIterator[list[float]]:
    """Listen meanwhile; yields the waits, which take no time."""
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        await asyncio.sleep(0)

    task = asyncio.create_task(Listener(zoom.url, tokens, put, sleep=sleep, **options).run())
    try:
        yield waits
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


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


def test_event_without_a_frame_is_an_event() -> None:
    """Zoom's newer pages show it as a webhook has it."""
    bare = json.dumps({"event": "meeting.started", "payload": {"topic": "Résumé"}})
    link = Link(0.0)
    assert link.receive(bare, 1.0) == bare.encode()
    assert link.receive(bare.encode(), 1.0) == bare.encode()
    assert link.is_built
    assert link.receive('{"event": 5}', 1.0) is None


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
import asyncio, sys
from zoom_api_client.connection import BareToken
from zoom_api_client.triggers import Receiver

receiver = Receiver(secret_token=None, inbox=sys.argv[2])
asyncio.run(receiver.listen(sys.argv[1], BareToken("x")))
"""


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
        await until(lambda: len(sent) > 300)
        process.send_signal(number)
        await process.communicate()
    assert process.returncode in (-number, 1 if number == signal.SIGINT else -number)
    database = sqlite3.connect(tmp_path / "inbox.db")
    kept = database.execute("SELECT count(*) FROM work").fetchone()[0]
    kept += database.execute("SELECT count(*) FROM seen").fetchone()[0]
    database.close()
    assert kept >= len(sent) > 300
