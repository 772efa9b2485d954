"""Events by WebSocket: `ws://…/ws?subscriptionId=…&access_token=…`, one connection for each subscription."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any, Protocol
from urllib.parse import parse_qsl

from zoom_api_client.core import codec
from zoom_api_client.testing.exchange import IncomingRequest
from zoom_api_client.testing.simulator.events.events import Events

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_HEARTBEAT = "heartbeat"


class Judging(Protocol):
    """Tells for whom a request is made; None without a token that is alive."""

    def caller(self, request: IncomingRequest) -> object | None: ...


async def serve(events: Events, authorization: Judging, scope: Scope, receive: Receive, send: Send) -> None:
    """Serve a WebSocket from its opening to its end."""
    await receive()
    if scope["path"] != "/ws":
        return await send({"type": "websocket.close"})
    await send({"type": "websocket.accept"})
    asked = dict(parse_qsl(scope["query_string"].decode("latin-1")))
    subscription_id, token = asked.get("subscriptionId", ""), asked.get("access_token", "")
    bearing = IncomingRequest("GET", "https://ws.zoom.us/ws", {"Authorization": f"Bearer {token}"})
    subscription = events.subscriptions.find(subscription_id)
    refusal = "" if subscription and not subscription.url else "Invalid subscription"
    refusal = refusal if authorization.caller(bearing) else "Invalid Token"
    await _say(send, "build_connection", refusal or "connected", success=not refusal)
    if refusal:
        return await send({"type": "websocket.close"})
    return await _Socket(events, subscription_id, receive, send).converse()


class _Socket:
    """One connection. Events come from other threads."""

    def __init__(self, events: Events, subscription_id: str, receive: Receive, send: Send) -> None:
        self._events, self._id, self._receive, self._send = events, subscription_id, receive, send
        self._loop, self._waiting = asyncio.get_running_loop(), asyncio.Queue[bytes | None]()

    def put(self, body: bytes | None) -> None:
        """Let an event be sent; None ends the connection."""
        self._loop.call_soon_threadsafe(self._waiting.put_nowait, body)

    async def converse(self) -> None:
        """Answer heartbeats and send events, until one side closes."""
        before = self._events.connect(self._id, self.put)
        if before is not None:
            before(None)
        listening = asyncio.create_task(self._listen())
        sending = asyncio.create_task(self._tell())
        try:
            await asyncio.wait({listening, sending}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._events.disconnect(self._id, self.put)
            for each in (listening, sending):
                each.cancel()
            await asyncio.gather(listening, sending, return_exceptions=True)

    async def _listen(self) -> None:
        while (message := await self._receive())["type"] != "websocket.disconnect":
            if _is_heartbeat(message.get("text") or message.get("bytes") or ""):
                await _say(self._send, _HEARTBEAT, _HEARTBEAT)

    async def _tell(self) -> None:
        while (body := await self._waiting.get()) is not None:
            await _say(self._send, "message", body.decode())
        with suppress(RuntimeError):  # the other side was faster
            await self._send({"type": "websocket.close"})


def _is_heartbeat(text: str | bytes) -> bool:
    try:
        said = codec.loads(text)
    except ValueError:
        return False
    return isinstance(said, dict) and said.get("module") == _HEARTBEAT


async def _say(send: Send, module: str, content: str, *, success: bool = True) -> None:
    frame = codec.dumps({"module": module, "success": success, "content": content})
    await send({"type": "websocket.send", "text": frame.decode()})
