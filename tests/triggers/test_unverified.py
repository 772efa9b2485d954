"""Before a signature is known nothing is expensive: neither memory, nor a connection, nor time."""

import asyncio
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import pytest
import uvicorn

from tests.triggers.apps import Connection, asked, invocation, wsgi_call
from zoom_api_client.testing.events import SECRET_TOKEN, sign, zoom_event
from zoom_api_client.triggers import Receiver, asgi
from zoom_api_client.triggers.webhook import MAX_BODY

STARTED = zoom_event("meeting.started")
STALE = STARTED.signed_at(time.time() - 400)


class Unreadable:
    """A body that nobody may read."""

    def read(self, size: int = -1) -> bytes:
        raise AssertionError("the body was read")

    readline = readlines = __iter__ = read  # type: ignore[assignment]


@pytest.mark.parametrize("headers", [{}, STALE.headers, {"x-zm-signature": "v0=00"}], ids=["none", "stale", "half"])
async def test_headers_that_cannot_be_zooms_are_refused_before_the_body_is_read(
    receiver: Receiver, headers: dict[str, str]
) -> None:
    """ASGI, WSGI and AWS Lambda do so."""
    connection = Connection(STARTED.body, headers=headers)
    assert await asked(receiver, connection) == 401
    assert len(connection.incoming) == 1
    environ = {"wsgi.input": Unreadable()}
    assert wsgi_call(receiver.wsgi(work=False), STARTED.body, headers, **environ) == "401 Unauthorized"
    event = {**invocation(2, STARTED, encoded=True), "headers": headers, "body": Unreadable()}
    assert receiver.aws_lambda(event)["statusCode"] == 401


async def test_a_body_that_does_not_come_has_a_deadline(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sends a byte a minute is not waited for."""
    monkeypatch.setattr(asgi, "_BODY_WITHIN", 0.05)
    connection = Connection(b"{", headers=STARTED.headers)

    async def receive() -> dict[str, Any]:
        if not connection.incoming:
            await asyncio.Event().wait()
        return connection.incoming.pop(0)

    connection.receive = receive  # type: ignore[method-assign]
    assert await asked(receiver, connection, complete=False) == 408


async def test_bodies_that_are_being_read_are_bounded_together(receiver: Receiver) -> None:
    """A hundred and twenty halves of 1 MB: most are answered 503, and a whole one is taken afterwards."""
    app: Any = receiver.asgi(work=False)
    half = b"x" * (MAX_BODY // 2)
    connections = [Connection(half, headers=STARTED.headers) for _ in range(120)]
    release = asyncio.Event()

    def reading(connection: Connection) -> Any:
        async def receive() -> dict[str, Any]:
            if not connection.incoming:
                await release.wait()
                return {"type": "http.disconnect"}
            return connection.incoming.pop(0)

        return receive

    tasks = [asyncio.create_task(app(each.scope, reading(each), each.send)) for each in connections]
    await asyncio.sleep(0.1)
    assert app._held <= 17 * 1024 * 1024
    refused = [each.status for each in connections if each.status]
    assert refused == [503] * len(refused)
    assert len(refused) >= 80
    release.set()
    await asyncio.gather(*tasks)
    assert app._held == 0
    assert await asked(receiver, Connection(STARTED.body, headers=STARTED.headers)) == 200


def test_the_largest_event_fits_many_times() -> None:
    """The largest of all events, with everything that is optional, has 31 KB."""
    largest = zoom_event("account.settings_updated")
    assert 10_000 < len(largest.body) < MAX_BODY / 20


@contextmanager
def serving(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Serve as `run()` does, and yield the port."""
    servers: list[uvicorn.Server] = []
    listening = socket.create_server(("127.0.0.1", 0))
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)  # of its connections too

    def run(app: Any, *, host: str, port: int, **options: Any) -> None:
        servers.append(uvicorn.Server(uvicorn.Config(app, log_level="critical", **options)))
        servers[0].run(sockets=[listening])

    monkeypatch.setattr(uvicorn, "run", run)
    thread = threading.Thread(target=receiver.run)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        servers[0].should_exit = True
        thread.join()
        listening.close()


