"""The inbox: what it costs to store events before Zoom gets its answer, and to hand them out."""

import itertools
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.figure import Figure, ratio, seconds
from benchmarks.rounds import Spread, interleave, time_calls
from zoom_api_client.triggers.inbox import Delivery
from zoom_api_client.triggers.inbox.sqlite import SQLiteInbox

BODY = b"x" * 700  # the size of an event of Zoom
MILLION = 1_000_000
TOGETHER = 50


class Undurable(SQLiteInbox):
    """One whose `put` survives a killed process, and no power cut: for comparison."""

    @contextmanager
    def _writing(self, *, durable: bool = False) -> Iterator[Callable[..., sqlite3.Cursor]]:
        with super()._writing() as run:
            yield run


def run() -> Iterator[Figure]:
    """Measure on a file of the temporary directory: its disk decides."""
    with tempfile.TemporaryDirectory() as place, ExitStack() as closing:
        directory = Path(place)
        inbox, undurable = SQLiteInbox(directory / "empty.db"), Undurable(directory / "undurable.db")
        full = SQLiteInbox(fill(directory / "full.db"))
        for each in (inbox, undurable, full):
            closing.callback(each.close)
        disk = os.open(directory / "disk", os.O_WRONLY | os.O_CREAT)
        closing.callback(os.close, disk)
        number = itertools.count()
        took = interleave(
            {
                "flush": time_calls(lambda: flush(disk), times=100),
                "single": time_calls(lambda: put(inbox, number, 1), times=100),
                "undurable": time_calls(lambda: put(undurable, number, 1), times=100),
                "together": time_calls(lambda: put(inbox, number, TOGETHER), times=20),
                "million": time_calls(lambda: put(full, number, TOGETHER), times=20),
                "handled": lambda: time_handling(inbox, number),
                "handled of a million": lambda: time_handling(full, number),
            },
            rounds=7,
        )
    yield seconds("flush 4 KB to this disk", took["flush"])
    yield seconds("put one event", took["single"])
    yield seconds("put one event, lost in a power cut", took["undurable"])
    yield seconds(f"put an event, {TOGETHER} together", per_event(took["together"], TOGETHER))
    yield ratio("the same with 1,000,000 handled events", took["million"].over(took["together"]))
    yield seconds("claim an event and store that it is done, 32 together", took["handled"])
    yield ratio("the same with 1,000,000 handled events", took["handled of a million"].over(took["handled"]))


def fill(path: Path) -> Path:
    """Make an inbox that has handled a million events today."""
    SQLiteInbox(path).close()
    database = sqlite3.connect(path)
    today = int(time.time() // 86_400)
    database.executemany("INSERT INTO seen VALUES (?, ?)", ((today, f"{n:032x}") for n in range(MILLION)))
    database.commit()
    database.close()
    return path


def flush(disk: int) -> None:
    """Write a page, and wait until it is on the disk."""
    os.write(disk, bytes(4096))
    os.fsync(disk)


def put(inbox: SQLiteInbox, number: Iterator[int], times: int) -> None:
    """Put new events, whose keys are as scattered as Zoom's."""
    keys = [f"{next(number) * 0x9E3779B97F4A7C15 % 2**128:032x}" for _ in range(times)]
    inbox.put([Delivery(key, BODY, 1_780_000_000.0) for key in keys])


def time_handling(inbox: SQLiteInbox, number: Iterator[int]) -> float:
    """Return the seconds that an event takes until it is handled, for all that lie in an inbox."""
    put(inbox, number, TOGETHER)
    began, events = time.perf_counter(), 0
    while tasks := inbox.claim(32, lease=60):
        inbox.complete(tasks)
        events += len(tasks)
    return (time.perf_counter() - began) / events


def per_event(spread: Spread, events: int) -> Spread:
    """Return the share of one event."""
    return Spread(each / events for each in spread.rounds)
