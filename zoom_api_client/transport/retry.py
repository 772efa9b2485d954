"""The retry policy decides whether a request is sent again, and after how long. Pure: the client waits.

Zoom has no idempotency keys, so what changes something is sent again only if it certainly was not processed: it never
left, or Zoom refused it for its rate limit. The limit of a day is never waited for.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime

import attrs

from zoom_api_client import errors
from zoom_api_client.core.checks import number

READS = frozenset({"GET", "HEAD", "OPTIONS"})


@attrs.frozen
class Attempt:
    """A request that failed: its number, from 1, its method and error, and the seconds waited so far."""

    number: int
    method: str
    error: errors.ZoomError
    waited: float = 0.0


@attrs.frozen(kw_only=True)
class Retry:
    """The policy of a client.

    Args:
        attempts: how often a request is sent at most; 1 never repeats.
        first_wait: seconds before the second attempt; doubled for each one after it, and varied by half.
        longest_wait: the longest single wait; a later `Retry-After` is not waited for.
        total_wait: seconds that one call waits in all.
        now: the clock.
        vary: a random number from 0 to 1.
    """

    attempts: int = attrs.field(default=4, validator=number(least=1, whole=True))
    first_wait: float = attrs.field(default=1.0, validator=number())
    longest_wait: float = attrs.field(default=15.0, validator=number())
    total_wait: float = attrs.field(default=60.0, validator=number())
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    vary: Callable[[], float] = random.random

    def wait(self, failed: Attempt) -> float | None:
        """Return the seconds to wait before the next attempt, None if there is to be none.

        It is asked after every failure, refusals by Zoom included.
        """
        if failed.number >= self.attempts or not _may_pass(failed):
            return None
        seconds = self._seconds(failed)
        if seconds > self.longest_wait or failed.waited + seconds > self.total_wait:
            return None
        return seconds

    def _seconds(self, failed: Attempt) -> float:
        spread: float = self.first_wait * 2 ** (failed.number - 1) * (0.5 + self.vary())
        retry_at = getattr(failed.error, "retry_at", None)
        if retry_at is None:
            return min(spread, self.longest_wait)
        until: float = (retry_at - self.now()).total_seconds()
        return max(until, 0.0) + self.first_wait * self.vary() / 2


def _may_pass(failed: Attempt) -> bool:
    error = failed.error
    if isinstance(error, errors.RateLimited):
        return not error.daily
    if isinstance(error, errors.TooManyRedirects):
        return False
    if isinstance(error, errors.ConnectionFailed):
        return failed.method in READS or not error.may_have_arrived
    if isinstance(error, errors.UnexpectedAnswer):  # a gateway answered with a page, or an answer was cut off
        return failed.method in READS
    return failed.method in READS and isinstance(error, errors.ServerError) and error.status != 501
