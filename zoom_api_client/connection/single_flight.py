"""Work that threads and tasks share: while it runs, whoever else needs it waits for the same result."""

from __future__ import annotations

import asyncio
import copy
import os
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock, Thread
from typing import Generic, TypeVar

T = TypeVar("T")


def launch(work: Callable[[], T]) -> Future[T]:
    """Run work in a thread of its own, and return its future.

    A renewal spends a refresh token, and its answer must be saved whatever becomes of whoever asked for it: a
    cancelled task, a closed event loop, Ctrl-C. So it runs in nobody's task, and the interpreter waits for the thread.
    """
    future: Future[T] = Future()
    future.set_running_or_notify_cancel()  # from here on a waiter that is cancelled does not cancel the work

    def run() -> None:
        try:
            result = work()
        except BaseException as error:
            future.set_exception(bare(error))
        else:
            future.set_result(result)

    try:
        Thread(target=run, name="zoom-api-client token", daemon=False).start()
    except RuntimeError:  # the interpreter is shutting down, and starts no threads any more
        run()
    return future


def wait(future: Future[T]) -> T:
    """Return the result, in a thread."""
    error = future.exception()
    if error is None:
        return future.result()
    raise bare(error) from None


async def wait_async(future: Future[T]) -> T:
    """Return the result, in a task of any event loop of asyncio's."""
    try:
        return await asyncio.wrap_future(future)
    except Exception as failure:
        error = bare(failure)
    raise error from None


def bare(error: BaseException) -> BaseException:
    """Return an error without the frames it came through and the errors it came of: their locals hold secrets."""
    try:
        again = copy.copy(error)
    except Exception:  # an error that cannot be copied
        again = error
    again.__cause__ = again.__context__ = None
    return again.with_traceback(None)


class Flight(Generic[T]):
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
                self._running = launch(work)
            return self._running
