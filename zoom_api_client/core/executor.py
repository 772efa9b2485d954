"""The one pool of threads, for calls that may wait: stores on a disk or in Redis, and renewals of tokens.

A handler of a user's never runs here: it may wait for a token, and a pool that waits for itself stands still.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from threading import Lock
from typing import Final, TypeVar

T = TypeVar("T")

_THREADS: Final = 40  # calls wait more than they work: with 4 threads a hundred of them stood in a row


def submit(call: Callable[[], T]) -> Future[T]:
    """Run a call in a thread of the pool, and return its future.

    What runs goes on whatever becomes of whoever asked for it: a cancelled task, a closed event loop, Ctrl-C. The
    interpreter waits for it: a renewal spends a refresh token, and its answer must be saved.
    """
    future: Future[T] = Future()
    taken = Lock()  # by a thread of the pool or by this one

    def run() -> None:
        if not taken.acquire(blocking=False) or not future.set_running_or_notify_cancel():
            return
        try:
            result = call()
        except BaseException as error:
            future.set_exception(bare(error))
        else:
            future.set_result(result)

    try:
        _pool().submit(run)
    except RuntimeError:  # at shutdown no thread is started; the pool queues the call first, and a free one may take it
        run()
    return future


def result(future: Future[T]) -> T:
    """Return the result of a future, or raise its error; waits, blocking, for what is not done."""
    error = future.exception()
    if error is None:
        return future.result()
    raise bare(error) from None


def bare(error: BaseException) -> BaseException:
    """Return an error without the frames it came through and the errors it came of: their locals hold secrets."""
    try:
        again = copy.copy(error)
    except Exception:  # an error that cannot be copied
        again = error
    again.__cause__ = again.__context__ = None
    return again.with_traceback(None)


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_THREADS, "zoom-api-client")


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pool.cache_clear)  # the threads are the parent's
