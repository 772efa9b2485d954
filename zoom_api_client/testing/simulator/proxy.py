"""An HTTP proxy for clients that cannot be configured: it carries what is for Zoom's hosts to the simulator.

`HTTPS_PROXY` and the authority's certificate are enough for such a client. What is for other hosts is refused.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from typing import Final

from zoom_api_client.transport import hosts

_LONGEST_HEAD: Final = 64 * 1024  # bytes
_PATIENCE: Final = 30.0  # seconds for a head
_CONNECT: Final = re.compile(rb"CONNECT ([\w.-]+):443 HTTP/1\.[01]\r\n")
# A whole address instead of a tunnel, with https too: axios 1.7 sends that to a proxy.
_WHOLE: Final = re.compile(rb"(?i)[a-z]+ https?://([\w.-]+)(?::80|:443)?[/? ]")
_CONNECTED: Final = b"HTTP/1.1 200 Connection established\r\n\r\n"
_SAYS: Final = b"This proxy reaches Zoom's hosts only. Set NO_PROXY for the others.\n"
_REFUSED: Final = (
    b"HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
    % (len(_SAYS), _SAYS)
)

Address = tuple[str, int]


class Proxy:
    """Carries CONNECT to the simulator's TLS address, and requests with a whole address to its other one."""

    def __init__(self, plain: Address, secure: Address) -> None:
        self._plain, self._secure = plain, secure
        self._open: set[asyncio.StreamWriter] = set()

    def close(self) -> None:
        """End all connections."""
        for writer in self._open:
            writer.transport.abort()

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection to its end."""
        self._open.add(writer)
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _PATIENCE)
            await self._carry(head, reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError):
            pass  # the client is gone, or talks no HTTP
        finally:
            self._open.discard(writer)
            writer.close()

    async def _carry(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if _is_for_zoom(_CONNECT.match(head)):
            writer.write(_CONNECTED)
            await _join(reader, writer, self._secure)
        elif _is_for_zoom(_WHOLE.match(head)):
            await _join(reader, writer, self._plain, first=_close_after(head))
        else:
            writer.write(_REFUSED)
            await writer.drain()


def _is_for_zoom(found: re.Match[bytes] | None) -> bool:
    return found is not None and hosts.is_zoom_host(found[1].decode())


def _close_after(head: bytes) -> bytes:
    """Return the head with the wish that the connection ends after it: the next request may be for another host."""
    kept = [line for line in head.split(b"\r\n") if not line.lower().startswith((b"connection:", b"proxy-"))]
    return b"\r\n".join([kept[0], b"Connection: close", *kept[1:]])


async def _join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, to: Address, *, first: bytes = b"") -> None:
    """Carry bytes both ways until one side ends."""
    there, back = await asyncio.open_connection(*to)
    back.write(first)
    ways = [asyncio.create_task(_pump(reader, back)), asyncio.create_task(_pump(there, writer))]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        back.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(_LONGEST_HEAD):
            writer.write(data)
            await writer.drain()
