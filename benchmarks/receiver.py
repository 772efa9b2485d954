"""Measure a receiver: signed events over HTTP, verified and stored on disk, against a route that does nothing."""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import perf_counter

from benchmarks.figure import Figure, ratio, seconds
from benchmarks.rounds import Ratio, Spread, interleave
from zoom_api_client.testing.events import SignedEvent, zoom_event

PROJECT = Path(__file__).parent.parent
EVENTS = 1000  # many short rounds: some of them have the machine to themselves
CONNECTIONS = 128  # with few of them the disk's flush is what is measured: some milliseconds for all that wait for it
ROUNDS = 21
ALONE = 500
TIMES_AS_LONG, FORGED, BLOCKED = round(1 / 0.7, 2), 0.05, 0.1  # at least 0.7 times as many events a second


def run() -> Iterator[Figure]:
    """Send events to two servers in turn; each event is new, so that none ends at the dedupe."""
    bare, receiver, worked = against_bare("receiver")
    yield seconds("an event to a bare Starlette route", bare, note=f"{1 / bare.median:,.0f} a second")
    yield seconds("an event verified and stored in SQLite", receiver, note=f"{1 / receiver.median:,.0f} a second")
    yield ratio("its time, against the bare route", receiver.over(bare), TIMES_AS_LONG)
    yield ratio("its processor time, whatever else the machine does", worked, TIMES_AS_LONG)
    bare, handlers, worked = against_bare("handlers")  # by itself: what it has still to handle takes time from the next
    yield ratio("with handlers called in the same process", handlers.over(bare))
    yield ratio("its processor time", worked)
    events = [zoom_event("meeting.started", seed=seed) for seed in range(ALONE)]
    yield seconds("a forged request, until its 401", one_by_one("receiver", [each.forged() for each in events]), FORGED)
    slowest = {kind: one_by_one(kind, events).most for kind in ("receiver", "blocked")}
    yield seconds("the slowest of 500 answers", Spread([slowest["receiver"]]))
    added = max(0.0, slowest["blocked"] - slowest["receiver"])
    yield seconds("what handlers that block for 10 s add to it", Spread([added]), BLOCKED)


def one_by_one(kind: str, events: list[SignedEvent]) -> Spread:
    """Return the seconds until each event was answered, one after the other."""
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as stack:
        port = stack.enter_context(server(kind, f"sqlite:///{Path(scratch).absolute()}/inbox.db"))
        return Spread(asyncio.run(send(port, [request(each)], connections=1)) for each in events)


def against_bare(kind: str) -> tuple[Spread, Spread, Ratio]:
    """Return the seconds of an event to a bare route, and to a server of another kind, and their processor times."""
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as stack:
        inbox = f"sqlite:///{Path(scratch).absolute()}/inbox.db"
        ports, pids = zip(*(stack.enter_context(process(each, inbox)) for each in ("bare", kind)), strict=True)
        before = [processor_time(pid) for pid in pids]
        taken = interleave({port: load(port) for port in ports}, ROUNDS)
        bare, other = (Spread([processor_time(pid) - began]) for pid, began in zip(pids, before, strict=True))
    return taken[ports[0]], taken[ports[1]], other.over(bare)


def processor_time(pid: int) -> float:
    """Return the seconds for which a process has run (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def server(kind: str, inbox: str) -> Iterator[int]:
    """Serve in a process of its own, and yield the port."""
    with process(kind, inbox) as (port, _):
        yield port


@contextmanager
def process(kind: str, inbox: str) -> Iterator[tuple[int, int]]:
    """Serve in a process of its own, and yield the port and the process's id."""
    with spawned([sys.executable, "-m", "benchmarks.serving", kind, inbox]) as started:
        yield started


@contextmanager
def spawned(command: list[str]) -> Iterator[tuple[int, int]]:
    """Run a server that prints its port and ends with its standard input, and yield the port and the process's id."""
    with subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout is not None
        yield int(serving.stdout.readline()), serving.pid
        assert serving.stdin is not None
        serving.stdin.close()
        serving.wait(30)


def load(port: int) -> Callable[[], float]:
    """Return a measure: the seconds that one event of many takes."""

    def measure() -> float:
        requests = [request(zoom_event("meeting.started", seed=seed)) for seed in range(EVENTS)]
        return asyncio.run(send(port, requests)) / EVENTS

    return measure


def request(event: SignedEvent, path: str = "/") -> bytes:
    """Return the bytes of a POST."""
    lines = [f"{name}: {text}" for name, text in event.headers.items()]
    head = "\r\n".join([f"POST {path} HTTP/1.1", "host: 127.0.0.1", f"content-length: {len(event.body)}", *lines])
    return head.encode() + b"\r\n\r\n" + event.body


async def send(port: int, requests: list[bytes], *, connections: int = CONNECTIONS) -> float:
    """Send requests over some connections at once, and return the seconds that it took."""
    streams = [await asyncio.open_connection("127.0.0.1", port) for _ in range(connections)]
    start = perf_counter()
    await asyncio.gather(*(_converse(*stream, requests[n::connections]) for n, stream in enumerate(streams)))
    took = perf_counter() - start
    for _, writer in streams:
        writer.close()
        await writer.wait_closed()
    return took


async def _converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, requests: list[bytes]) -> None:
    for each in requests:
        writer.write(each)
        answer = await reader.readuntil(b"\r\n\r\n")
        if b"chunked" in answer:  # Rivet's; no other has a body
            await reader.readuntil(b"0\r\n\r\n")
        if not answer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 401")):
            raise RuntimeError(f"the server answered {answer[:50]!r}")
