"""Events by WebSocket: the library's own listener hears what happens in a simulator."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

import pytest
from websockets.asyncio.client import ClientConnection, connect

from tests.simulator.frozen import FrozenZoom
from tests.triggers.websocket_server import stored_in
from tests.waiting import until
from zoom_api_client.connection import Token
from zoom_api_client.testing.simulator.events.events import Events
from zoom_api_client.testing.simulator.serving import serve
from zoom_api_client.triggers.inbox import Delivery
from zoom_api_client.triggers.websocket import Listener


@asynccontextmanager
async def serving(zoom: FrozenZoom) -> AsyncIterator[str]:
    """Serve a simulator; yields the address of a subscription to meetings, without a token."""
    subscription = zoom.events.subscribe(events=["meeting.*"])
    async with serve(zoom) as served:
        yield f"ws://{urlsplit(served.base_url).netloc}/ws?subscriptionId={subscription.id}"


async def said(socket: ClientConnection) -> tuple[str, bool, str]:
    """Return the next frame: its module, whether that is good, and the content."""
    async with asyncio.timeout(10):
        frame = json.loads(await socket.recv())
    return frame["module"], frame["success"], frame["content"]


def meet(zoom: FrozenZoom, token: str, topic: str) -> None:
    """Create a meeting."""
    assert zoom.call(token, "POST", "/v2/users/me/meetings", body={"topic": topic}).status == 201


class OneToken:
    """A connection that has a token."""

    def __init__(self, token: str) -> None:
        self._token = token

    def token(self, *, rejected: Token | None = None) -> Token:
        return Token(self._token)


def sockets(events: Events) -> int:
    """Return how many WebSockets are connected."""
    return len(events._sockets)


async def test_listener_of_the_library_hears_what_happens() -> None:
    """The trigger connects with its token, and stores the event as a webhook would bring it."""
    zoom, deliveries = FrozenZoom(), list[Delivery]()
    token = zoom.give()
    async with serving(zoom) as address:
        task = asyncio.create_task(Listener(address, OneToken(token), stored_in(deliveries)).run())  # type: ignore[arg-type]
        await until(lambda: sockets(zoom.events))
        await asyncio.to_thread(meet, zoom, token, "Planning")
        await until(lambda: deliveries)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    event = json.loads(deliveries[0].body)
    assert (event["event"], event["payload"]["object"]["topic"]) == ("meeting.created", "Planning")


async def test_heartbeats_are_answered() -> None:
    """The application's own message, as Zoom has it, and what is none is passed over."""
    zoom = FrozenZoom()
    async with serving(zoom) as address, connect(f"{address}&access_token={zoom.give()}", proxy=None) as socket:
        assert await said(socket) == ("build_connection", True, "connected")
        for text in ("not json", "[]", '{"module":"heartbeat"}'):
            await socket.send(text)
        assert (await said(socket))[:2] == ("heartbeat", True)


@pytest.mark.parametrize(
    ("query", "content"),
    [("&access_token=wrong", "Invalid Token"), ("", "Invalid Token"), ("x&access_token={}", "Invalid subscription")],
)
async def test_who_may_not_listen_is_told_why(query: str, content: str) -> None:
    """A listener gets another token for the one text, and gives up for the other."""
    zoom = FrozenZoom()
    async with serving(zoom) as address, connect(address + query.format(zoom.give()), proxy=None) as socket:
        assert await said(socket) == ("build_connection", False, content)
        await asyncio.wait_for(socket.wait_closed(), 10)


async def test_second_connection_closes_the_first() -> None:
    """Zoom serves one for each subscription; what happens goes to the newer one alone."""
    zoom = FrozenZoom()
    token = zoom.give()
    async with serving(zoom) as address, connect(f"{address}&access_token={token}", proxy=None) as first:
        await said(first)
        async with connect(f"{address}&access_token={token}", proxy=None) as second:
            await said(second)
            await asyncio.wait_for(first.wait_closed(), 10)
            await asyncio.to_thread(meet, zoom, token, "Planning")
            assert (await said(second))[0] == "message"
        await until(lambda: not sockets(zoom.events))
