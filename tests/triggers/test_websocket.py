"""Events over a WebSocket on loopback."""

import asyncio
import json
import logging
import sys
from contextlib import suppress
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve

from tests.triggers.conftest import Seen
from tests.triggers.websocket_server import BUILT, Tokens, Zoom, listening, message, stays, stored_in
from tests.waiting import until
from zoom_api_client.connection import AuthorizationFailed, BareToken, Connection, Token
from zoom_api_client.errors import ConnectionFailed, RateLimited, ServerError, StoreFailed, UnexpectedAnswer
from zoom_api_client.testing.events import event
from zoom_api_client.triggers import Receiver
from zoom_api_client.triggers.inbox import Delivery, InboxFailed
from zoom_api_client.triggers.websocket import Listener


@pytest.mark.parametrize(
    "address",
    ["ws://ws.zoom.us/ws?subscriptionId=1", "wss://zoom.us.example.com/ws", "https://ws.zoom.us/ws", "wss://[::2]/ws"],
)
def test_token_is_sent_to_zoom_only(address: str) -> None:
    """It is a part of the address."""
    with pytest.raises(ValueError, match="not the address of a Zoom WebSocket"):
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
    assert all(wait >= 0.5 for wait in waits)


async def test_stand_in_is_not_reached_by_a_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain WebSockets are for this machine alone: a proxy elsewhere would read the token, which the address holds."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with Zoom([stays]).running() as zoom, listening(zoom, stored_in([]), Tokens()):
        await until(lambda: len(zoom.queries) >= 1)


@pytest.mark.parametrize("how", ["frame", "handshake"])
async def test_refused_token_is_renewed(how: str) -> None:
    """Zoom refuses it in a frame, or with HTTP 401."""

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
    failures: list[Exception] = [
        ConnectionFailed("no"),
        ServerError(500),
        RateLimited(429),
        StoreFailed("the disk is full"),
        UnexpectedAnswer("a page of a Wi-Fi login", 200),
    ]

    class Failing(Tokens):
        def token(self, *, rejected: Token | None = None) -> Token:
            if failures:
                raise failures.pop()
            return super().token(rejected=rejected)

    async with Zoom([]).running() as zoom:
        async with listening(zoom, stored_in([]), Failing()) as waits:
            await until(lambda: zoom.queries)
        assert len(waits) == 5
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
    """They come from the socket by the inbox to the handler, typed."""
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
