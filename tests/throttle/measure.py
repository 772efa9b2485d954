"""Run processes against the counting server, and judge what arrived."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import attrs

_ROOT = Path(__file__).parents[2]


@attrs.frozen
class Measured:
    """When requests arrived, for how long they were sent, and by how much the machine let the server wait at worst."""

    arrivals: list[float]
    seconds: float
    stall: float = 0.0

    def most_in(self, window: float = 1.0) -> int:
        """Return the most requests that any window of this length holds, wherever it begins."""
        first, most = 0, 0
        for last, moment in enumerate(self.arrivals):
            while moment - self.arrivals[first] >= window:
                first += 1
            most = max(most, last - first + 1)
        return most

    def used(self, per_second: float) -> float:
        """Return the part of the allowed rate that was used, from the first arrival on."""
        end = self.arrivals[0] + self.seconds
        return sum(moment < end for moment in self.arrivals) / (per_second * self.seconds)


@contextmanager
def counting() -> Iterator[int]:
    """Yield the port of a counting server."""
    command = [sys.executable, "-m", "tests.throttle.counting"]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield int(server.stdout.readline())
        finally:
            server.terminate()


def measure(*works: dict[str, Any], seconds: float) -> Measured:
    """Run one process for each of the works, all at once, and return what the server saw."""
    with counting() as port, ExitStack() as stack:
        processes = [stack.enter_context(_worker({"port": port, **work})) for work in works]
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        until = time.monotonic() + seconds
        for process in processes:
            assert process.stdin is not None
            process.stdin.write(f"{until}\n")
            process.stdin.flush()
        for process in processes:
            assert process.wait(timeout=seconds + 60) == 0
        with urlopen(f"http://127.0.0.1:{port}/arrivals") as answer:
            noted = json.load(answer)
    return Measured(sorted(noted["arrivals"]), seconds, noted["stall"])


def _worker(work: dict[str, Any]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.throttle.worker", json.dumps(work)]
    return subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
