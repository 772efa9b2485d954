"""A server on loopback that writes what it is told to, whether it is HTTP or not."""

import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

import attrs


@attrs.define
class RawServer:
    """Writes the parts of `answer(number)` to the request of that number, counted over all connections from 1.

    Attributes:
        requests: what came, the head and what lay in the same segment.
        connections: those that were made.
        is_over: set when the test has ended: a part that waits may wait for it.
    """

    answer: Callable[[int], Iterable[bytes]]
    listening: socket.socket = attrs.field(factory=lambda: socket.create_server(("127.0.0.1", 0)))
    requests: list[bytes] = attrs.field(factory=list)
    connections: list[socket.socket] = attrs.field(factory=list)
    is_over: Event = attrs.field(factory=Event)

    @property
    def origin(self) -> str:
        """The scheme, host and port."""
        return f"http://127.0.0.1:{self.listening.getsockname()[1]}"

    @property
    def base_url(self) -> str:
        """The address that stands for https://api.zoom.us/v2."""
        return f"{self.origin}/v2"

    def drip(self, *, begin: bytes, each: bytes) -> Iterator[bytes]:
        """Yield the beginning, and then the same for longer than any bound of a test: who waits for more, fails."""
        yield begin
        for _ in range(2000):
            if self.is_over.wait(0.005):
                return
            yield each

    def serve(self) -> None:
        """Take connections until the test has ended."""
        with suppress(OSError):
            while not self.is_over.is_set():
                connection, _ = self.listening.accept()
                self.connections.append(connection)
                Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            while head := connection.recv(65536):
                self.requests.append(head)
                for part in self.answer(len(self.requests)):
                    connection.sendall(part)


@contextmanager
def raw_server(answer: Callable[[int], Iterable[bytes]]) -> Iterator[RawServer]:
    """Serve in threads."""
    server = RawServer(answer)
    Thread(target=server.serve, daemon=True).start()
    try:
        yield server
    finally:
        server.is_over.set()
        with suppress(OSError):
            server.listening.shutdown(socket.SHUT_RDWR)
        server.listening.close()


def json_answer(content: bytes, *headers: bytes) -> bytes:
    """Return an answer of HTTP/1.1."""
    length = b"content-length: %d" % len(content)
    head = b"\r\n".join((b"HTTP/1.1 200 OK", b"content-type: application/json", length, *headers))
    return head + b"\r\n\r\n" + content
