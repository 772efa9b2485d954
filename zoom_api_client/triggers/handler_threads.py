"""Threads for handlers that block. One whose handler never returns is given up, and another takes its place."""

from __future__ import annotations

import asyncio
import contextvars
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from threading import Condition, Thread
from typing import Any, TypeAlias

from zoom_api_client.triggers.forks import renew_in_children

Outcome: TypeAlias = tuple[Any, BaseException | None]
_Job: TypeAlias = tuple[Callable[[], Outcome], "Future[Outcome]"]


class HandlerThreads:
    """Runs handlers in threads, which are daemons: a handler that hangs does not keep the process from ending.

    Args:
        most: how many run at once. A thread that was given up is replaced, `most` times at once: after that fewer run.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self.renew()
        renew_in_children(self)

    def renew(self) -> None:
        """Begin without threads."""
        self._changed = Condition()
        self._jobs: deque[_Job] = deque()
        self._given_up: set[Future[Outcome]] = set()
        self._threads = self._idle = 0
        self._is_closed = False

    async def run(self, handler: Callable[[Any], Any], event: Any) -> Outcome:
        """Return what a handler returned and raised. A cancelled call gives its thread up."""
        context = contextvars.copy_context()
        future = self._submit(partial(_call, lambda: context.run(handler, event)))
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            self._give_up(future)
            raise

    def close(self) -> None:
        """Begin no handler any more, and let the threads end."""
        with self._changed:
            self._is_closed = True
            self._jobs.clear()
            self._changed.notify_all()

    def _submit(self, call: Callable[[], Outcome]) -> Future[Outcome]:
        future: Future[Outcome] = Future()
        with self._changed:
            self._jobs.append((call, future))
            has_room = self._threads < self._most + min(len(self._given_up), self._most)
            if len(self._jobs) > self._idle and has_room:
                self._threads += 1
                Thread(target=self._work, name="zoom-api-client handler", daemon=True).start()
            self._changed.notify()
        return future

    def _give_up(self, future: Future[Outcome]) -> None:
        with self._changed:
            if not future.cancelled() and not future.done():
                self._given_up.add(future)

    def _work(self) -> None:
        while (job := self._next()) is not None:
            call, future = job
            if future.set_running_or_notify_cancel():
                future.set_result(call())
            with self._changed:
                if future in self._given_up:  # another thread works in the place of this one
                    self._given_up.remove(future)
                    self._threads -= 1
                    return

    def _next(self) -> _Job | None:
        with self._changed:
            while not self._jobs:
                if self._is_closed:
                    self._threads -= 1
                    return None
                self._idle += 1
                self._changed.wait()
                self._idle -= 1
            return self._jobs.popleft()


def _call(handler: Callable[[], Any]) -> Outcome:
    """Return what was returned, and raised: a future takes no `StopIteration`, and `SystemExit` would end a thread."""
    try:
        return handler(), None
    except BaseException as error:
        return None, error
