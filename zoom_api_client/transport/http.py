"""The one module that imports httpx: what the client needs of it, and nothing that says more than httpx does."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from importlib.util import find_spec
from operator import attrgetter
from typing import Any, Literal, Self, TypedDict
from urllib.parse import parse_qsl
from urllib.request import getproxies

import attrs
import httpx
from httpx import (
    AsyncBaseTransport,
    AsyncByteStream,
    AsyncClient,
    Auth,
    BaseTransport,
    Client,
    ConnectError,
    ReadError,
    ReadTimeout,
    Request as HTTPRequest,
    Response as HTTPResponse,
    SyncByteStream as ByteStream,
)

from zoom_api_client import errors
from zoom_api_client._version import __version__
from zoom_api_client.core import checks, codec
from zoom_api_client.core.operation import Request
from zoom_api_client.core.redaction import quote_text
from zoom_api_client.core.secret import Secret
from zoom_api_client.core.unset import UNSET, Unset
from zoom_api_client.transport import requests, responses
from zoom_api_client.transport.bounds import EXTENSION, WITHOUT, Bounds

__all__ = [
    "LIMITS",
    "AsyncBaseTransport",
    "AsyncByteStream",
    "AsyncClient",
    "AsyncTransport",
    "Auth",
    "BaseTransport",
    "ByteStream",
    "CallOptions",
    "Client",
    "ConnectError",
    "HTTPRequest",
    "HTTPResponse",
    "Options",
    "ReadError",
    "ReadTimeout",
    "Transport",
    "address",
    "build_download_request",
    "build_operation_request",
    "build_request",
    "check",
    "check_timeout",
    "connection_pools",
    "end_connection",
    "find_unframed_body",
    "is_timeout",
    "most_connections",
    "proxy",
    "read_answer",
    "read_within",
    "rebuild_request",
    "reports_sending",
    "ssl_context",
    "translate_errors",
    "unasked_bytes",
    "without_environment",
    "without_proxy",
]


class Options(TypedDict, total=False):
    """Options that are passed on to httpx's client as they are: see httpx for the meaning of each."""

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

_HEADERS = {
    "accept": "application/json",
    "accept-encoding": "gzip",
    "connection": "keep-alive",
    "user-agent": f"zoom-api-client/{__version__}",
}

_HARMLESS = {*_HEADERS, "accept-encoding", "accept-language", "content-type", "range", "if-range"}

Params = Sequence[tuple[str, str]]
Transport = BaseTransport
AsyncTransport = AsyncBaseTransport | Literal["aiohttp"]


@attrs.frozen
class CallOptions:
    """The additions to every request of a client: its timeouts, headers (names in lower case) and query."""

    timeout: Mapping[str, float | None]
    headers: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    query: Params = attrs.field(default=(), repr=False)

    @classmethod
    def of(cls, timeout: float) -> Self:
        """Return the options of a new client."""
        return cls(_timeouts(timeout))

    def change(
        self, timeout: float | Unset, headers: Mapping[str, str] | None, query: Mapping[str, Any] | None
    ) -> CallOptions:
        """Return the options with another timeout, with more headers and with more of a query."""
        try:
            more = requests.query_text(query or {})
        except checks.UNSENDABLE as failure:
            raise checks.explain(failure, {"query": query}) from None
        return CallOptions(
            self.timeout if isinstance(timeout, Unset) else _timeouts(timeout),
            {**self.headers, **requests.header_fields(headers or {})},
            _join_params(self.query, more),
        )


def _timeouts(seconds: float) -> Mapping[str, float | None]:
    check_timeout(seconds)
    return httpx.Timeout(seconds).as_dict()


def check_timeout(seconds: float) -> None:
    """Refuse what is not a time to wait: sockets would, in their own words, when the request is under way."""
    checks.check_number("timeout", seconds, least=0.001, most=86_400)


def _join_params(params: Params, more: Params) -> Params:
    """Return both; what the second names replaces what the first has of that name."""
    names = {name for name, _ in more}
    return [*(pair for pair in params if pair[0] not in names), *more]


def most_connections(options: Options) -> int | None:
    """Return how many requests may be under way, each on a connection of its own; None for any number.

    The others wait for a place outside httpx, whose own queue is slow: it looks through all connections for all that
    wait. Measured, 500 at once: up to 4 times.
    """
    return None if options.get("http2") else options.get("limits", LIMITS).max_connections


