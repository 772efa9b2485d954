"""The simulator as an ASGI app: whatever carries HTTP brings requests to it.

TLS may end elsewhere: `X-Forwarded-Proto` and `X-Forwarded-Host` then say where the client asked.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Final

import attrs

from zoom_api_client.testing import contract
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.simulator.clock import Clock
from zoom_api_client.testing.simulator.simulator import Simulator

MOST_BYTES: Final = 64 * 1024 * 1024
"""The longest body that is read."""

_TICK: Final = 0.1
_ORIGIN: Final = re.compile(r"https?://[a-zA-Z0-9.-]+(?::\d{1,5})?|https?://\[[0-9a-fA-F:.]+\](?::\d{1,5})?")
_ABSOLUTE: Final = re.compile(r"(?i)(https?)://([^/?]*)")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


def app(simulator: Simulator) -> App:
    """Return the ASGI app of a simulator."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(simulator.clock, receive, send)
        elif scope["type"] == "http":
            await _serve(simulator, scope, receive, send)
        else:
            await send({"type": "websocket.close"})

    return serve


async def _live(clock: Clock, receive: Receive, send: Send) -> None:
    """Let the clock run what is due, from startup to shutdown."""
    await receive()
    ticking = asyncio.create_task(_tick(clock))
    await send({"type": "lifespan.startup.complete"})
    await receive()
    ticking.cancel()
    with suppress(asyncio.CancelledError):
        await ticking
    await send({"type": "lifespan.shutdown.complete"})


async def _tick(clock: Clock) -> None:
    while True:
        await asyncio.to_thread(clock.run_due)
        await asyncio.sleep(_TICK)


async def _serve(simulator: Simulator, scope: Scope, receive: Receive, send: Send) -> None:
    try:
        request = await _read(scope, receive)
    except _NotRead as refusal:
        return await _send(refusal.answer, scope, receive, send)
    except ConnectionError:  # the client is gone
        return None
    return await _send(await _answer(simulator, request), scope, receive, send)


async def _answer(simulator: Simulator, request: IncomingRequest) -> OutgoingAnswer:
    if request.method == "OPTIONS":
        return _options(request)
    method = "GET" if request.method == "HEAD" else request.method
    return await asyncio.to_thread(simulator.answer, attrs.evolve(request, method=method))


def _options(request: IncomingRequest) -> OutgoingAnswer:
    methods = contract.methods(request.path) or ["GET"]
    allowed = {*methods, "OPTIONS", *(["HEAD"] if "GET" in methods else [])}
    return OutgoingAnswer(204, {"Allow": ", ".join(sorted(allowed))})


class _NotRead(Exception):
    """A request that is not read to its end."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        headers = {"Connection": "close"}
        answer = OutgoingAnswer.json(status, {"code": int(status), "message": message})
        self.answer = attrs.evolve(answer, headers={**answer.headers, **headers})


async def _read(scope: Scope, receive: Receive) -> IncomingRequest:
    headers = _join((name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"])
    url = _url(scope, headers)
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > MOST_BYTES:
            raise _NotRead(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"The body is longer than {MOST_BYTES} bytes.")
    return IncomingRequest(scope["method"].upper(), url, headers, bytes(body))


def _join(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return headers by name; one that comes repeatedly has its values joined, as HTTP has it."""
    joined: dict[str, str] = {}
    for name, value in headers:
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined


def _url(scope: Scope, headers: dict[str, str]) -> str:
    """Return the address that the client asked for, still percent-encoded."""
    path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
    scheme, host = scope["scheme"], headers.get("host", "127.0.0.1")
    if absolute := _ABSOLUTE.match(path):
        scheme, host, path = absolute[1].lower(), absolute[2], path[absolute.end() :] or "/"
    scheme = _first(headers.get("x-forwarded-proto", "")).lower() or scheme
    host = _first(headers.get("x-forwarded-host", "")) or host
    if not _ORIGIN.fullmatch(f"{scheme}://{host}"):
        raise _NotRead(HTTPStatus.BAD_REQUEST, "The host that the request names is not one.")
    query = scope["query_string"].decode("latin-1")
    path = path if path.startswith("/") else f"/{path}"
    return f"{scheme}://{host}{path}" + (f"?{query}" if query else "")


def _first(header: str) -> str:
    """Return what the proxy nearest to the client wrote."""
    return header.partition(",")[0].strip()


async def _send(answer: OutgoingAnswer, scope: Scope, receive: Receive, send: Send) -> None:
    if not answer.status:
        return await _drop(scope, receive)
    has_body = answer.status not in (204, 304)
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers.items()]
    if has_body:
        headers.append((b"content-length", str(len(answer.body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    body = answer.body if has_body and scope["method"] != "HEAD" else b""
    return await send({"type": "http.response.body", "body": body})


async def _drop(scope: Scope, receive: Receive) -> None:
    """Close the connection without an answer. ASGI has no word for it: `serving` hands the connection over."""
    transport = scope.get("state", {}).get("transport")
    if transport is None:
        raise ConnectionAbortedError("the simulator drops this connection")
    transport.abort()
    await receive()  # says that the client is gone
