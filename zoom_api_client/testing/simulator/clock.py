"""The clock of a simulator: it runs like the real one, can be set, and says when something is due."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import RLock

import attrs

Callback = Callable[[], None]


def _real() -> datetime:
    return datetime.now(UTC)


@attrs.define
class Clock:
    """The time in a simulator: real time, moved by as much as it was set; or one moment, if `frozen`.

    It has no thread: `run_due` does what is due, and whoever serves the simulator calls it now and then.
    """

    real: Callable[[], datetime] = _real
    _offset: timedelta = attrs.field(factory=timedelta, init=False)
    _frozen: datetime | None = attrs.field(default=None, init=False)
    _due: list[tuple[datetime, int, Callback]] = attrs.field(factory=list, init=False, repr=False)
    _order: Iterator[int] = attrs.field(factory=count, init=False, repr=False)
    _lock: RLock = attrs.field(factory=RLock, init=False, repr=False)

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return self._frozen or self.real() + self._offset

    @property
    def is_frozen(self) -> bool:
        """True if it stands still."""
        return self._frozen is not None

    def set(self, when: datetime, *, frozen: bool | None = None) -> None:
        """Set the clock to an aware time, and do what is due by then, each at its time.

        Args:
            when: the time. Going back makes nothing undone.
            frozen: whether it stands still from then on; as before, if not given.
        """
        if when.tzinfo is None:
            raise ValueError("the clock is set to a time with its zone, such as 2026-03-31T09:00:00Z")
        stands = self.is_frozen if frozen is None else frozen
        while due := self._next(when):
            self._move(due[0], stands=True)
            due[2]()
        self._move(when.astimezone(UTC), stands)

    def advance(self, by: timedelta | float) -> None:
        """Move the clock on, by seconds or a timedelta."""
        self.set(self.now() + (by if isinstance(by, timedelta) else timedelta(seconds=by)))

    def schedule(self, due: datetime, callback: Callback) -> None:
        """Call something when a time has come."""
        with self._lock:
            heapq.heappush(self._due, (due, next(self._order), callback))

    def run_due(self) -> None:
        """Do what is due by now."""
        while due := self._next(self.now()):
            due[2]()

    def clear(self) -> None:
        """Forget what is due, and show the real time again."""
        with self._lock:
            self._due.clear()
        self._offset, self._frozen = timedelta(), None

    def _next(self, until: datetime) -> tuple[datetime, int, Callback] | None:
        with self._lock:
            return heapq.heappop(self._due) if self._due and self._due[0][0] <= until else None

    def _move(self, when: datetime, stands: bool) -> None:
        self._offset, self._frozen = when - self.real(), when if stands else None
