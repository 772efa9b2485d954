"""An attempt of the guard on SQLite and on Redis: alone, among other processes, and with 100,000 users counted."""

import os
import random
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from typing import Any

from benchmarks.figure import Figure, count, ratio, seconds
from benchmarks.rounds import Spread, interleave
from zoom_api_client.errors import QuotaExceeded
from zoom_api_client.quota import Guard, sqlite

BUDGET = 0.0005
NO_SLOWER = 1.15
USERS = 100_000
COUNTED = 20  # requests of each user that are counted already
PROCESSES, CORES = 8, os.cpu_count() or 1
LIMIT, WANTED = 100, 400  # requests of one user in a day; those that all processes try
ROUNDS = 15
TIMES = 300


def run() -> Iterator[Figure]:
    """Measure a store of each kind with one user in it, beside another with many."""
    with tempfile.TemporaryDirectory() as scratch:
        yield from _measured("SQLite", *(f"sqlite://{scratch}/{name}.db" for name in ("one", "many", "shared")))
        if shutil.which("redis-server"):
            with _redis(scratch) as port:
                yield from _measured("Redis", *(f"redis://127.0.0.1:{port}/{number}" for number in range(3)))


def _measured(kind: str, one: str, many: str, shared: str) -> Iterator[Figure]:
    few, lots = Guard(one), Guard(many)
    fill(one, 1)
    fill(many, USERS)
    measures = {1: partial(_attempts, few, ["user 0"]), USERS: partial(_attempts, lots, _some_users())}
    taken = interleave(measures, ROUNDS)
    yield seconds(f"{kind}: an attempt, median", taken[1], BUDGET)
    yield ratio(f"{kind}: {USERS:,} users / 1 user", taken[USERS].over(taken[1]), NO_SLOWER)
    yield seconds(f"{kind}: an attempt, median, a process on each core", _contended(shared, CORES), BUDGET)
    yield seconds(f"{kind}: an attempt, median, {PROCESSES} processes on {CORES} cores", _contended(shared, PROCESSES))
    yield count(f"{kind}: admitted of {WANTED} from {PROCESSES} processes", _admitted(shared), LIMIT)
    few.close()
    lots.close()


def _some_users() -> list[str]:
    """Return users from all over the store: the next attempts find nothing of theirs in a cache."""
    return [f"user {number}" for number in random.Random(1).sample(range(USERS), TIMES)]


def _attempts(guard: Guard, users: Sequence[str]) -> float:
    """Return the median seconds of an attempt; each is given back, which is not timed."""
    taken = []
    for number in range(TIMES):
        user = users[number % len(users)]
        start = time.perf_counter()
        attempt = guard.acquire(user)
        taken.append(time.perf_counter() - start)
        guard.refund(attempt)
    return sorted(taken)[TIMES // 2]


def fill(url: str, users: int) -> None:
    """Let so many users have used a part of their day."""
    Guard(url).acquire("the first")  # makes the tables
    now = time.time_ns() // 1000
    stamps = range(now - COUNTED, now)
    (_fill_sqlite if url.startswith("sqlite") else _fill_redis)(url, users, stamps)


def _fill_sqlite(url: str, users: int, stamps: range) -> None:
    database = sqlite3.connect(url.removeprefix("sqlite://"))
    text, ends = str(list(stamps)), stamps[-1] + 86_400_000_000
    rows = ((sqlite._key(f"user {number}"), f"user {number}", text, 0, ends) for number in range(users))
    database.executemany("INSERT INTO users VALUES (?, ?, ?, ?, ?)", rows)
    database.commit()
    database.close()


def _fill_redis(url: str, users: int, stamps: range) -> None:
    import redis

    client = redis.Redis.from_url(url)
    pipeline: Any = client.pipeline(transaction=False)
    for number in range(users):
        pipeline.zadd(f"zoom:quota:{{user {number}}}:stamps", {str(stamp): stamp for stamp in stamps})
        if number % 1000 == 0:
            pipeline.execute()
    pipeline.execute()
    client.close()


def _contended(url: str, processes: int) -> Spread:
    """Return the median attempt of the slowest of processes that all try for one user at once, without a pause."""
    begins = time.time() + 3
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return Spread([max(pool.map(partial(_contender, url), [begins] * processes))])


def _admitted(url: str) -> int:
    """Return how many requests of one user go through: no more than the limit, and no fewer."""
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        admitted = sum(pool.map(partial(_admit, url), [WANTED // PROCESSES] * PROCESSES))
    if admitted < LIMIT:
        raise RuntimeError(f"only {admitted} requests of {LIMIT} were admitted")
    return admitted


def _admit(url: str, attempts: int) -> int:
    admitted = 0
    guard = Guard(url)
    for _ in range(attempts):
        try:
            guard.acquire("another user")
            admitted += 1
        except QuotaExceeded:
            continue
    guard.close()
    return admitted


def _contender(url: str, begins: float) -> float:
    guard = Guard(url)
    guard.status("user")
    time.sleep(max(0.0, begins - time.time()))
    median = _attempts(guard, ["user"])
    guard.close()
    return median


@contextmanager
def _redis(place: str) -> Iterator[int]:
    """Yield the port of a Redis of our own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", place]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            _patiently(partial(socket.create_connection, ("127.0.0.1", port), 1))
            yield port
        finally:
            server.terminate()


def _patiently(connect: Callable[[], socket.socket]) -> None:
    for _ in range(200):
        try:
            return connect().close()
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("redis-server did not start within 10 s")
