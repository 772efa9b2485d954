"""How much of a file is read at once."""

import asyncio
from typing import Any

import anyio
import httpcore

from zoom_api_client.transport import wire


async def test_asyncio_reads_a_whole_piece_at_once() -> None:
    """It reads 256 KB otherwise; what is set lies two names below what httpcore gives, in versions to come too."""
    async with await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        network = httpcore.AnyIOBackend()
        stream: Any = await network.connect_tcp(host, port)
        with anyio.fail_after(10):
            wire._let_read(stream, 1_000_000)
            assert stream._stream._transport.max_size == 1_000_000
            await stream.aclose()
