"""The worker of a receiver, from its start to its stop, or to the end of a process that says nothing of its end."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from weakref import ref

from zoom_api_client.triggers.inbox import Worker


class Work:
    """One worker at a time, in a thread; each start makes a new one."""

    def __init__(self, make: Callable[[], Worker]) -> None:
        self._make = make
        self._worker: Worker | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Start, unless that was done before."""
        with self._lock:
            if self._worker is None:
                self._worker = self._make()
                self._worker.start()
                _at_exit(ref(self))

    def stop(self) -> None:
        """Stop, and wait for the handlers that run."""
        with self._lock:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.stop()


def _at_exit(work: ref[Work]) -> None:
    """Stop before the interpreter waits for its threads: a mounted app is told of no end.

    `atexit` comes after that, and would be waited for; `concurrent.futures` stops its threads the same way.
    """

    def stop() -> None:
        if (alive := work()) is not None:
            alive.stop()

    register: Callable[..., object] = getattr(threading, "_register_atexit", atexit.register)
    register(stop)
