"""A server that notes when each request arrives, in a process of its own: `python -m tests.throttle.counting`.

It answers every request of a connection with 200 and prints its port first. `GET /arrivals` returns what it noted, and
`stall`: by how many seconds the machine let it wait beyond its time, at the worst.
"""

from __future__ import annotations

import asyncio
import json
import time

_OK = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s"

_TICK = 0.01

arrivals: list[float] = []
stalls = [0.0]


class Counting(asyncio.Protocol):
    """One connection; a request has no body and comes in one piece."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        now = time.monotonic()
        body = b"{}"
        if data.startswith(b"GET /arrivals"):
            body = json.dumps({"arrivals": arrivals, "stall": stalls[0]}).encode()
        else:
            arrivals.append(now)
        self._transport.write(_OK % (len(body), body))


async def main() -> None:
    """Serve until the process is ended."""
    server = await asyncio.get_running_loop().create_server(Counting, "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        while True:
            asked = time.monotonic()
            await asyncio.sleep(_TICK)
            stalls[0] = max(stalls[0], time.monotonic() - asked - _TICK)


if __name__ == "__main__":
    asyncio.run(main())
