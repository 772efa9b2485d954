"""The clock of a simulator: it runs like the real one, can be set, and says when something is due."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import RLock
from typing import Any

import attrs

Do = Callable[..., None]

_YEARS = range(1970, 9000)  # what is some years before or after them is a time too


def _real() -> datetime:
    return datetime.now(UTC)


def _do_nothing(_task: str, *_ids: str) -> None:
    """Do no task: a clock by itself knows none."""


@attrs.define
class Clock:
    """The time in a simulator: real time, moved by as much as it was set; or one moment, if `frozen`.

    It has no thread: `run_due` does what is due, and whoever serves the simulator calls it now and then. What is due
    is a task, by its name and the ids of what it is about, so that a dump has it; `do` is called with these.
    """

    real: Callable[[], datetime] = _real
    do: Do = attrs.field(default=_do_nothing, repr=False)
    _offset: timedelta = attrs.field(factory=timedelta, init=False)
    _frozen: datetime | None = attrs.field(default=None, init=False)
    _due: list[tuple[datetime, int, tuple[str, ...]]] = attrs.field(factory=list, init=False, repr=False)
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
        if when.year not in _YEARS:
            raise ValueError(f"the clock has years from {_YEARS.start} to {_YEARS.stop - 1}, and not {when.year}")
        stands = self.is_frozen if frozen is None else frozen
        while due := self._next(when):
            self._move(due[0], stands=True)
            self.do(*due[2])
        self._move(when.astimezone(UTC), stands)

    def advance(self, by: timedelta | float) -> None:
        """Move the clock on, by seconds or a timedelta."""
        self.set(self.now() + (by if isinstance(by, timedelta) else timedelta(seconds=by)))

    def schedule(self, due: datetime, task: str, *ids: str) -> None:
        """Do a task when a time has come."""
        with self._lock:
            heapq.heappush(self._due, (due, next(self._order), (task, *ids)))

    def run_due(self) -> None:
        """Do what is due by now."""
        while due := self._next(self.now()):
            self.do(*due[2])

    def clear(self) -> None:
        """Forget what is due, and show the real time again."""
        with self._lock:
            self._due.clear()
        self._offset, self._frozen = timedelta(), None

    def dump(self) -> dict[str, Any]:
        """Return how far it was moved, the moment at which it stands, and what is due, as JSON."""
        with self._lock:
            due = [[when.isoformat(), *task] for when, _, task in sorted(self._due)]
        stands = self._frozen.isoformat() if self._frozen else None
        return {"moved": 0.0 if stands else self._offset.total_seconds(), "stands": stands, "due": due}

    def load(self, dumped: Mapping[str, Any]) -> None:
        """Go on as a clock that was dumped: one that runs is as far from the real time as that one was."""
        self.clear()
        self.set(self.real() + timedelta(seconds=dumped["moved"]))
        if dumped["stands"]:
            self.set(datetime.fromisoformat(dumped["stands"]), frozen=True)
        for when, *task in dumped["due"]:
            self.schedule(datetime.fromisoformat(when), *task)

    def _next(self, until: datetime) -> tuple[datetime, int, tuple[str, ...]] | None:
        with self._lock:
            return heapq.heappop(self._due) if self._due and self._due[0][0] <= until else None

    def _move(self, when: datetime, stands: bool) -> None:
        self._offset, self._frozen = when - self.real(), when if stands else None
