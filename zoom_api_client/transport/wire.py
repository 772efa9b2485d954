"""The connections beneath an HTTP client: what its public names do not show, each in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from operator import attrgetter
from typing import Any

from zoom_api_client.transport.http import AsyncClient, Client, Cookies, HTTPRequest, HTTPResponse


def find_unframed_body(response: HTTPResponse, most: int) -> tuple[int, Callable[[int], Any]] | None:
    """Return the length of a body that HTTP does not frame, and what reads up to `most` bytes; None for any other.

    Such a body is every byte of the connection, up to its length: it can be read in pieces of any size, which costs
    half of what it costs through the parser of HTTP, 64 KB at a time. Not on trio, which says of httpx's generators
    that are left in the middle that they were not closed.
    """
    length, stream = response.headers.get("content-length", ""), response.extensions.get("network_stream")
    is_framed = response.http_version != "HTTP/1.1" or "transfer-encoding" in response.headers
    is_trio = type(stream).__module__.endswith(".trio")
    if stream is None or is_trio or is_framed or not length.isdecimal():
        return None
    _let_read(stream, most)
    return int(length), partial(stream.read, timeout=response.request.extensions.get("timeout", {}).get("read"))


def _let_read(stream: Any, most: int) -> None:
    """Let asyncio read more bytes at once than its 256 KB: what it does around each reading takes as long."""
    transport: Any = getattr(getattr(stream, "_stream", None), "_transport", None)
    if hasattr(transport, "max_size"):
        transport.max_size = most


def connection_pools(client: Client | AsyncClient) -> Iterator[Any]:
    """Yield the connection pools that httpx made for a client: none of a transport of the caller's."""
    for transport in (client._transport, *client._mounts.values()):
        pool = getattr(transport, "_pool", None)
        if hasattr(pool, "_network_backend"):
            yield pool


class _NoCookies(Cookies):
    """The cookies of a client that takes none: Zoom's API needs none, and one user's are not another's."""

    def extract_cookies(self, response: HTTPResponse) -> None:
        """Take nothing of an answer."""


def keep_no_cookies(client: Client | AsyncClient) -> None:
    """Let a client take no cookies: to look for them in each answer takes a tenth of the time of a call."""
    client._cookies = _NoCookies()


def forget_request(pool: Any, request: HTTPRequest) -> list[Any]:
    """Take a request that was cut off out of a pool, and return the connections that count as active for nobody."""
    pool._requests = [each for each in pool._requests if each.request.extensions is not request.extensions]
    taken = [each.connection for each in pool._requests]
    return [each for each in pool._connections if not (each in taken or each.is_available() or each.is_closed())]


_PARSER = attrgetter("stream._stream._httpcore_stream._stream._connection._h11_state")
"""The way to h11's parser from a response that a hook is given: only the parser knows where an answer ends."""


def unasked_bytes(response: HTTPResponse) -> Callable[[], bool]:
    """Return what tells whether more than this answer came on its connection; only HTTP/1.1 has answers in a row."""
    try:
        parser = _PARSER(response)
    except AttributeError:
        return bool
    return lambda: bool(parser.trailing_data[0])


def end_connection(response: HTTPResponse) -> None:
    """Let httpcore close the connection instead of using it again.

    It does so where a connection without a request has something to read; what the parser has read already is not seen.
    """
    stream: Any = response.extensions["network_stream"]
    known = stream.get_extra_info
    stream.get_extra_info = lambda info: info == "is_readable" or known(info)
