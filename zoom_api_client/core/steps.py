"""Work that waits now and then, written once for threads and event loops.

A generator yields what it waits for and is sent the result, as the flow of an `httpx.Auth` is: it decides, and whoever
performs it waits. A failure of what it waits for is raised where it was yielded. `perform` blocks; the one for event
loops is in `_async/primitives`.

    from collections.abc import Callable

    def pause_steps(clock: Callable[[], float]) -> Steps[float]:
        seconds: float = yield Call(clock)
        yield Sleep(seconds)
        return seconds
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from concurrent.futures import Future
from functools import partial
from typing import Any, TypeVar

import attrs

from zoom_api_client.core import executor

T = TypeVar("T")


@attrs.frozen
class Sleep:
    """Waits for some seconds."""

    seconds: float


@attrs.frozen
class Call:
    """Makes a call, which is sent its result.

    Args:
        call: what to call.
        may_block: whether it may take a while, and so must not be made on an event loop.
        undo: is given the future of the call, which may run still, if the task that waits for it is cancelled.
    """

    call: Callable[[], Any]
    may_block: bool = True
    undo: Callable[[Future[Any]], None] | None = None


Steps = Generator[Sleep | Call | Future[Any], Any, T]


def perform(steps: Steps[T]) -> T:
    """Take the steps, blocking, and return their result."""
    go_on: Callable[[], Any] = partial(next, steps)
    while True:
        try:
            step = go_on()
        except StopIteration as end:
            value: T = end.value
            return value
        try:
            go_on = partial(steps.send, _take(step))
        except BaseException as failure:
            go_on = partial(steps.throw, failure)


def _take(step: Sleep | Call | Future[Any]) -> Any:
    if isinstance(step, Sleep):
        return time.sleep(step.seconds)
    return step.call() if isinstance(step, Call) else executor.result(step)