def reports_sending(transport: object, options: Options) -> bool:
    """Tell whether a client's transport tells when it begins to send, as httpx's own and ours do."""
    return transport in (None, "aiohttp") and not options.get("mounts")


def proxy(options: Options) -> httpx.Proxy | None:
    """Return the proxy of a client, its credentials apart."""
    given = options.get("proxy")
    return None if given is None else _parse_proxy("proxy", given)


def check(options: Options, transport: object, method: str = "") -> None:
    """Refuse transports, proxies and certificates that are none, and what needs a library that is not there.

    Args:
        options: of the client.
        transport: the caller's, None for httpx's own.
        method: the name of the method that a transport must have.
    """
    if transport is not None and not hasattr(transport, method):
        raise TypeError(f"transport is {transport!r}: give one of httpx's that has {method}()")
    proxies = [proxy(options)] if options.get("proxy") is not None else []
    if transport is None:
        proxies += [_parse_proxy(f"{name}_proxy of the environment", url) for name, url in _environment(options)]
    if any(each and each.url.scheme.startswith("socks") for each in proxies) and find_spec("socksio") is None:
        raise ImportError('a SOCKS proxy needs a library: pip install "httpx[socks]"')
    if options.get("http2") and find_spec("h2") is None:
        raise ImportError('http2=True needs a library: pip install "httpx[http2]"')
    verify = options.get("verify", True)
    if not isinstance(verify, ssl.SSLContext | str | bool):
        raise TypeError(f"verify is {verify!r}: give True, False, the path of a file of certificates, or an SSLContext")
    if isinstance(verify, str):
        ssl_context(options)


def _environment(options: Options) -> list[tuple[str, str]]:
    """Return the proxies of the environment, by their schemes, if they are used."""
    found = getproxies() if options.get("trust_env", True) and options.get("proxy") is None else {}
    return [(name, found[name]) for name in ("http", "https", "all") if found.get(name)]


def without_environment(options: Options) -> Mapping[str, Any]:
    """Return the mounts by which this machine is reached past the proxies of the environment.

    Tokens may go to a stand-in over plain HTTP because they stay on this machine, and a proxy would read them.
    """
    own = {f"all://{host}": None for host in ("127.0.0.1", "localhost", "[::1]")} if _environment(options) else {}
    return {**own, **(options.get("mounts") or {})}


def _parse_proxy(name: str, given: httpx.Proxy | httpx.URL | str) -> httpx.Proxy:
    """Return a proxy. What is none is not quoted: it may have a password."""
    try:
        if isinstance(given, httpx.Proxy):
            return given
        plain = isinstance(given, str) and "://" not in given and name != "proxy"
        return httpx.Proxy(f"http://{given}" if plain else given)
    except (ValueError, TypeError, AttributeError, httpx.InvalidURL):
        pass
    raise ValueError(f"{name} is not the address of a proxy: give http://host:port, https://… or socks5://…")


def without_proxy(options: Options) -> Options:
    """Return the options of a client whose transport knows the proxy itself."""
    return {name: each for name, each in options.items() if name != "proxy"}  # type: ignore[return-value]


def ssl_context(options: Options) -> ssl.SSLContext:
    """Return the TLS that httpx would use: one in a process for each configuration (25 ms, 0.8 MB)."""
    verify, trust_env = options.get("verify", True), options.get("trust_env", True)
    if isinstance(verify, ssl.SSLContext):
        return verify
    named = tuple(os.environ.get(name) for name in ("SSL_CERT_FILE", "SSL_CERT_DIR")) if trust_env else ()
    return _ssl_context(verify, trust_env, bool(options.get("http2")), named)


@cache
def _ssl_context(verify: str | bool, trust_env: bool, http2: bool, named: tuple[str | None, ...]) -> ssl.SSLContext:
    try:
        context = httpx.create_ssl_context(verify=verify, trust_env=trust_env)
    except OSError as failure:
        place = f"verify={verify!r}" if isinstance(verify, str) else "SSL_CERT_FILE or SSL_CERT_DIR of the environment"
        raise ValueError(f"no certificates could be read from {place} ({failure})") from None
    context.set_alpn_protocols(["http/1.1", "h2"] if http2 else ["http/1.1"])
    # httpcore sets them for each connection, and OpenSSL would free what another thread is reading.
    vars(context)["set_alpn_protocols"] = lambda protocols: None
    return context


