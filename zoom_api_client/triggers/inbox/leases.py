"""Leases that are kept while handlers run, by a thread: a handler may block the event loop, but not this."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from threading import Event, Thread

from zoom_api_client.triggers.inbox.base import Inbox, Task
from zoom_api_client.triggers.inbox.error_text import describe

_log = logging.getLogger("zoom_api_client.triggers")


class Leases:
    """The tasks that a worker holds. Whoever enters it keeps their leases, by extending each a third into its time.

    Args:
        inbox: whose tasks they are.
        seconds: of each lease.
        longest: seconds after which a task is held no longer: whoever handles it hangs.
        now: seconds that do not jump.
    """

    def __init__(
        self, inbox: Inbox, seconds: float, longest: float, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._inbox, self.seconds, self._longest, self._now = inbox, seconds, longest, now
        self._claimed: dict[Task, float] = {}
        self._extended: dict[Task, float] = {}
        self._left = Event()

    def __len__(self) -> int:
        return len(self._extended)

    def add(self, tasks: Iterable[Task], leased_at: float) -> None:
        """Hold tasks that were claimed at a moment."""
        for task in tasks:
            self._claimed[task] = self._extended[task] = leased_at

    def remove(self, tasks: Iterable[Task]) -> None:
        """Hold tasks no longer."""
        for task in tasks:
            self._extended.pop(task, None)
            self._claimed.pop(task, None)

    def held(self) -> list[Task]:
        """Return the tasks that are held."""
        return list(self._extended.copy())

    def extend(self) -> None:
        """Extend the leases that have used a third of their time, and let go of those that are held for too long."""
        now = self._now()
        hanging = [task for task, moment in self._claimed.copy().items() if now - moment >= self._longest]
        self.remove(hanging)
        if hanging:
            _log.error("%d events are given to another worker: this one has not come back from them", len(hanging))
        old = [task for task, moment in self._extended.copy().items() if now - moment >= self.seconds / 3]
        if not old:
            return
        try:
            self._inbox.extend(old, lease=self.seconds)
        except Exception as error:  # whatever it is, the next turn tries again: nobody else keeps these leases
            _log.warning("%d leases could not be extended: %s", len(old), describe(error))
        else:
            self._extended.update({task: now for task in old if task in self._extended})

    def __enter__(self) -> None:
        self._left.clear()
        self._thread = Thread(target=self._keep, name="zoom-inbox-leases", daemon=True)
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._left.set()
        self._thread.join()

    def _keep(self) -> None:
        while not self._left.wait(self.seconds / 6):
            self.extend()
