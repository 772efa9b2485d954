"""Decide when an event whose handler failed is handled again. Pure: it decides, the worker waits."""

from __future__ import annotations

import random
from collections.abc import Callable

import attrs

from zoom_api_client.core.checks import number


@attrs.frozen(kw_only=True)
class HandlerRetry:
    """When a handler that failed is called again; by default an event is given up after about four hours.

    Args:
        attempts: how often an event is handled at most; 1 never repeats. A worker that dies over it counts.
        first_wait: seconds before the second attempt; tripled for each one after it, and varied by half.
        longest_wait: seconds before an attempt, at most.
        vary: a random number from 0 to 1.
    """

    attempts: int = attrs.field(default=10, validator=number(least=1, whole=True))
    first_wait: float = attrs.field(default=5.0, validator=number())
    longest_wait: float = attrs.field(default=3600.0, validator=number())
    vary: Callable[[], float] = random.random

    def wait(self, attempt: int) -> float | None:
        """Return the seconds to wait after an attempt that failed, None if it was the last."""
        if attempt >= self.attempts:
            return None
        seconds: float = self.first_wait * 3.0 ** min(attempt - 1, 50)
        return min(seconds, self.longest_wait) * (0.5 + self.vary())