class QuietRequest(httpx.Request):
    """A request whose repr has no query: signed links and passcodes stand there, and tracebacks may show locals."""

    def __repr__(self) -> str:
        return f"<Request({self.method!r}, {str(self.url.copy_with(query=None))!r})>"


def build_operation_request(request: Request[Any], base_url: str, options: CallOptions) -> httpx.Request:
    """Return the HTTP request of an operation."""
    is_multipart = request.operation.media_type == "multipart/form-data" and request.body is not UNSET
    return build_request(
        request.operation.method,
        requests.address(request, base_url),
        options,
        query=request.query,
        json=UNSET if is_multipart else request.body,
        headers={"accept": requests.accept_header(request.operation), **request.headers},
        form=request.body if is_multipart else None,
    )


def address(request: Request[Any], base_url: str) -> str:
    """Return the address of a request, with its query."""
    return str(httpx.URL(requests.address(request, base_url), params=request.query or None))


def build_request(
    method: str,
    url: str,
    options: CallOptions,
    *,
    query: Params | Mapping[str, Any] = (),
    json: Any = UNSET,
    headers: Mapping[str, str] | None = None,
    form: Any = None,
) -> httpx.Request:
    """Return an HTTP request to any address, with a JSON or a multipart body. Raises `ValueError` if there is none.

    The `build_request` of httpx's client would merge addresses, headers and cookies of the client's, which we do not
    give it: that takes as long as everything else that we do for a call.
    """
    given = {**_HEADERS, **({} if json is UNSET else {"content-type": "application/json"}), **options.headers}
    given.update(requests.header_fields(headers or {}))
    extensions = {"timeout": options.timeout}
    try:
        url, pairs = _split_query(url, options.query, requests.query_text(query))
        content = None if json is UNSET else codec.dumps(codec.plain(json))
        parts = None if form is None else requests.multipart(form)
        return QuietRequest(
            method, url, params=pairs, content=content, files=parts, headers=given, extensions=extensions
        )
    except checks.UNSENDABLE as failure:
        body = json if form is None else form
        raise checks.explain(failure, {"path": url, "query": query, "body": body}) from None
    except httpx.InvalidURL as failure:
        raise ValueError(f"the path or the query cannot be sent ({failure})") from None


def _split_query(url: str, own: Params, more: Params) -> tuple[str, Any]:
    """Return an address without its query, and the pairs of that, of the client's own and of more; None for none."""
    if not (own or more or "?" in url):
        return url, None
    url, _, query = url.partition("?")
    return url, _join_params(own, [*parse_qsl(query, keep_blank_values=True), *more])


def read_answer(response: httpx.Response) -> responses.Response:
    """Return a response of httpx's as one of ours."""
    headers = {name.lower(): text for name, text in response.headers.items()}
    token = Secret(response.request.headers.get("authorization", "").removeprefix("Bearer "))
    bounds: Bounds | None = response.extensions.get(EXTENSION)
    if bounds is None:
        return responses.Response(response.status_code, headers, response.content, token=token)
    bounds.check_size(len(response.content))  # a transport of the caller's may have read it before
    return responses.Response(response.status_code, headers, response.content, bounds.nesting, token)


def read_within(response: httpx.Response, bounds: Bounds) -> Iterator[bytes]:
    """Yield the body of a response that a thread reads, decompressed, within bounds."""
    if response.is_closed:  # it was read before, by a transport without a wire
        bounds.check_size(len(response.content))
        yield response.content
        return
    meter = bounds.meter(response.status_code, response.headers)
    for part in response.iter_raw():
        yield from meter.take(part)
    meter.end()


def rebuild_request(sent: httpx.Request, location: str, *, authorized: bool) -> httpx.Request:
    """Return the request again for the address that it was sent on to."""
    target = sent.url.join(location)
    headers = {name: text for name, text in sent.headers.items() if name not in ("host", "cookie")}
    if not authorized:  # a header of the caller's own may be a secret too
        headers = {name: text for name, text in headers.items() if name in _HARMLESS}
    return QuietRequest(
        sent.method, target, headers=headers, content=sent.read() or None, extensions=dict(sent.extensions)
    )


