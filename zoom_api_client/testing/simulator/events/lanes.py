"""Lanes send to many subscribers at once, and to each of them in order.

A receiver that hangs keeps nobody waiting but itself. Zoom promises no order; one that is kept lets tests be repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Lock
from typing import Final

import attrs

AT_ONCE: Final = 16  # subscribers


@attrs.define
class Lanes:
    """Threads that send. `send` sends the next thing to a subscriber, by its id; False if there is nothing more."""

    send: Callable[[str], bool]
    _pool: ThreadPoolExecutor = attrs.field(factory=lambda: ThreadPoolExecutor(AT_ONCE), init=False, repr=False)
    _busy: dict[str, Future[int]] = attrs.field(factory=dict, init=False)
    _lock: Lock = attrs.field(factory=Lock, init=False, repr=False)
    _is_pausing: bool = attrs.field(default=False, init=False)

    def begin(self, subscribers: Collection[str]) -> list[Future[int]]:
        """Send to those to whom nothing is being sent; return how much was sent in each lane, also those of before."""
        with self._lock:
            for each in subscribers:
                if each not in self._busy:
                    self._busy[each] = self._pool.submit(self._go, each)
            return list(self._busy.values())

    def pause(self) -> None:
        """Send nothing more after what is being sent now, until it begins again."""
        self._is_pausing = True
        wait(tuple(self._busy.values()))
        self._is_pausing = False

    def _go(self, subscriber: str) -> int:
        sent = 0
        try:
            while not self._is_pausing and self.send(subscriber):
                sent += 1
        finally:
            with self._lock:
                del self._busy[subscriber]
        return sent
