"""A server on loopback that holds recordings, and fails in every way that downloads fear."""

import json
import re
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self

import attrs


@attrs.frozen
class Fault:
    """What goes wrong with one answer.

    Attributes:
        status, headers, body: instead of what should be answered; a header of "" is left out.
        cut: bytes of the body that come; then the connection ends, or with `stall` nothing more comes, or with `reset`
            it ends with a reset.
        before, after: called before the answer, and when what comes of it has been sent.
        whole: the range that was asked for is not heeded.
    """

    status: int | None = None
    headers: dict[str, str] = attrs.field(factory=dict)
    body: bytes | None = None
    cut: int | None = None
    stall: bool = False
    reset: bool = False
    before: Callable[[], object] = attrs.field(default=lambda: None, repr=False)
    after: Callable[[], object] = attrs.field(default=lambda: None, repr=False)
    whole: bool = False


FINE = Fault()


@attrs.define
class Film:
    """A file that is served: its bytes, and what names their version."""

    content: bytes = attrs.field(repr=False)
    etag: str = '"1"'
    modified: str = ""
    kind: str = "video/mp4"


@attrs.frozen
class Asked:
    """A request as it came: names of headers in lower case."""

    path: str
    headers: dict[str, str]


class Store:
    """Serves from `with` to its end. `faults` are used up answer by answer of files; then all is fine."""

    def __init__(self, **films: Film) -> None:
        self.films = {f"/rec/download/{name}": film for name, film in films.items()}
        self.json: dict[str, Callable[[], Any]] = {}
        self.faults: list[Fault] = []
        self.seen: list[Asked] = []
        self.stalled = Event()
        self._closing = Event()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._threads = [Thread(target=self._accept, daemon=True)]

    @property
    def origin(self) -> str:
        """The scheme, host and port."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    @property
    def base_url(self) -> str:
        """The address that stands for https://api.zoom.us/v2."""
        return f"{self.origin}/v2"

    def url(self, name: str = "film") -> str:
        """Return the address of a file."""
        return f"{self.origin}/rec/download/{name}"

    def asked(self, *names: str) -> list[tuple[str | None, ...]]:
        """Return what headers the requests for files had."""
        return [tuple(each.headers.get(name) for name in names) for each in self.seen if each.path in self.films]

    def _accept(self) -> None:
        while not self._closing.is_set():
            connection, _ = self._socket.accept()
            thread = Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(ConnectionError, TimeoutError), connection.makefile("rb") as lines:
            while line := lines.readline():
                headers: dict[str, str] = {}
                while (each := lines.readline().decode("latin-1").strip()) != "":
                    name, _, value = each.partition(":")
                    headers[name.lower()] = value.strip()
                asked = Asked(line.split()[1].decode(), headers)
                self.seen.append(asked)
                if not self._answer(connection, asked):
                    return

    def _answer(self, connection: socket.socket, asked: Asked) -> bool:
        path = asked.path.partition("?")[0]
        if path in self.json:
            body = json.dumps(self.json[path]()).encode()
            return self._send(connection, 200, {"content-type": "application/json"}, body, FINE)
        fault = self.faults.pop(0) if self.faults else FINE
        fault.before()
        film = self.films.get(path)
        if film is None:
            return self._send(connection, 404, {"content-type": "text/html"}, b"<html>not found</html>", FINE)
        return self._send(connection, *_served(film, asked, fault), fault)

    def _send(self, connection: socket.socket, status: int, headers: dict[str, str], body: bytes, fault: Fault) -> bool:
        said = {"content-length": str(len(body)), **headers, **fault.headers}
        lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in said.items() if value)]
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        connection.sendall(memoryview(body)[: fault.cut])
        fault.after()
        if fault.stall:
            self.stalled.set()
            connection.recv(1)  # until the other side has gone
        if fault.reset:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return fault.cut is None and said["content-length"] != ""

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        socket.create_connection(self._socket.getsockname()).close()
        self._threads[0].join()
        self._socket.close()


def _served(film: Film, asked: Asked, fault: Fault) -> tuple[int, dict[str, str], bytes]:
    """Answer as RFC 9110 says, unless the fault says otherwise."""
    headers = {"content-type": film.kind, "etag": film.etag, "last-modified": film.modified}
    if fault.status is not None or fault.body is not None:
        return fault.status or 200, headers, fault.body or b""
    found = re.fullmatch(r"bytes=(\d+)-", asked.headers.get("range", ""))
    version = asked.headers.get("if-range", film.etag)
    if not found or fault.whole or version not in (film.etag, film.modified):
        return 200, headers, film.content
    start, total = int(found[1]), len(film.content)
    if start >= total:
        return 416, {**headers, "content-range": f"bytes */{total}"}, b""
    return 206, {**headers, "content-range": f"bytes {start}-{total - 1}/{total}"}, film.content[start:]
