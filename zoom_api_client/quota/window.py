"""Decides whether a request may go today. Pure: nothing is stored and nothing is sent.

Times are whole microseconds since 1970, UTC. A request that is admitted gets a stamp, its moment; no two of a user's
are the same, so that a stamp names a request. A clock that was set back stands still at the last stamp until it has
caught up: places would be free too early otherwise. What lies too far ahead was written by a clock that was wrong,
and is not believed: it would lock users out until then.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

import attrs

DAY: Final = 86_400_000_000  # microseconds
WEEK: Final = 7 * DAY
KEPT: Final = 3 * DAY
"""The time that stamps are kept for: they count for a day, and again when a clock that was ahead is set right.

So no sweep forgets what may count: not by a clock that was a day ahead, nor by one that is set back by a day.
"""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

Window = Literal["rolling", "utc-day"]


@attrs.frozen
class Usage:
    """The requests of a user: their stamps, oldest first, and the time until which Zoom takes none."""

    stamps: Sequence[int] = ()
    held_until: int = 0

    @property
    def ends(self) -> int:
        """The time at which all of this can be forgotten."""
        return max(self.stamps[-1] if self.stamps else 0, self.held_until) + KEPT

    def drop_implausible(self, now: int) -> Usage:
        """Return the usage without stamps more than a day ahead, and without a hold of more than a week."""
        if self.held_until <= now + WEEK and not (self.stamps and self.stamps[-1] > now + DAY):
            return self
        stamps = self.stamps[: bisect_right(self.stamps, now + DAY)]
        return Usage(stamps, self.held_until if self.held_until <= now + WEEK else 0)

    def add(self, stamp: int) -> Usage:
        """Return the usage with a new stamp, and without those that are too old to count again."""
        return attrs.evolve(self, stamps=(*self.stamps[bisect_right(self.stamps, stamp - KEPT) :], stamp))

    def remove(self, stamp: int) -> Usage:
        """Return the usage without a stamp."""
        return attrs.evolve(self, stamps=tuple(each for each in self.stamps if each != stamp))

    def merge(self, other: Usage) -> Usage:
        """Return the usage with another's, whose stamps are moved on a little where both have the same."""
        stamps = set(self.stamps)
        for stamp in other.stamps:
            while stamp in stamps:
                stamp += 1
            stamps.add(stamp)
        return Usage(tuple(sorted(stamps)), max(self.held_until, other.held_until))

    def hold(self, until: int) -> Usage:
        """Return the usage held until a time; of two holds the longer wins."""
        return attrs.evolve(self, held_until=max(until, self.held_until))


@attrs.frozen
class State:
    """The number of requests that count, and the time at which the next place comes free; None if nothing counts."""

    used: int
    frees_at: int | None


@attrs.frozen
class Admitted:
    """The request may go. `used` counts it."""

    stamp: int
    used: int


@attrs.frozen
class AttemptRefused:
    """The request may not go before `frees_at`; `now` is the moment of asking on the same clock."""

    used: int
    frees_at: int
    now: int


@attrs.frozen
class Rule:
    """A limit of requests in a window."""

    limit: int
    window: Window

    def admit(self, usage: Usage, now: int) -> Admitted | AttemptRefused:
        """Decide about a request."""
        stamp = max(now, usage.stamps[-1] + 1) if usage.stamps else now
        state = self.state(usage, stamp)
        if state.used >= self.limit:
            assert state.frees_at is not None
            return AttemptRefused(state.used, state.frees_at, now)
        return Admitted(stamp, state.used + 1)

    def state(self, usage: Usage, now: int) -> State:
        """Return the state of a user."""
        now = max(now, usage.stamps[-1]) if usage.stamps else now
        used = len(usage.stamps) - bisect_right(usage.stamps, self._since(now))
        frees_at = self._frees_at(usage.stamps, used, now)
        if usage.held_until > now:
            own = frees_at if frees_at and used >= self.limit else 0
            return State(max(used, self.limit), max(own, usage.held_until))
        return State(used, frees_at)

    def _since(self, now: int) -> int:
        """Return the last moment that does not count any more."""
        return now - DAY if self.window == "rolling" else now - now % DAY - 1

    def _frees_at(self, stamps: Sequence[int], used: int, now: int) -> int | None:
        if self.window == "utc-day":
            return midnight(now)
        return stamps[-min(used, self.limit)] + DAY if used else None


def midnight(now: int) -> int:
    """Return the next 00:00 UTC."""
    return now - now % DAY + DAY


def micros(moment: datetime) -> int:
    """Return the microseconds since 1970 of an aware datetime."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} is naive: give an aware datetime, datetime.now(UTC) for example")
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment(micros: int) -> datetime:
    """Return the datetime, in UTC, of microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=micros)
