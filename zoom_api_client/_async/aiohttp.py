"""The transport of the extra `aiohttp`, for asyncio event loops: many calls at once take a quarter of the time.

httpx-aiohttp is not used: it reports a connection that broke after the request was sent as one that was never made
(`ServerDisconnectedError` as `ConnectTimeout`), by which a meeting would be created twice; it spells signed addresses
anew; and its session keeps cookies.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import TracebackType
from typing import Any, Final
from urllib.request import getproxies

from zoom_api_client import errors
from zoom_api_client.storage.extras import require_extra
from zoom_api_client.transport import client_options, hosts, http
from zoom_api_client.transport.bounds import EXTENSION, WITHOUT, Bounds

with require_extra("aiohttp", 'transport="aiohttp"'):
    import aiohttp
    from yarl import URL

_PIECE: Final = 256 * 1024  # bytes
_NEVER_SENT: Final = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
)


def check(options: client_options.Options) -> None:
    """Refuse options that aiohttp cannot follow."""
    if options.get("http2"):
        raise ValueError('transport="aiohttp" speaks HTTP/1.1 only: leave out http2=True, or the transport')


class AiohttpTransport(http.AsyncBaseTransport):
    """Sends httpx's requests by aiohttp, in one event loop."""

    def __init__(self, options: client_options.Options) -> None:
        self._options, self._ssl = options, client_options.ssl_context(options)
        self._sessions: dict[bool, aiohttp.ClientSession] = {}
        self._proxy: dict[str, Any] = {}
        if proxy := client_options.proxy(options):
            auth = aiohttp.BasicAuth(*proxy.auth) if proxy.auth else None
            self._proxy = {"proxy": str(proxy.url), "proxy_auth": auth, "proxy_headers": dict(proxy.headers)}

    async def handle_async_request(self, request: http.HTTPRequest) -> http.HTTPResponse:
        session = self._session_for(request.url.host)
        is_read = hasattr(request, "_content")
        timeout = request.extensions.get("timeout", {})
        clock = _Clock(request)
        with _translate_failures():
            async with clock:
                response = await session.request(
                    request.method,
                    URL(str(request.url), encoded=True),  # as it is: it may be signed
                    headers=[(name.decode(), text.decode()) for name, text in request.headers.raw],
                    data=(request.content or None) if is_read else request.stream,
                    allow_redirects=False,
                    trace_request_ctx=clock,
                    timeout=_timeout(timeout.get("connect"), timeout.get("read")),
                    **self._proxy,
                )
        return http.HTTPResponse(
            response.status,
            headers=list(response.raw_headers),
            stream=_Body(response, clock),
            request=request,
            extensions={"http_version": b"HTTP/1.1", "reason_phrase": (response.reason or "").encode()},
        )

    async def aclose(self) -> None:
        for session in self._sessions.values():
            await session.close()

    def _session_for(self, host: str) -> aiohttp.ClientSession:
        """Return the session for a host: that for this machine knows nothing of the environment's proxies."""
        is_far = host not in hosts.LOOPBACK
        session = self._sessions.get(is_far)
        if session is None:
            session = self._sessions[is_far] = self._open_session(trust_env=is_far)
        return session

    def _open_session(self, *, trust_env: bool) -> aiohttp.ClientSession:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            raise RuntimeError('transport="aiohttp" runs on asyncio only: leave it out on trio') from None
        limits = self._options.get("limits", client_options.LIMITS)
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                ssl=self._ssl, limit=limits.max_connections or 0, keepalive_timeout=limits.keepalive_expiry
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,  # httpx does
            skip_auto_headers=("accept", "accept-encoding", "content-type", "user-agent"),
            trust_env=trust_env and self._options.get("trust_env", True) and bool(getproxies()),  # 2 threads a call
            trace_configs=[_make_trace_config()],
        )


class _Clock:
    """Bounds the time of an answer from what was sent last to the end of its body, or of its head for a download."""

    def __init__(self, request: http.HTTPRequest) -> None:
        self.trace = request.extensions.get("trace")
        self._bounds: Bounds | None = request.extensions.get(EXTENSION)
        self._has_bounded_body = WITHOUT not in request.extensions
        self._until: float | None = None
        self._waiting: asyncio.Timeout | None = None

    def begin(self) -> None:
        """Begin anew: something was sent."""
        if self._bounds is not None and self._waiting is not None:
            self._until = asyncio.get_running_loop().time() + self._bounds.answer_seconds
            self._waiting.reschedule(self._until)

    async def __aenter__(self) -> None:
        """Raise `BoundExceeded` if what is done within ends after the time."""
        self._waiting = asyncio.timeout_at(self._until)
        await self._waiting.__aenter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        timeout, self._waiting = self._waiting, None
        assert timeout is not None
        try:
            await timeout.__aexit__(kind, error, trace)
        except TimeoutError:
            assert self._bounds is not None
            raise errors.BoundExceeded("answer_seconds", self._bounds.answer_seconds) from None

    def end_head(self) -> None:
        """Take that the head of the answer is there."""
        if not self._has_bounded_body:
            self._until = None


@lru_cache(maxsize=64)
def _timeout(connect: float | None, read: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(sock_connect=connect, sock_read=read)


def _make_trace_config() -> aiohttp.TraceConfig:
    """Return a trace that reports, in httpcore's words, that a request begins to be sent, and runs its clock."""

    async def tell(_: Any, context: Any, __: Any) -> None:
        if context.trace_request_ctx.trace is not None:
            await context.trace_request_ctx.trace("send_request_headers.started", {})

    async def begin(_: Any, context: Any, __: Any) -> None:
        context.trace_request_ctx.begin()

    tracing = aiohttp.TraceConfig()
    tracing.on_connection_create_end.append(tell)
    tracing.on_connection_reuseconn.append(tell)
    tracing.on_request_headers_sent.append(begin)
    tracing.on_request_chunk_sent.append(begin)
    return tracing


class _Body(http.AsyncByteStream):
    """The body of an answer, in pieces as large as they come."""

    def __init__(self, response: aiohttp.ClientResponse, clock: _Clock) -> None:
        self._response, self._clock = response, clock
        clock.end_head()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _translate_failures():
            while piece := await self._read():
                yield piece

    async def _read(self) -> bytes:
        content = self._response.content
        piece = content.read_nowait(_PIECE)
        if piece or content.at_eof():  # as most answers, which have come with their heads
            return piece
        async with self._clock:
            return await content.read(_PIECE)

    async def aclose(self) -> None:
        if self._response.content.at_eof():
            self._response.release()
        else:
            self._response.close()  # what is left on the connection would be the beginning of the next answer


@contextmanager
def _translate_failures() -> Iterator[None]:
    """Turn aiohttp's failures into those of httpx's that say as much of whether the request may have arrived."""
    try:
        yield
    except _NEVER_SENT as cause:
        raise http.ConnectError(f"{type(cause).__name__}: {cause}") from cause
    except TimeoutError as cause:
        raise http.ReadTimeout(f"{type(cause).__name__}: {cause}") from cause
    except (aiohttp.ClientError, OSError) as cause:
        raise http.ReadError(f"{type(cause).__name__}: {cause}") from cause
