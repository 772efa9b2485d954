"""Fair measuring on a noisy machine: round after round, each thing once a round, and in every other round backwards."""

import gc
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import attrs

Name = TypeVar("Name")


@attrs.frozen
class Spread:
    """The measurements, round by round."""

    rounds: tuple[float, ...] = attrs.field(converter=tuple[float, ...])

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.rounds)

    @property
    def least(self) -> float:
        """The smallest one."""
        return min(self.rounds)

    @property
    def most(self) -> float:
        """The largest one."""
        return max(self.rounds)

    def over(self, other: "Spread") -> "Ratio":
        """Return how many times as long this took: by the best of each, for other work on the machine only adds."""
        return Ratio(
            (mine / its for mine, its in zip(self.rounds, other.rounds, strict=True)), self.least / other.least
        )


@attrs.frozen
class Ratio(Spread):
    """Ratios within the rounds, and that of the best of all rounds."""

    best: float


def interleave(measures: Mapping[Name, Callable[[], float]], rounds: int) -> dict[Name, Spread]:
    """Take every measure once a round, after a first round that does not count."""
    taken: dict[Name, list[float]] = {name: [] for name in measures}
    names = list(measures)
    for turn in range(rounds + 1):
        for name in names if turn % 2 else reversed(names):
            seconds = measures[name]()
            if turn:
                taken[name].append(seconds)
    return {name: Spread(each) for name, each in taken.items()}


def time_calls(function: Callable[[], object], *, times: int) -> Callable[[], float]:
    """Return a measure: the seconds that one of several calls in a row takes, collecting its garbage as in real use."""

    def measure() -> float:
        gc.collect()
        start = time.perf_counter()
        for _ in range(times):
            function()
        return (time.perf_counter() - start) / times

    return measure


def worked(function: Callable[[], object], *, times: int = 1) -> Callable[[], float]:
    """Return a measure: the processor time of one of several calls, in this process, whatever else the machine does."""

    def measure() -> float:
        gc.collect()
        start = time.process_time()
        for _ in range(times):
            function()
        return (time.process_time() - start) / times

    return measure


def fresh(*arguments: str, given: str = "") -> list[Any]:
    """Run a Python of its own, which nothing has warmed up, and return the JSON lines it prints; `given` is its input.

    It is isolated from the environment and runs elsewhere, so that it imports what is installed.
    """
    command = [sys.executable, "-I", "-W", "ignore", *arguments]
    with tempfile.TemporaryDirectory() as elsewhere:
        done = subprocess.run(command, input=given, capture_output=True, text=True, cwd=elsewhere)
    if done.returncode:
        raise RuntimeError(f"a fresh interpreter failed: {done.stderr[-2000:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]
