"""Measures what an HTTP client reads of an answer as it comes, and decompresses it piece by piece."""

# Derived from zoom_api_client/_async/bounded_reading.py by `python -m generator build`: do not edit.
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zoom_api_client._sync.answer_clock import ClockBackend
from zoom_api_client.transport import http, wire
from zoom_api_client.transport.bounds import EXTENSION, WITHOUT, Bounds, Meter


def bound(client: http.Client, bounds: Bounds) -> None:
    """Let a client read answers within bounds: whoever reads them, an `Auth` for example."""

    def watch(request: http.HTTPRequest) -> None:
        request.extensions[EXTENSION] = bounds

    def limit(response: http.HTTPResponse) -> None:
        if WITHOUT not in response.request.extensions:
            _limit(response, bounds)
            return
        if not response.is_closed:
            response.stream = _OneAnswer(response)
        if lift := getattr(response.extensions.get("network_stream"), "lift_bound", None):
            lift()

    for pool in wire.connection_pools(client):
        pool._network_backend = ClockBackend(pool._network_backend, bounds.answer_seconds)
    hooks = client.event_hooks
    wire.keep_no_cookies(client)
    client.event_hooks = {"request": [*hooks["request"], watch], "response": [limit, *hooks["response"]]}


def _limit(response: http.HTTPResponse, bounds: Bounds) -> None:
    """Measure the body as it comes, and decompress it here."""
    response.extensions[EXTENSION] = bounds
    if not response.is_closed:  # it was read before, by a transport without a wire
        response.stream = _MeasuredAnswer(response, bounds.meter(response.status_code, response.headers))


def read(response: http.HTTPResponse) -> bytes:
    """Return the body of a response of such a client.

    What decodes and counts a body in httpx has nothing to do for one that was measured, and takes as long as we do.
    """
    if response.is_closed:
        return response.content
    stream: Any = response.stream
    content = bytearray()
    try:
        for part in stream:
            content += part
    finally:
        response.close()
    return bytes(content)


class _OneAnswer(http.ByteStream):
    """The body of a response. A connection that brought more than that is not used again.

    The more would be taken for the answer to the next request, which may be another user's.
    """

    def __init__(self, response: http.HTTPResponse) -> None:
        self._response = response
        self._stream: Any = response.stream
        self._has_unasked_bytes = wire.unasked_bytes(response)

    def __iter__(self) -> Iterator[bytes]:
        chunks: Iterator[bytes] = self._stream.__iter__()
        return chunks

    def close(self) -> None:
        if self._has_unasked_bytes():
            wire.end_connection(self._response)
        self._stream.close()


class _MeasuredAnswer(_OneAnswer):
    """The body of a response, measured."""

    def __init__(self, response: http.HTTPResponse, meter: Meter) -> None:
        super().__init__(response)
        self._meter = meter

    def __iter__(self) -> Iterator[bytes]:
        for part in self._stream:
            for piece in self._meter.take(part):
                yield piece
        self._meter.end()
