"""Measure what a receiver keeps in memory: after 20,000 events, and after 100,000 more."""

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure, count
from benchmarks.receiver import process, request, send
from zoom_api_client.testing.events import zoom_event

BATCH = 5_000
FIRST, MORE = 4, 20
MEGABYTES = 8


def run() -> Iterator[Figure]:
    """Send events, all of which are handled too, and read the resident memory of the process (Linux)."""
    with tempfile.TemporaryDirectory() as scratch:
        inbox = f"sqlite:///{Path(scratch).absolute()}/inbox.db"
        with process("handlers", inbox) as (port, pid):
            measured = []
            for batches in (FIRST, MORE):
                for _ in range(batches):
                    asyncio.run(
                        send(port, [request(zoom_event("meeting.started", seed=each)) for each in range(BATCH)])
                    )
                measured.append(resident(pid))
    first, last = measured
    yield count(f"MB after {FIRST * BATCH:,} events", round(first, 1))
    yield count(f"MB more after {MORE * BATCH:,} more", round(last - first, 1), MEGABYTES)


def resident(pid: int, figure: str = "VmRSS") -> float:
    """Return the megabytes of memory that a process has; as `VmHWM` the most that it had."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(figure)) / 1024
