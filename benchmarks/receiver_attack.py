"""Attack a receiver that serves as `run()` does: bodies that never end, headers that drip, connections that idle."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from time import perf_counter

from benchmarks.figure import Figure, count, seconds
from benchmarks.receiver import process, request, send
from benchmarks.receiver_memory import resident
from benchmarks.rounds import Spread
from zoom_api_client.testing.events import zoom_event

BODIES, LARGE, FITTING = 120, 3_900_000, 1_000_000
IDLE, DRIPPING = 300, 100
MEGABYTES, ANSWERED, ENDED = 48, 3.0, 15.0  # Zoom waits for an answer for three seconds

Streams = list[tuple[asyncio.StreamReader, asyncio.StreamWriter]]
EVENT = zoom_event("meeting.started")
GOOD = request(EVENT)
SIGNATURE = [f"{name}: {text}" for name, text in EVENT.headers.items()]  # whose it is not is seen at a body's end


def run() -> Iterator[Figure]:
    """Attack a server of its own in each way."""
    for what, size, lines in (
        ("3.9 MB, unsigned", LARGE, [f"content-length: {LARGE}"]),
        ("3.9 MB in chunks, signed", LARGE, ["transfer-encoding: chunked", *SIGNATURE]),
        ("1 MB, signed", FITTING, [f"content-length: {FITTING}", *SIGNATURE]),
    ):
        yield count(f"MB that {BODIES} half-sent bodies of {what} add", round(_added(size, lines), 1), MEGABYTES)
    with _serving() as (port, _):
        answered, ended = asyncio.run(_crowd(port))
    yield seconds(f"Zoom's delivery amid {IDLE} idle connections and {DRIPPING} dripping", Spread([answered]), ANSWERED)
    yield seconds("until the last of these is ended", Spread([ended]), ENDED)


def _added(size: int, lines: list[str]) -> float:
    """Return the megabytes that bodies add which begin and do not go on."""
    with _serving() as (port, pid):
        asyncio.run(send(port, [GOOD]))
        before = resident(pid)
        asyncio.run(_send_halves(port, size, lines))
        return resident(pid, "VmHWM") - before


async def _send_halves(port: int, size: int, lines: list[str]) -> None:
    head = "\r\n".join(["POST / HTTP/1.1", "host: 127.0.0.1", *lines, "", ""]).encode()
    chunk = b"%x\r\n" % size if "chunked" in lines[0] else b""
    async with _connections(port, BODIES) as streams:
        for _, writer in streams:
            writer.write(head + chunk + b"x" * (size // 2))
        await asyncio.sleep(3)


async def _crowd(port: int) -> tuple[float, float]:
    """Return the seconds of a delivery among connections that hold on, and those until all of these are ended."""
    start = perf_counter()
    async with (
        _connections(port, IDLE) as idle,
        _connections(port, DRIPPING) as dripping,
        asyncio.timeout(10 * ENDED),
        asyncio.TaskGroup() as tasks,
    ):
        drip = tasks.create_task(_drip([writer for _, writer in dripping]))
        answered = await send(port, [GOOD], connections=1)
        await asyncio.gather(*(_wait_for_end(reader) for reader, _ in idle + dripping))
        drip.cancel()
    return answered, perf_counter() - start


async def _drip(writers: list[asyncio.StreamWriter]) -> None:
    """Send headers that have no end, ten bytes a second."""
    for each in writers:
        each.write(b"POST / HTTP/1.1\r\nhost: ")
    while True:
        for each in writers:
            each.write(b"x")
        await asyncio.sleep(0.1)


async def _wait_for_end(reader: asyncio.StreamReader) -> None:
    with suppress(ConnectionError):
        await reader.read()


@contextmanager
def _serving() -> Iterator[tuple[int, int]]:
    """Serve, and yield the port and the process's id."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        process("open", f"sqlite:///{Path(scratch).absolute()}/inbox.db") as served,
    ):
        yield served


@asynccontextmanager
async def _connections(port: int, number: int) -> AsyncIterator[Streams]:
    streams = [await asyncio.open_connection("127.0.0.1", port) for _ in range(number)]
    try:
        yield streams
    finally:
        for _, writer in streams:
            writer.transport.abort()
