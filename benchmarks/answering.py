"""A server that answers every request of a connection with the same JSON, in a process of its own.

`python -m benchmarks.answering` reads the body from its input, prints its port, and serves until it is ended.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"


@contextmanager
def serve(body: bytes) -> Iterator[str]:
    """Yield the origin of a server that answers with a body."""
    command = [sys.executable, "-m", "benchmarks.answering"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            server.stdin.write(body)
            server.stdin.close()
            yield f"http://127.0.0.1:{int(server.stdout.readline())}"
        finally:
            server.terminate()


async def main() -> None:
    """Serve until the process is ended."""
    body = sys.stdin.buffer.read()
    answer = _HEAD % len(body) + body

    class Answering(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            assert isinstance(transport, asyncio.Transport)
            self._transport = transport

        def data_received(self, data: bytes) -> None:
            if data.endswith(b"\r\n\r\n"):  # a request without a body comes in one piece
                self._transport.write(answer)

    server = await asyncio.get_running_loop().create_server(Answering, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
