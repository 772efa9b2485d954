"""The bytes of an answer, in pieces as large as they come."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from zoom_api_client.transport import http, wire

PIECE = 512 * 1024  # bytes


async def pieces(response: http.HTTPResponse) -> AsyncGenerator[bytes, None]:
    """Yield the body as it comes over the wire; it may end too early."""
    body, parts = wire.find_unframed_body(response, PIECE), response.aiter_bytes()
    if body is None:
        async for part in parts:
            yield part
        return
    left, read = body
    part = await anext(parts, b"")  # what came along with the headers; to let go of `parts` would close the connection
    while part:
        yield part
        left -= len(part)
        part = await read(min(left, PIECE)) if left else b""
