"""A WebSocket server that plays Zoom, a connection of tokens, and a listener between the two."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import parse_qs, urlsplit

import attrs
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from zoom_api_client.connection import Token
from zoom_api_client.triggers.inbox import Delivery
from zoom_api_client.triggers.websocket import Listener

BUILT = {"module": "build_connection", "success": True, "content": "connected"}


def message(content: Any) -> str:
    """Return the frame of an event: JSON within JSON."""
    return json.dumps({"module": "message", "success": True, "content": json.dumps(content)})


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
