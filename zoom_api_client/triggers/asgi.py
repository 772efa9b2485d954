"""The receiver as an ASGI app: no framework is needed for it. https://asgi.readthedocs.io/en/latest/specs/www.html"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from zoom_api_client.triggers import reply
from zoom_api_client.triggers.protocols import DeliveryReceiver
from zoom_api_client.triggers.reply import Reply

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class _Gone(Exception):
    """Whoever sent the request has hung up in the midst of it."""


class ASGIApp:
    """Takes requests on any path. What starts it as the server's own app also starts and stops the handlers."""

    def __init__(self, receiver: DeliveryReceiver, *, work: bool) -> None:
        self._receiver, self._works = receiver, work

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "http":
            await self._serve(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _serve(self, scope: Message, receive: Receive, send: Send) -> None:
        if self._works:
            self._receiver.start()
        try:
            answer = await self._answer(scope, receive)
        except _Gone:
            return
        headers = [(name.encode(), text.encode()) for name, text in answer.headers.items()]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    async def _answer(self, scope: Message, receive: Receive) -> Reply:
        if scope["method"] != "POST":
            return reply.ONLY_POST
        if _announced(scope["headers"]) > self._receiver.max_body:
            return reply.TOO_LARGE
        parts, size = [], 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _Gone
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > self._receiver.max_body:
                return reply.TOO_LARGE
            if not message.get("more_body"):
                return await self._receiver.ahandle(scope["headers"], b"".join(parts))

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                if self._works:
                    self._receiver.start()
            else:
                await asyncio.to_thread(self._receiver.stop)
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return


def _announced(headers: Iterable[tuple[bytes, bytes]]) -> int:
    """Return the length that the request says it has, 0 if it does not say."""
    return max((int(text) for name, text in headers if name.lower() == b"content-length" and text.isdigit()), default=0)
