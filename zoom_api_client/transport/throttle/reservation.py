"""One request's way to its turn, shared by threads and event loops: they differ only in how they wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import attrs

from zoom_api_client.transport.throttle.clock import Clock

_TRIES: Final = 5


@attrs.define
class Trip:
    """The shortest time that the way to the store and back has taken."""

    seconds: float = float("inf")


class Turn:
    """Reserves, and reserves again if the caller wakes too late: a late request would fall into others' window.

    Args:
        before: reserves a place within the seconds given, and returns the seconds to wait.
        clock: the throttle's.
        patience: seconds to wait at most.
        slack: seconds that a request may be late.
        trip: common to all turns of a store. What every request loses on the way is no lateness.
    """

    def __init__(
        self, before: Callable[[float], float], clock: Clock, *, patience: float, slack: float, trip: Trip
    ) -> None:
        self._before, self._clock, self._trip = before, clock, trip
        self._slack, self._gives_up = slack, clock.now() + patience
        self._due = 0.0
        self._left = _TRIES  # a machine that is late each time is evenly late, and must send in the end
        self.needed = True

    @property
    def delay(self) -> float:
        """The seconds left to wait."""
        return max(0.0, self._due - self._clock.now())

    def reserve(self) -> None:
        """Reserve a place."""
        asked = self._clock.now()
        wait = self._before(max(0.0, self._gives_up - asked))
        self._trip.seconds = min(self._clock.now() - asked, self._trip.seconds)
        self._due = asked + self._trip.seconds + wait

    def woke(self) -> None:
        """Tell whether another place is needed: see `needed`."""
        self._left -= 1
        self.needed = self._left > 0 and self._clock.now() - self._due > self._slack
