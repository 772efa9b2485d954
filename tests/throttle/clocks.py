"""Clocks for tests: one that only moves when told, and one that is wrong."""

from __future__ import annotations

import time

import anyio
import pytest


class FakeClock:
    """Stands at a moment until somebody sleeps; `slept` has for how long."""

    def __init__(self, wall: float = 1_780_000_000.0) -> None:
        self.moment = 1000.0
        self.epoch = wall - self.moment
        self.slept: list[float] = []
        self.oversleeps: list[float] = []

    def now(self) -> float:
        return self.moment

    def wall(self) -> float:
        return self.moment + self.epoch

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += seconds + (self.oversleeps.pop(0) if self.oversleeps else 0.0)

    async def sleep_in_a_loop(self, seconds: float) -> None:
        self.sleep(seconds)

    def install(self, monkeypatch: pytest.MonkeyPatch) -> FakeClock:
        """Make whoever sleeps move this clock, and return it."""
        monkeypatch.setattr(time, "sleep", self.sleep)
        monkeypatch.setattr(anyio, "sleep", self.sleep_in_a_loop)
        return self


class SkewedClock:
    """The machine's clock, some seconds off, and faster or slower."""

    def __init__(self, skew: float = 0.0, drift: float = 1.0) -> None:
        self._skew, self._drift = skew, drift

    def now(self) -> float:
        return time.monotonic() * self._drift + self._skew

    def wall(self) -> float:
        return time.time() * self._drift + self._skew
