"""The bytes of an answer, in pieces as large as they come."""

# Derived from zoom_api_client/_async/downloads/stream.py by `python -m generator build`: do not edit.
from __future__ import annotations

from collections.abc import Generator

from zoom_api_client.transport import http, wire

PIECE = 512 * 1024  # bytes


def pieces(response: http.HTTPResponse) -> Generator[bytes, None]:
    """Yield the body as it comes over the wire; it may end too early."""
    body, parts = wire.find_unframed_body(response, PIECE), response.iter_bytes()
    if body is None:
        for part in parts:
            yield part
        return
    left, read = body
    part = next(parts, b"")  # what came along with the headers; to let go of `parts` would close the connection
    while part:
        yield part
        left -= len(part)
        part = read(min(left, PIECE)) if left else b""
