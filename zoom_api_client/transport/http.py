"""The one module that imports httpx: what the client needs of it, and nothing that says more than httpx does."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypedDict
from urllib.parse import parse_qsl

import httpx
from httpx import (
    AsyncBaseTransport,
    AsyncClient,
    Auth,
    BaseTransport,
    Client,
    Request as HTTPRequest,
    Response as HTTPResponse,
)

from zoom_api_client import errors
from zoom_api_client._version import __version__
from zoom_api_client.core import codec
from zoom_api_client.core.operation import Request
from zoom_api_client.core.unset import UNSET
from zoom_api_client.transport import responses

if TYPE_CHECKING:
    from zoom_api_client.transport.bounds import Bounds, Meter

__all__ = [
    "LIMITS",
    "AsyncBaseTransport",
    "AsyncClient",
    "Auth",
    "BaseTransport",
    "Client",
    "HTTPRequest",
    "HTTPResponse",
    "Options",
    "answer",
    "bare",
    "bound",
    "connection",
    "fetching",
    "load_for_tasks",
    "outgoing",
    "places",
    "resent",
    "unframed",
]


class Options(TypedDict, total=False):
    """What is passed on to httpx's client as it is: see httpx for what each means."""

    proxy: httpx.Proxy | httpx.URL | str | None
    http2: bool
    verify: ssl.SSLContext | str | bool
    trust_env: bool
    limits: httpx.Limits
    mounts: Mapping[str, Any]
    event_hooks: Mapping[str, list[Callable[..., Any]]]


_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.InvalidURL)
LIMITS = httpx.Limits(max_connections=30, max_keepalive_connections=20)
"""Zoom allows an account tens of requests a second, and httpx takes the longer for each the more connections it has."""

_BOUNDS, _WITHOUT_BOUNDS = "bounds", "without_bounds"
_HEADERS = {
    "accept": "application/json",
    "accept-encoding": "gzip",
    "connection": "keep-alive",
    "user-agent": f"zoom-api-client/{__version__}",
}

Params = Sequence[tuple[str, str]]


def places(client: Client | AsyncClient, options: Options) -> Any:
    """Return what lets in as many requests as there are connections, to be entered with each.

    httpx's own queue is slow: it looks through all connections for all that wait. Measured, 500 at once: up to 4 times.
    """
    most = options.get("limits", LIMITS).max_connections
    if most is None or options.get("http2"):
        return nullcontext()
    return asyncio.Semaphore(most) if isinstance(client, AsyncClient) else threading.Semaphore(most)


class QuietRequest(httpx.Request):
    """A request whose repr has no query: signed links and passcodes stand there, and tracebacks may show locals."""

    def __repr__(self) -> str:
        return f"<Request({self.method!r}, {str(self.url.copy_with(query=None))!r})>"


def outgoing(client: Client | AsyncClient, request: Request[Any], base_url: str) -> httpx.Request:
    """Return the HTTP request of an operation."""
    is_multipart = request.operation.media_type == "multipart/form-data" and request.body is not UNSET
    return bare(
        client,
        request.operation.method,
        responses.address(request, base_url),
        params=request.query,
        json=UNSET if is_multipart else request.json,
        headers={"accept": responses.accepted(request.operation), **request.headers},
        parts=responses.multipart(request.body) if is_multipart else None,
    )


def bare(
    client: Client | AsyncClient,
    method: str,
    url: str,
    *,
    params: Params = (),
    json: Any = UNSET,
    headers: dict[str, str] | None = None,
    parts: list[responses.Part] | None = None,
) -> httpx.Request:
    """Return an HTTP request to any address, with a JSON or a multipart body.

    `client.build_request` would merge addresses, headers and cookies of the client's, which we do not give it: that
    takes as long as everything else that we do for a call.
    """
    given = dict(_HEADERS)
    content = None if json is UNSET else codec.dumps(codec.plain(json))
    if content is not None:
        given["content-type"] = "application/json"
    given.update((name.lower(), text) for name, text in (headers or {}).items())
    pairs: list[Any] | None = None
    if "?" in url or params:
        url, _, query = url.partition("?")
        pairs = [*parse_qsl(query, keep_blank_values=True), *params]
    timeout = {"timeout": client.timeout.as_dict()}
    return QuietRequest(method, url, params=pairs, content=content, files=parts, headers=given, extensions=timeout)


