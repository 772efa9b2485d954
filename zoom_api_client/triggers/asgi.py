"""The receiver as an ASGI app: no framework is needed for it. https://asgi.readthedocs.io/en/latest/specs/www.html"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from zoom_api_client.triggers import reply, signature
from zoom_api_client.triggers.health import answer_probe
from zoom_api_client.triggers.inbox import InboxFailed
from zoom_api_client.triggers.protocols import DeliveryReceiver
from zoom_api_client.triggers.reply import Reply, refuse_to_store

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_BODY_WITHIN: Final = 5.0  # seconds; Zoom itself waits for 3
_HELD: Final = 16 * 1024 * 1024  # bytes of bodies that are being read, all together: nobody knows yet who sends them


class _Gone(Exception):
    """The sender of a request has closed the connection before its end."""


class ASGIApp:
    """Takes requests on any path. What starts it as the server's own app also starts and stops the handlers."""

    def __init__(self, receiver: DeliveryReceiver, *, work: bool, health_path: str | None) -> None:
        self._receiver, self._works, self._health_path = receiver, work, health_path
        self._held = 0

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "http":
            await self._serve(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _serve(self, scope: Message, receive: Receive, send: Send) -> None:
        try:
            if self._works:
                self._receiver.start_here()
            answer = await self._answer(scope, receive)
        except _Gone:
            return
        except InboxFailed as failure:
            answer = refuse_to_store(failure)
        headers = [(name.encode(), text.encode()) for name, text in answer.headers.items()]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    async def _answer(self, scope: Message, receive: Receive) -> Reply:
        if scope["method"] == "GET" and self._health_path and _path(scope) == self._health_path:
            return await asyncio.to_thread(answer_probe, self._receiver.health)
        headers = signature.pick_headers(scope["headers"])
        refusal = self._receiver.refuse(headers, scope["method"])
        if refusal is not None:
            return refusal
        try:
            async with asyncio.timeout(_BODY_WITHIN):
                body = await self._read(receive)
        except TimeoutError:
            return reply.TOO_SLOW
        return body if isinstance(body, Reply) else await self._receiver.answer(headers, body)

    async def _read(self, receive: Receive) -> bytes | Reply:
        """Return the body, or the answer to one that is too large, or for which there is no room."""
        body = bytearray()
        try:
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise _Gone
                part = message.get("body", b"")
                body += part
                self._held += len(part)
                if len(body) > self._receiver.webhook.max_body:
                    return reply.TOO_LARGE
                if not message.get("more_body"):
                    return bytes(body)
                if self._held > _HELD:
                    return reply.NOT_STORED
        finally:
            self._held -= len(body)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                if self._works:
                    self._receiver.start_here()
            else:
                await self._receiver.stop_here()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return


def _path(scope: Message) -> str:
    """Return the path within the app, which may be mounted."""
    return str(scope["path"]).removeprefix(scope.get("root_path", ""))
