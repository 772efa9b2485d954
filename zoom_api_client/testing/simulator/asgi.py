"""The simulator as an ASGI app: whatever carries HTTP brings requests to it.

TLS may end elsewhere: `X-Forwarded-Proto` and `X-Forwarded-Host` then say where the client asked.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from http import HTTPStatus
from typing import Any, Final

import attrs

from zoom_api_client.testing import contract
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.simulator.events import websocket
from zoom_api_client.testing.simulator.simulator import Simulator
from zoom_api_client.testing.simulator.steering import Steering

MOST_BYTES: Final = 64 * 1024 * 1024
"""The longest body that is read."""

_TICK: Final = 0.1  # seconds
_ORIGIN: Final = re.compile(r"https?://[a-zA-Z0-9.-]+(?::\d{1,5})?|https?://\[[0-9a-fA-F:.]+\](?::\d{1,5})?")
_ABSOLUTE: Final = re.compile(r"(?i)(https?)://([^/?]*)")

_log = logging.getLogger("zoom_api_client")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Answering = Callable[[IncomingRequest], OutgoingAnswer]


def app(simulator: Simulator) -> App:
    """Return the ASGI app of a simulator."""
    steering = Steering(simulator)

    def answer(request: IncomingRequest) -> OutgoingAnswer:
        return steering.answer(request) or simulator.answer(request)

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(simulator, receive, send)
        elif scope["type"] == "http":
            await _serve(answer, scope, receive, send)
        else:
            await websocket.serve(simulator.events, simulator.authorization, scope, receive, send)

    return serve


async def _live(simulator: Simulator, receive: Receive, send: Send) -> None:
    """Let the clock run what is due, and deliver events, from startup to shutdown."""
    await receive()
    ticking = [asyncio.create_task(_repeat(each)) for each in (simulator.clock.run_due, simulator.events.begin)]
    await send({"type": "lifespan.startup.complete"})
    await receive()
    for each in ticking:
        each.cancel()
    await asyncio.gather(*ticking, return_exceptions=True)
    await asyncio.to_thread(simulator.events.pause)
    await send({"type": "lifespan.shutdown.complete"})


async def _repeat(work: Callable[[], object]) -> None:
    while True:
        try:
            await asyncio.to_thread(work)
        except Exception:  # what comes after it is not to wait forever
            _log.exception("the simulator failed to do what was due")
        await asyncio.sleep(_TICK)


async def _serve(answer: Answering, scope: Scope, receive: Receive, send: Send) -> None:
    try:
        request = await _read(scope, receive)
    except _NotRead as refusal:
        return await _send(refusal.answer, scope, receive, send)
    except ConnectionError:  # the client is gone
        return None
    try:
        return await _send(await _answer(answer, request), scope, receive, send)
    except asyncio.CancelledError:  # serving ends
        return await _drop(scope, receive)


async def _answer(answer: Answering, request: IncomingRequest) -> OutgoingAnswer:
    if request.method == "OPTIONS":
        return _options(request)
    method = "GET" if request.method == "HEAD" else request.method
    return await asyncio.to_thread(answer, attrs.evolve(request, method=method))


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
    await asyncio.sleep(answer.delay)
    if not answer.status:
        return await _drop(scope, receive)
    has_body = answer.status not in (204, 304)
    length = {"Content-Length": str(len(answer.body))} if has_body else {}
    headers = {**length, **answer.headers}
    encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": encoded})
    body = answer.body if has_body and scope["method"] != "HEAD" else b""
    is_cut = bool(body) and int(headers["Content-Length"]) > len(body)
    await send({"type": "http.response.body", "body": body, "more_body": is_cut})
    return await _drop(scope, receive) if is_cut else None


async def _drop(scope: Scope, receive: Receive) -> None:
    """Close the connection without an answer. ASGI has no word for it: `serving` hands the connection over."""
    transport = scope.get("state", {}).get("transport")
    if transport is None:
        raise ConnectionAbortedError("the simulator drops this connection")
    transport.close()  # after what was sent already
    await receive()  # says that the client is gone
