"""Gives back to a store what cancelled tasks reserved, in threads: whoever asks the store next waits for them.

A task that is cancelled waits for nothing; but the next request would stand behind a hundred places that nobody takes.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Final, TypeVar

from zoom_api_client.core import executor

T = TypeVar("T")

_PATIENCE: Final = 1.0  # seconds: a store that hangs says so itself, and a fork has the futures but not the threads


class Returns:
    """What is being given back to one store."""

    def __init__(self) -> None:
        self._begun: set[Future[None]] = set()

    def begin(self, call: Callable[[], None]) -> None:
        """Give something back, in a thread."""
        future = executor.submit(call)
        self._begun.add(future)
        future.add_done_callback(self._begun.discard)

    def before(self, call: Callable[[], T]) -> Callable[[], T]:
        """Return a call that first waits for all that was begun until now: that is ahead of it in the pool."""
        begun = self._begun.copy()
        if not begun:
            return call

        def wait_and_call() -> T:
            wait(begun, _PATIENCE)
            self._begun.difference_update(begun)
            return call()

        return wait_and_call
