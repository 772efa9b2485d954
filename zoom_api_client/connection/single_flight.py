"""Work that threads and tasks share: while it runs, whoever else needs it waits for the same result."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

from zoom_api_client.core import executor

T = TypeVar("T")


class SingleFlight(Generic[T]):
    """One piece of work at a time in this process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._running: Future[T] | None = None
        self._process = os.getpid()

    def join(self, work: Callable[[], T]) -> Future[T]:
        """Begin the work, unless it runs already; return its future either way."""
        if self._process != os.getpid():  # after a fork the thread is the parent's, and so may be the lock
            self._lock, self._running, self._process = Lock(), None, os.getpid()
        with self._lock:
            if self._running is None or self._running.done():
                self._running = executor.submit(work)
            return self._running
