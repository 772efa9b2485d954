"""The one module that imports httpx: what the client needs of it, and nothing that says more than httpx does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import parse_qsl

import httpx
from httpx import (
    URL,
    AsyncBaseTransport,
    AsyncByteStream,
    AsyncClient,
    Auth,
    BaseTransport,
    Client,
    ConnectError,
    ConnectTimeout,
    Cookies,
    InvalidURL,
    Limits,
    PoolTimeout,
    Proxy,
    ProxyError,
    ReadError,
    ReadTimeout,
    Request as HTTPRequest,
    RequestError,
    Response as HTTPResponse,
    SyncByteStream as ByteStream,
    TimeoutException,
    create_ssl_context,
)

from zoom_api_client._version import __version__
from zoom_api_client.core import checks, codec
from zoom_api_client.core.operation import Request
from zoom_api_client.core.unset import UNSET
from zoom_api_client.transport import requests, responses
from zoom_api_client.transport.bounds import EXTENSION, WITHOUT, Bounds
from zoom_api_client.transport.call_options import CallOptions, Params, join_params

__all__ = [
    "TOKEN",
    "URL",
    "AsyncBaseTransport",
    "AsyncByteStream",
    "AsyncClient",
    "AsyncTransport",
    "Auth",
    "BaseTransport",
    "ByteStream",
    "Client",
    "ConnectError",
    "ConnectTimeout",
    "Cookies",
    "HTTPRequest",
    "HTTPResponse",
    "InvalidURL",
    "Limits",
    "PoolTimeout",
    "Proxy",
    "ProxyError",
    "ReadError",
    "ReadTimeout",
    "RequestError",
    "TimeoutException",
    "Transport",
    "address",
    "build_download_request",
    "build_operation_request",
    "build_request",
    "create_ssl_context",
    "parse_url",
    "read_answer",
    "read_within",
    "rebuild_request",
]


_HEADERS = {
    "accept": "application/json",
    "accept-encoding": "gzip",
    "user-agent": f"zoom-api-client/{__version__}",
}

TOKEN = "access_token"  # an extension of a request: the `Secret` that it was signed with
_PLAIN = re.compile(r"(https?://[^/?#]+)(/[\w/~-]{1,2000})", re.ASCII)  # an address without anything to be encoded
_WITH_LENGTH = ("POST", "PUT", "PATCH")  # also without a body
_DEFAULT = Bounds()
_HARMLESS = {*_HEADERS, "accept-language", "content-type", "range", "if-range"}

Transport = BaseTransport
AsyncTransport = AsyncBaseTransport | Literal["aiohttp"]


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
        accept=requests.accept_header(request.operation),
        headers=request.headers,
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
    accept: str | None = None,
    headers: Mapping[str, str] | None = None,
    form: Any = None,
) -> httpx.Request:
    """Return an HTTP request to any address, with a JSON or a multipart body. Raises `ValueError` if there is none.

    The `build_request` of httpx's client would merge addresses, headers and cookies of the client's, which we do not
    give it: that takes as long as everything else that we do for a call.
    """
    given = {**_HEADERS, **({} if json is UNSET else {"content-type": "application/json"}), **options.headers}
    if accept:
        given["accept"] = accept
    if headers:
        given.update(requests.header_fields(headers))
    extensions = {"timeout": options.timeout}
    try:
        url, pairs = _split_query(url, options.query, requests.query_text(query))
        content = None if json is UNSET else codec.dumps(codec.plain(json))
        parts = None if form is None else requests.multipart(form)
        target = parse_url(url) if pairs is None else httpx.URL(url, params=pairs)
        if parts is not None:
            return QuietRequest(method, target, files=parts, headers=given, extensions=extensions)
        return _framed_request(method, target, given, content, extensions)
    except checks.UNSENDABLE as failure:
        body = json if form is None else form
        raise checks.explain(failure, {"path": url, "query": query, "body": body}) from None
    except httpx.InvalidURL as failure:
        raise ValueError(f"the path or the query cannot be sent ({failure})") from None


def _framed_request(
    method: str, url: httpx.URL, fields: Mapping[str, str], content: bytes | None, extensions: Mapping[str, Any]
) -> httpx.Request:
    """Return a request with the header of its host and that of its length.

    httpx would find out what kind of body it is, and put the headers together twice, by a third of the time.
    """
    headers = {"Host": url.netloc.decode("ascii"), **fields}
    if content is not None or method in _WITH_LENGTH:
        headers["content-length"] = str(len(content or b""))
    request = QuietRequest(method, url, headers=headers, stream=httpx.ByteStream(content or b""), extensions=extensions)
    request.read()
    return request


def parse_url(url: str) -> httpx.URL:
    """Return the same as `httpx.URL(url)`, which looks at each character in turn, for a tenth of the time of a call.

    Nothing is to be done for a path of letters and digits: only its origin is parsed, once.
    """
    plain = _PLAIN.fullmatch(url)
    if plain is None:
        return httpx.URL(url)
    parsed = httpx.URL(_parse_origin(plain[1]))
    try:
        parsed._uri_reference = parsed._uri_reference._replace(path=plain[2])
    except AttributeError:  # httpx keeps it elsewhere
        return httpx.URL(url)
    return parsed


@lru_cache(maxsize=64)
def _parse_origin(url: str) -> httpx.URL:
    return httpx.URL(url)


def _split_query(url: str, own: Params, more: Params) -> tuple[str, Any]:
    """Return an address without its query, and the pairs of that, of the client's own and of more; None for none."""
    if not (own or more or "?" in url):
        return url, None
    url, _, query = url.partition("?")
    return url, join_params(own, [*parse_qsl(query, keep_blank_values=True), *more])


def read_answer(response: httpx.Response, content: bytes) -> responses.Response:
    """Return an httpx response, with its body, as one of ours."""
    bounds: Bounds = response.extensions.get(EXTENSION, _DEFAULT)  # the mock's client has none of its own
    bounds.check_size(len(content))  # a transport of the caller's may have read it before
    token = response.request.extensions.get(TOKEN)
    return responses.Response(response.status_code, dict(response.headers.items()), content, bounds.nesting, token)


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