def answer(response: httpx.Response) -> responses.Answer:
    """Return what a response says, without httpx."""
    headers = {name.lower(): text for name, text in response.headers.items()}
    bounds: Bounds | None = response.extensions.get(_BOUNDS)
    if bounds is None:
        return responses.Answer(response.status_code, headers, response.content)
    bounds.check_size(len(response.content))  # a transport of the caller's may have read it before
    return responses.Answer(response.status_code, headers, response.content, bounds.nesting)


def bound(client: Client | AsyncClient, bounds: Bounds) -> None:
    """Let a client read answers within bounds: whoever reads them, an `Auth` for example."""

    def limit(response: httpx.Response) -> None:
        if _WITHOUT_BOUNDS not in response.request.extensions:
            _limit(response, bounds)

    async def limit_awaited(response: httpx.Response) -> None:
        limit(response)

    hooks = client.event_hooks
    own = limit_awaited if isinstance(client, AsyncClient) else limit
    client.event_hooks = {**hooks, "response": [own, *hooks["response"]]}


def _limit(response: httpx.Response, bounds: Bounds) -> None:
    """Measure the body as it comes, and decompress it here: httpx decompresses whole pieces, whatever they become."""
    response.extensions[_BOUNDS] = bounds
    if response.is_closed:  # it was read before, by a transport without a wire
        return
    encoding = response.headers.pop("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "deflate", "x-gzip"):
        raise errors.UnexpectedAnswer(
            f"the answer is encoded ({encoding}), which was not asked for", response.status_code
        )
    response.stream = _Measured(response.stream, bounds.meter(is_compressed=encoding != "identity"))


class _Measured(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of a response, measured."""

    def __init__(self, stream: Any, meter: Meter) -> None:
        self._stream, self._meter = stream, meter

    def __iter__(self) -> Iterator[bytes]:
        for part in self._stream:
            yield from self._meter.take(part)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            for piece in self._meter.take(part):
                yield piece

    def close(self) -> None:
        self._stream.close()

    async def aclose(self) -> None:
        await self._stream.aclose()


def resent(sent: httpx.Request, location: str, *, authorized: bool) -> httpx.Request:
    """Return the request again for the address that it was sent on to."""
    target = sent.url.join(location)
    headers = {name: text for name, text in sent.headers.items() if name.lower() not in ("host", "cookie")}
    if not authorized:
        headers.pop("authorization", None)
    return QuietRequest(
        sent.method, target, headers=headers, content=sent.read() or None, extensions=dict(sent.extensions)
    )


def fetching(client: Client | AsyncClient, url: str, headers: Mapping[str, str]) -> httpx.Request:
    """Return the request for a file, as it is: its address may be signed, so nothing in it is spelled anew."""
    own = {**_HEADERS, "accept": "*/*", "accept-encoding": "identity"}
    extensions = {"timeout": client.timeout.as_dict(), _WITHOUT_BOUNDS: True}
    return QuietRequest("GET", url, headers={**own, **headers}, extensions=extensions)


def unframed(response: httpx.Response) -> tuple[int, Callable[[int], Any]] | None:
    """Return the length of a body that HTTP does not frame, and what reads up to so many bytes; None for any other.

    Such a body is every byte of the connection, up to its length: it can be read in pieces of any size, which costs
    half of what it costs through the parser of HTTP, 64 KB at a time.
    """
    length, stream = response.headers.get("content-length", ""), response.extensions.get("network_stream")
    is_framed = response.http_version != "HTTP/1.1" or "transfer-encoding" in response.headers
    if stream is None or is_framed or not length.isdecimal():
        return None
    return int(length), partial(stream.read, timeout=response.request.extensions.get("timeout", {}).get("read"))


def _httpcore() -> Any:
    """Return what httpx stands on, and loads with its first request: what `unframed` reads fails with its errors."""
    import httpcore

    return httpcore


def load_for_tasks() -> None:
    """Load what httpx stands on in event loops, and loads with its first request."""
    import_module("anyio._backends._asyncio")


@contextmanager
def connection(what: str) -> Iterator[None]:
    """Turn httpx's failures to reach Zoom into ours."""
    try:
        yield
    except _NEVER_SENT as cause:
        message = f"{what}: Zoom could not be reached ({type(cause).__name__}: {cause})"
        raise errors.ConnectionFailed(message, may_have_arrived=False) from cause
    except (httpx.TimeoutException, _httpcore().TimeoutException) as cause:
        raise errors.ConnectionFailed(f"{what}: Zoom did not answer in time ({type(cause).__name__})") from cause
    except (httpx.RequestError, _httpcore().NetworkError) as cause:
        raise errors.ConnectionFailed(
            f"{what}: the connection to Zoom failed ({type(cause).__name__}: {cause})"
        ) from cause
