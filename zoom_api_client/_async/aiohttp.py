"""The transport of the extra `aiohttp`, for event loops of asyncio's: many calls at once take a quarter of the time.

httpx-aiohttp is not used: it reports a connection that broke after the request was sent as one that was never made
(`ServerDisconnectedError` as `ConnectTimeout`), by which a meeting would be created twice; it spells signed addresses
anew; and its session keeps cookies.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any, Final
from urllib.request import getproxies

try:
    import aiohttp
    from yarl import URL
except ImportError as cause:
    raise ImportError('transport="aiohttp" needs a library: pip install "zoom-api-client[aiohttp]"') from cause

from zoom_api_client.transport import hosts, http

_PIECE: Final = 256 * 1024
_NEVER_SENT: Final = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
)


def check(options: http.Options) -> None:
    """Refuse options that aiohttp cannot follow."""
    if options.get("http2"):
        raise ValueError('transport="aiohttp" speaks HTTP/1.1 only: leave out http2=True, or the transport')


class AiohttpTransport(http.AsyncBaseTransport):
    """Sends httpx's requests by aiohttp, in one event loop."""

    def __init__(self, options: http.Options) -> None:
        self._options, self._ssl = options, http.ssl_context(options)
        self._sessions: dict[bool, aiohttp.ClientSession] = {}
        self._proxy: dict[str, Any] = {}
        if proxy := http.proxy(options):
            auth = aiohttp.BasicAuth(*proxy.auth) if proxy.auth else None
            self._proxy = {"proxy": str(proxy.url), "proxy_auth": auth, "proxy_headers": dict(proxy.headers)}

    async def handle_async_request(self, request: http.HTTPRequest) -> http.HTTPResponse:
        session = self._session_for(request)
        is_read = hasattr(request, "_content")
        timeout = request.extensions.get("timeout", {})
        with _translate_failures():
            response = await session.request(
                request.method,
                URL(str(request.url), encoded=True),  # as it is: it may be signed
                headers=request.headers.multi_items(),
                data=(request.content or None) if is_read else request.stream,
                allow_redirects=False,
                trace_request_ctx=request.extensions.get("trace"),
                timeout=aiohttp.ClientTimeout(sock_connect=timeout.get("connect"), sock_read=timeout.get("read")),
                **self._proxy,
            )
        return http.HTTPResponse(
            response.status,
            headers=list(response.raw_headers),
            stream=_Body(response),
            request=request,
            extensions={"http_version": b"HTTP/1.1", "reason_phrase": (response.reason or "").encode()},
        )

    async def aclose(self) -> None:
        for session in self._sessions.values():
            await session.close()

    def _session_for(self, request: http.HTTPRequest) -> aiohttp.ClientSession:
        """Return the session for an address: that for this machine knows nothing of the environment's proxies."""
        is_far = not hosts.is_loopback(str(request.url))
        session = self._sessions.get(is_far)
        if session is None:
            session = self._sessions[is_far] = self._open_session(trust_env=is_far)
        return session

    def _open_session(self, *, trust_env: bool) -> aiohttp.ClientSession:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            raise RuntimeError('transport="aiohttp" runs on asyncio only: leave it out on trio') from None
        limits = self._options.get("limits", http.LIMITS)
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


def _make_trace_config() -> aiohttp.TraceConfig:
    """Return a trace that reports, in httpcore's words, that a request begins to be sent."""

    async def tell(_: Any, context: Any, __: Any) -> None:
        if context.trace_request_ctx is not None:
            await context.trace_request_ctx("send_request_headers.started", {})

    tracing = aiohttp.TraceConfig()
    tracing.on_connection_create_end.append(tell)
    tracing.on_connection_reuseconn.append(tell)
    return tracing


class _Body(http.AsyncByteStream):
    """The body of an answer, in pieces as large as they come."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _translate_failures():
            async for piece in self._response.content.iter_chunked(_PIECE):
                yield piece

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
