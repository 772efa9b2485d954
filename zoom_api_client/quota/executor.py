"""Calls that may wait, made in threads so that an event loop goes on."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Threads:
    """A few threads, started when they are first needed. A loop's own may be busy for long.

    Args:
        needed: False for calls that do not wait: they are made at once.
    """

    def __init__(self, *, needed: bool) -> None:
        self._needed = needed
        self._pool: ThreadPoolExecutor | None = None
        self._process = 0

    async def call(self, call: Callable[[], T], *, undo: Callable[[Future[T]], None] | None = None) -> T:
        """Make a call, letting others run. `undo` is given the call of a task that was cancelled in the meantime."""
        if not self._needed:
            return call()
        future = self._submit(call)
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            if undo:
                future.add_done_callback(undo)
            raise

    def close(self) -> None:
        """Let the threads end."""
        if self._pool is not None and self._process == os.getpid():
            self._pool.shutdown(wait=False)
        self._pool = None

    def _submit(self, call: Callable[[], T]) -> Future[T]:
        if self._pool is None or self._process != os.getpid():  # after a fork the threads are the parent's
            self._pool, self._process = ThreadPoolExecutor(4, "zoom-quota"), os.getpid()
        return self._pool.submit(call)