@asynccontextmanager
async def connections(port: int, number: int) -> AsyncIterator[list[Any]]:
    """Open so many."""
    made = [await asyncio.open_connection("127.0.0.1", port) for _ in range(number)]
    try:
        yield made
    finally:
        for _, writer in made:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()


async def end(reader: asyncio.StreamReader) -> bytes:
    """Return what comes before the connection ends."""
    try:
        return await reader.read()
    except ConnectionResetError:
        return b""


async def send_for_ever(client: socket.socket, requests: bytes) -> None:
    """Send, and read nothing."""
    while True:
        with suppress(BlockingIOError):
            client.send(requests)
        await asyncio.sleep(0.01)


async def post(port: int) -> bytes:
    """Return the first line of the answer to a delivery."""
    event = zoom_event("meeting.started")
    lines = "".join(f"{name}: {text}\r\n" for name, text in event.headers.items())
    async with connections(port, 1) as [(reader, writer)]:
        writer.write(f"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: {len(event.body)}\r\n{lines}\r\n".encode())
        writer.write(event.body)
        line: bytes = await reader.readline()
        return line


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is waited for is a fifth of a second."""
    monkeypatch.setattr("zoom_api_client.triggers.serving._PATIENCE", 0.2)


@pytest.mark.usefixtures("_impatient")
async def test_connections_that_ask_for_nothing_are_closed(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three hundred of them, and others that stop amid their headers: Zoom gets in."""
    with serving(receiver, monkeypatch) as port:
        async with connections(port, 300) as made:
            for _, writer in made[::2]:
                writer.write(b"POST / HTTP/1.1\r\nhost")
            async with asyncio.timeout(10):
                assert [await end(reader) for reader, _ in made] == [b""] * 300
        assert await post(port) == b"HTTP/1.1 200 OK\r\n"


@pytest.mark.usefixtures("_impatient")
@pytest.mark.parametrize(
    "start", ["POST / HTTP/1.1\r\nhost: ", "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 99\r\n\r\n"]
)
async def test_what_drips_has_a_deadline(receiver: Receiver, monkeypatch: pytest.MonkeyPatch, start: str) -> None:
    """Headers a byte at a time, and a body after its request was refused: neither holds a connection."""
    with serving(receiver, monkeypatch) as port:
        async with connections(port, 1) as [(reader, writer)], asyncio.timeout(10):
            writer.write(start.encode())
            ending = asyncio.create_task(end(reader))
            while not ending.done():
                writer.write(b"x")
                await asyncio.sleep(0.05)
            assert b" 200 " not in ending.result()


@pytest.mark.usefixtures("_impatient")
async def test_whoever_reads_no_answers_is_not_waited_for(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests in a row, until the server can send no more of its answers."""
    with serving(receiver, monkeypatch) as port, socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.connect(("127.0.0.1", port))
        deaf.setblocking(False)
        async with asyncio.timeout(10):
            with pytest.raises(ConnectionError):
                await send_for_ever(deaf, b"GET / HTTP/1.1\r\nhost: x\r\n\r\n" * 100)


async def test_headers_have_a_size(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixteen kilobytes: Zoom's have one."""
    with serving(receiver, monkeypatch) as port:
        async with connections(port, 1) as [(reader, writer)]:
            writer.write(b"POST / HTTP/1.1\r\nhost: " + b"x" * 40_000)
            assert (await end(reader))[:12] in (b"HTTP/1.1 400", b"")


async def test_a_signed_body_that_is_too_large_is_not_read(receiver: Receiver) -> None:
    """The length that is announced is believed."""
    body = b"x" * (MAX_BODY + 1)
    connection = Connection(body, headers={**sign(body, SECRET_TOKEN), "content-length": str(len(body))})
    assert await asked(receiver, connection) == 413
    assert len(connection.incoming) == 1
