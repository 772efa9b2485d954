"""What takes events from an inbox and has them handled."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Event, Thread
from typing import Final, TypeVar

from zoom_api_client.triggers.inbox.base import Inbox, InboxFailed, Task
from zoom_api_client.triggers.inbox.context import handled
from zoom_api_client.triggers.inbox.error_text import describe, traced
from zoom_api_client.triggers.inbox.leases import Leases
from zoom_api_client.triggers.inbox.retry import Retry

T = TypeVar("T")

_log = logging.getLogger("zoom_api_client.triggers")
_WAIT: Final = 0.25  # seconds that one claim waits for work, and so a stop for a claim
_UNREACHABLE: Final = 1.0  # seconds until an inbox that failed is tried again
_GATHER: Final = 0.01  # seconds in which ended handlers gather, so that one claim takes many: claims write


class Worker:
    """Has every event of an inbox handled, several at a time, each until it succeeds or is given up.

    Args:
        inbox: where events are taken from; other workers may take from it too.
        dispatch: handles the body of an event, and raises if that failed.
        concurrency: how many events are handled at a time.
        retry: when a failed event is handled again, and when it becomes a dead letter.
        lease: seconds after which a worker that was killed is noticed; a handler may run for longer, since its lease is
            extended. The same for all workers of an inbox.
        grace: seconds that running handlers get to end when the worker stops. What is left then is cancelled, and
            handled by the next worker; a handler in a thread cannot be cancelled.
    """

    def __init__(
        self,
        inbox: Inbox,
        dispatch: Callable[[bytes], Awaitable[None]],
        *,
        concurrency: int = 32,
        retry: Retry | None = None,
        lease: float = 15.0,
        grace: float = 20.0,
    ) -> None:
        if concurrency < 1 or lease <= 0:
            raise ValueError("a worker needs a concurrency of at least 1 and a lease of more than 0 seconds")
        self._inbox, self._dispatch, self._retry = inbox, dispatch, retry or Retry()
        self._concurrency, self._grace = concurrency, grace
        self._leases = Leases(inbox, lease)
        self._stopping = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Run in a thread with an event loop of its own. A process that ends before `stop` has killed its worker."""
        self._thread = Thread(target=lambda: asyncio.run(self.run()), name="zoom-inbox-worker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Claim nothing more, and end when the running handlers have; waits for that if `start` was called."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    async def run(self) -> None:
        """Run until `stop` is called or this is cancelled; both let the running handlers end."""
        self._handling: set[asyncio.Task[None]] = set()
        self._finished: list[Task] = []
        self._storing, self._freed = asyncio.Lock(), asyncio.Event()
        self._cancelled = False
        # Threads of the inbox's own: those of the event loop may all be busy with handlers that block.
        with ThreadPoolExecutor(3, "zoom-inbox") as self._pool, self._leases:
            claiming = asyncio.create_task(self._claim_until_stopped())
            try:
                await asyncio.shield(claiming)
            finally:
                self._stopping.set()
                await asyncio.wait([claiming])
                await self._shut_down()
                self._stopping.clear()

    async def _claim_until_stopped(self) -> None:
        while not self._stopping.is_set():
            if len(self._leases) > self._concurrency * 3 // 4:
                await asyncio.sleep(_GATHER)
            if room := self._concurrency - len(self._leases):
                await self._claim(room)
            else:
                self._freed.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._freed.wait(), _WAIT)

    async def _claim(self, room: int) -> None:
        claimed_at = time.monotonic()
        try:
            tasks = await self._blocking(partial(self._inbox.claim, room, lease=self._leases.seconds, wait=_WAIT))
        except InboxFailed as error:
            _log.warning("%s; the worker tries again", error)
            await asyncio.sleep(_UNREACHABLE)
            return
        self._leases.add(tasks, claimed_at)
        if self._stopping.is_set():
            return  # they are given back with all the rest
        for task in tasks:
            handling = asyncio.create_task(self._handle(task))
            self._handling.add(handling)
            handling.add_done_callback(self._handling.discard)

    async def _handle(self, task: Task) -> None:
        handled.set(task)
        try:
            if task.attempt > self._retry.attempts:
                raise RuntimeError("the worker died, or lost its lease, whenever it handled this event")
            await self._dispatch(task.delivery.body)
            await self._done(task)
        except (Exception, BaseExceptionGroup, asyncio.CancelledError) as error:
            if self._cancelled:
                raise
            await self._failed(task, error)
        finally:
            self._leases.remove([task])
            self._freed.set()

    async def _done(self, task: Task) -> None:
        """Store that a task is done; those that end meanwhile are stored together by whoever comes first."""
        self._finished.append(task)
        async with self._storing:
            await asyncio.sleep(0)  # others may end in this very turn of the loop
            batch, self._finished = self._finished, []
            if batch:
                await self._stored(partial(self._inbox.done, batch))

    async def _failed(self, task: Task, error: BaseException) -> None:
        seconds, key, text = self._retry.wait(task.attempt), task.delivery.key, describe(error)
        if seconds is None:
            _log.error("event %s is given up after attempt %d: %s", key, task.attempt, traced(error))
            await self._stored(partial(self._inbox.bury, task, error=text))
        else:
            _log.warning("event %s is tried again in %.0f s: %s", key, seconds, traced(error))
            await self._stored(partial(self._inbox.again, task, seconds=seconds, error=text))

    async def _stored(self, store: Callable[[], None]) -> None:
        """Store an outcome, for as long as it takes: the event would be handled twice."""
        while True:
            try:
                return await self._blocking(store)
            except InboxFailed as error:
                _log.warning("%s; what was handled is stored later", error)
            await asyncio.sleep(_UNREACHABLE)

    async def _shut_down(self) -> None:
        if self._handling:
            await asyncio.wait(self._handling, timeout=self._grace)
        self._cancelled = True
        left = self._leases.held()
        for handling in self._handling:
            handling.cancel()
        if self._handling:
            await asyncio.wait(self._handling, timeout=_WAIT)
        with suppress(InboxFailed):
            await self._blocking(partial(self._inbox.done, self._finished))
            await self._blocking(partial(self._inbox.release, left))

    async def _blocking(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, call)
