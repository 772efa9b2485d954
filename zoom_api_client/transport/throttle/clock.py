"""The clock of the throttle, which tests replace."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Two times."""

    def now(self) -> float:
        """Return seconds of a clock that does not jump."""
        ...

    def wall(self) -> float:
        """Return the seconds since 1970."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> float:
        return time.monotonic()

    def wall(self) -> float:
        return time.time()
