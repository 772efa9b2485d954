"""Measure what downloading costs: its time, against curl's, and its memory, of a large file against a small one."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import httpx

from benchmarks.figure import Figure, count, ratio
from benchmarks.rounds import Spread, fresh, interleave

SCRIPT = str(Path(__file__).with_name("downloading.py"))
SERVER = str(Path(__file__).with_name("streaming.py"))
ROUNDS = 15
WARM, TIMED = 1_000_000, 250_000_000
SMALL, LARGE = 1_000_000, 1_000_000_000
SLOWER = round(1 / 0.9, 3)
MEGABYTES = 32
WORLDS = ("blocking", "asynchronous")


def run() -> Iterator[Figure]:
    """Measure where files are in memory, which is the harder, and then on a disk."""
    memory = Path("/dev/shm")
    with serve() as origin:
        for what, where in (("in memory", memory if memory.is_dir() else None), ("on a disk", None)):
            with tempfile.TemporaryDirectory(dir=where) as directory:
                yield from _times(origin, Path(directory) / "film", what)
        with tempfile.TemporaryDirectory() as directory:
            yield from _memory(origin, f"{directory}/film")


def _times(origin: str, path: Path, where: str) -> Iterator[Figure]:
    measures: dict[str, Callable[[], float]] = {"curl": partial(_curl, origin, path)}
    measures["httpx"] = partial(_httpx, origin, path)
    measures |= {world: partial(_ours, world, origin, path) for world in WORLDS}
    taken = interleave(measures, ROUNDS)
    for world in WORLDS:
        yield ratio(f"{world}, {where}, against curl", taken[world].over(taken["curl"]), SLOWER)
    yield ratio(f"httpx's own pieces, written, {where}, against curl", taken["httpx"].over(taken["curl"]))
    speed = Spread(TIMED / 1e6 / seconds for seconds in taken["blocking"].rounds)
    yield Figure(f"blocking, {where}", f"{speed.median:,.0f} MB/s ({speed.least:,.0f} to {speed.most:,.0f})")


def _memory(origin: str, path: str) -> Iterator[Figure]:
    for world in WORLDS:
        small, large = (fresh(SCRIPT, world, origin, path, str(length))[0]["megabytes"] for length in (SMALL, LARGE))
        note = f"{large:.0f} MB in all"
        yield count(f"{world}: megabytes that 1 GB takes more than 1 MB", round(large - small, 1), MEGABYTES, note=note)


def _ours(world: str, origin: str, path: Path) -> float:
    """Download in a process that has downloaded before: curl's time does not have its start in it either."""
    path.unlink(missing_ok=True)
    seconds: float = fresh(SCRIPT, world, origin, str(path), str(WARM), str(TIMED))[0]["seconds"]
    return seconds


def _curl(origin: str, path: Path) -> float:
    path.unlink(missing_ok=True)
    command = ["curl", "--silent", "--fail", "--output", str(path), "--write-out", "%{time_total}"]
    done = subprocess.run([*command, f"{origin}/{TIMED}"], capture_output=True, text=True, check=True)
    return float(done.stdout) + _sync(path)


def _httpx(origin: str, path: Path) -> float:
    path.unlink(missing_ok=True)
    with httpx.Client() as client, path.open("wb") as file:
        client.get(f"{origin}/{WARM}")
        start = time.perf_counter()
        with client.stream("GET", f"{origin}/{TIMED}") as response:
            for piece in response.iter_raw():
                file.write(piece)
    return time.perf_counter() - start + _sync(path)


def _sync(path: Path) -> float:
    """Write a file to the disk, as our downloads do before they give it its name, and return the seconds it takes."""
    start = time.perf_counter()
    with path.open("rb") as file:
        os.fsync(file)
    return time.perf_counter() - start


@contextmanager
def serve() -> Iterator[str]:
    """Serve in a process of its own, and give its origin."""
    with subprocess.Popen([sys.executable, SERVER], stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield f"http://127.0.0.1:{int(server.stdout.readline())}"
        finally:
            server.terminate()