def build_download_request(url: str, headers: Mapping[str, str], options: CallOptions) -> httpx.Request:
    """Return the request for a file, as it is: its address may be signed, so nothing in it is spelled anew."""
    own = {**_HEADERS, "accept": "*/*", "accept-encoding": "identity"}
    extensions = {"timeout": options.timeout, WITHOUT: True}
    return QuietRequest("GET", url, headers={**own, **headers}, extensions=extensions)


def find_unframed_body(response: httpx.Response) -> tuple[int, Callable[[int], Any]] | None:
    """Return the length of a body that HTTP does not frame, and what reads up to so many bytes; None for any other.

    Such a body is every byte of the connection, up to its length: it can be read in pieces of any size, which costs
    half of what it costs through the parser of HTTP, 64 KB at a time. Not on trio, which says of httpx's generators
    that are left in the middle that they were not closed.
    """
    length, stream = response.headers.get("content-length", ""), response.extensions.get("network_stream")
    is_framed = response.http_version != "HTTP/1.1" or "transfer-encoding" in response.headers
    is_trio = type(stream).__module__.endswith(".trio")
    if stream is None or is_trio or is_framed or not length.isdecimal():
        return None
    return int(length), partial(stream.read, timeout=response.request.extensions.get("timeout", {}).get("read"))


def connection_pools(client: httpx.Client | httpx.AsyncClient) -> Iterator[Any]:
    """Yield the connection pools that httpx made for a client: none of a transport of the caller's."""
    for transport in (client._transport, *client._mounts.values()):
        pool = getattr(transport, "_pool", None)
        if hasattr(pool, "_network_backend"):
            yield pool


_PARSER = attrgetter("stream._stream._httpcore_stream._stream._connection._h11_state")
"""The way to h11's parser from a response that a hook is given: only the parser knows where an answer ends."""


def unasked_bytes(response: httpx.Response) -> Callable[[], bool]:
    """Return what tells whether more than this answer came on its connection; only HTTP/1.1 has answers in a row."""
    try:
        parser = _PARSER(response)
    except AttributeError:
        return bool
    return lambda: bool(parser.trailing_data[0])


def end_connection(response: httpx.Response) -> None:
    """Let httpcore close the connection instead of using it again.

    It does so where a connection without a request has something to read; what the parser has read already is not seen.
    """
    stream: Any = response.extensions["network_stream"]
    known = stream.get_extra_info
    stream.get_extra_info = lambda info: info == "is_readable" or known(info)


def is_timeout(failure: Exception) -> bool:
    """Tell whether a read of a connection has ended because nothing came in time."""
    return isinstance(failure, _httpcore().TimeoutException)


def _httpcore() -> Any:
    """Return httpcore, which httpx loads with its first request: unframed bodies fail with its errors."""
    import httpcore

    return httpcore


@contextmanager
def translate_errors(what: str) -> Iterator[None]:
    """Turn httpx's failures to reach Zoom into ours. As a cause they keep no request: its headers hold the token."""
    try:
        yield
    except UnicodeError as cause:  # of what looks a name up: Zoom sent the request on to it
        raise errors.ConnectionFailed(f"{what}: not the name of a host ({_describe(cause)})") from cause
    except _NEVER_SENT as cause:
        _forget_request(cause)
        message = f"{what}: Zoom could not be reached ({_describe(cause)})"
        raise errors.ConnectionFailed(message, may_have_arrived=False) from cause
    except (httpx.TimeoutException, _httpcore().TimeoutException) as cause:
        _forget_request(cause)
        raise errors.ConnectionFailed(f"{what}: Zoom did not answer in time ({type(cause).__name__})") from cause
    except (httpx.RequestError, _httpcore().NetworkError) as cause:
        _forget_request(cause)
        raise errors.ConnectionFailed(f"{what}: the connection to Zoom failed ({_describe(cause)})") from cause


def _forget_request(cause: Exception) -> None:
    if isinstance(cause, httpx.RequestError):
        cause.request = None  # type: ignore[assignment]


def _describe(cause: Exception) -> str:
    """Return the kind and the words of a failure, which may quote the address of a proxy with its password."""
    return quote_text(f"{type(cause).__name__}: {cause}")
