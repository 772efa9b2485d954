"""A server on loopback that takes a while, however many ask at once."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

_ANSWER = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"
_HALF = bytes(50_000)
_FILE = b"HTTP/1.1 200 OK\r\ncontent-type: video/mp4\r\ncontent-length: %d\r\n\r\n" % (2 * len(_HALF))


class SlowServer:
    """Answers every request with `{}` after some seconds; below `/v2/rec/` with a file, half of it at once.

    `served` counts the requests that came, `created` the POSTs among them, `open` the connections.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds, self.served, self.created, self.open = seconds, 0, 0, 0
        self.base_url = ""

    async def has_served(self, requests: int) -> None:
        """Wait in another event loop until so many have come."""
        for _ in range(1000):
            if self.served >= requests:
                return
            await asyncio.sleep(0.005)
        raise AssertionError(f"{self.served} of {requests} requests came")

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        self.open += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                self.served += 1
                self.created += head.startswith(b"POST")
                if b"content-length: " in head.lower():
                    length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
                    await reader.readexactly(int(length))
                is_file = head.startswith(b"GET /v2/rec/")
                if is_file:
                    writer.write(_FILE + _HALF)
                await asyncio.sleep(self.seconds)
                writer.write(_HALF if is_file else _ANSWER)
        except (asyncio.CancelledError, asyncio.IncompleteReadError, ConnectionError):
            pass  # the client or the test has ended
        finally:
            self.open -= 1
            writer.close()


@contextmanager
def slow_server(seconds: float = 0.005) -> Iterator[SlowServer]:
    """Serve in a thread, with an event loop of its own."""
    server, listens, ended = SlowServer(seconds), Event(), asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def serve() -> None:
        listening = await asyncio.start_server(server.answer, "127.0.0.1", 0)
        server.base_url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/v2"
        loops.append(asyncio.get_running_loop())
        listens.set()
        await ended.wait()
        listening.close()

    thread = Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    listens.wait(10)
    try:
        yield server
    finally:
        loops[0].call_soon_threadsafe(ended.set)
        thread.join(10)
