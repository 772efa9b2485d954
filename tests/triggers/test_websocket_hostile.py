"""What is at the other end of a WebSocket is not Zoom, or not well."""

import asyncio
import json
from http import HTTPStatus

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from tests.triggers.websocket_server import BUILT, Tokens, Zoom, listening, message, stays, stored_in
from tests.waiting import until
from zoom_api_client.triggers.inbox import Delivery
from zoom_api_client.triggers.websocket import Listener


async def test_connections_that_end_at_once_are_made_ever_later() -> None:
    """Built and closed, built and closed: as two programs with one subscription do to each other."""

    async def ends(socket: ServerConnection) -> None:
        await socket.send(json.dumps(BUILT))

    async with Zoom([ends] * 7).running() as zoom, listening(zoom, stored_in([]), Tokens()) as waits:
        await until(lambda: len(waits) >= 7)
    assert waits[6] >= 30


async def test_a_connection_that_lasted_is_made_anew_at_once() -> None:
    """Zoom restarts its servers; what happens meanwhile is lost."""
    now = 0.0

    async def lasts(socket: ServerConnection) -> None:
        nonlocal now
        await socket.send(json.dumps(BUILT))
        now += 31

    zoom = Zoom([lasts] * 7)
    async with zoom.running(), listening(zoom, stored_in([]), Tokens(), clock=lambda: now) as waits:
        await until(lambda: len(waits) >= 7)
    assert max(waits) <= 1


@pytest.mark.parametrize("location", ["ws://127.0.0.2:{port}/ws", "/ws", "http://[bad", "wss://evil.example/ws"])
async def test_a_redirect_leads_to_zoom_alone(location: str) -> None:
    """The library follows one to any host, and whoever is there could make up events."""
    asked, foreign = list[str](), Zoom([])

    def redirect(socket: ServerConnection, request: Request) -> Response | None:
        asked.append(request.path)
        if len(asked) > 1:
            return None
        response = socket.respond(HTTPStatus.FOUND, "")
        response.headers["Location"] = location.format(port=port)
        return response

    async with (
        serve(foreign._serve, "0.0.0.0", 0) as elsewhere,  # 127.0.0.2 is not a stand-in's host
        serve(stays, "127.0.0.1", 0, process_request=redirect) as server,
    ):
        port = next(iter(elsewhere.sockets)).getsockname()[1]
        zoom = Zoom([], url=f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}/ws?subscriptionId=1")
        async with listening(zoom, stored_in([]), Tokens()) as waits:
            await until(lambda: len(asked) == 2 or foreign.queries)
    assert not foreign.queries
    assert bool(waits) == (location != "/ws")


async def test_events_that_wait_for_the_inbox_take_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand of the largest would be gigabytes; the rest waits in the socket, and none is lost."""
    monkeypatch.setattr("zoom_api_client.triggers.websocket._MOST_HELD", 20_000)
    gate, sent, deliveries = asyncio.Event(), list[int](), list[Delivery]()

    async def put(delivery: Delivery) -> bool:
        await gate.wait()
        deliveries.append(delivery)
        return True

    async def sends(socket: ServerConnection) -> None:
        for each in range(100):
            await socket.send(message({"event": "meeting.started", "event_ts": each, "payload": {"more": "x" * 9_000}}))
            sent.append(each)
        await socket.wait_closed()

    async with Zoom([sends]).running() as zoom:
        listener = Listener(zoom.url, Tokens(), put)  # type: ignore[arg-type]
        running = asyncio.create_task(listener.run())
        await until(lambda: listener._held >= 20_000)
        await until(lambda: len(sent) == 100)  # so small when compressed that the system takes all of them
        for _ in range(1000):
            await asyncio.sleep(0)
        assert listener._held < 30_000
        gate.set()
        await until(lambda: len(deliveries) == 100)
        assert listener._held == 0
        running.cancel()
    assert [json.loads(each.body)["event_ts"] for each in deliveries] == list(range(100))


async def test_a_proxy_that_needs_a_library_is_reported(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The environment names it, perhaps for a while; an ImportError would have ended the listening."""

    async def fails(self: object) -> None:
        raise ImportError("connecting through a SOCKS proxy requires python-socks")

    monkeypatch.setattr("websockets.asyncio.client.connect.__aenter__", fails)
    async with listening(Zoom([], url="wss://ws.zoom.us/ws?subscriptionId=1"), stored_in([]), Tokens()) as waits:
        await until(lambda: len(waits) >= 2)
    assert "requires python-socks: pip install it" in caplog.text
