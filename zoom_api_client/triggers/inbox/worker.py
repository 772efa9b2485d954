"""The worker takes events from an inbox and has them handled."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Barrier, Event, Thread
from typing import Final, TypeVar

from zoom_api_client.triggers.inbox import own_loop
from zoom_api_client.triggers.inbox.base import Inbox, InboxFailed, Task, Unwanted
from zoom_api_client.triggers.inbox.context import handled
from zoom_api_client.triggers.inbox.error_text import describe, trace
from zoom_api_client.triggers.inbox.handler_retry import HandlerRetry
from zoom_api_client.triggers.inbox.leases import Leases

T = TypeVar("T")

TIMEOUT: Final = 600.0  # seconds that a handler may take

_log = logging.getLogger("zoom_api_client.triggers")
_THREADS: Final = 3  # for the inbox: a claim waits in one
_WAIT: Final = 0.25  # seconds that one claim waits for work, and so a stop for a claim
_UNREACHABLE: Final = 1.0  # seconds until an inbox that failed is tried again, and a worker that broke down begins anew
_GATHER: Final = 0.01  # seconds in which ended handlers gather, so that one claim takes many: claims write
_CLEAN: Final = 10.0  # seconds beyond the grace after which a stop leaves a worker that hangs to itself
_BEAT: Final = 1.0  # seconds after which a worker says again that it is alive
_ANNOUNCED: Final = 86_400.0  # seconds for which an inbox remembers what its workers want: one may be away for a while
_ANNOUNCE_EVERY: Final = 60.0  # seconds
_SOONEST, _LATEST = 0.5, 60.0  # seconds after which an event that is left to others can be claimed again


class Worker:
    """Has every event of an inbox handled, several at a time, each until it succeeds or is given up.

    Args:
        inbox: where events are taken from; other workers may take from it too.
        dispatch: handles the body of an event, raises if that failed, and `Unwanted` where it has no handler for it.
        concurrency: how many events are handled at a time.
        retry: when a failed event is handled again, and when it becomes a dead letter.
        lease: seconds after which a worker that was killed is noticed; a handler may run for longer, since its lease is
            extended. The same for all workers of an inbox.
        grace: seconds that running handlers get to end when the worker stops. What is left then is cancelled, and
            handled by the next worker; a handler in a thread cannot be cancelled.
        timeout: seconds after which `dispatch` has come back, or the worker hangs.
        wants: returns the labels of the events that `dispatch` has handlers for.
    """

    def __init__(
        self,
        inbox: Inbox,
        dispatch: Callable[[bytes], Awaitable[object]],
        *,
        concurrency: int = 32,
        retry: HandlerRetry | None = None,
        lease: float = 15.0,
        grace: float = 20.0,
        timeout: float = TIMEOUT,
        wants: Callable[[], Collection[str]] = tuple,
    ) -> None:
        if concurrency < 1 or lease <= 0:
            raise ValueError("a worker needs a concurrency of at least 1 and a lease of more than 0 seconds")
        self._inbox, self._dispatch, self._retry = inbox, dispatch, retry or HandlerRetry()
        self._concurrency, self._grace, self._timeout, self._wants = concurrency, grace, timeout + lease, wants
        self._leases = Leases(inbox, lease, self._timeout)
        self._stopping = Event()
        self._thread: Thread | None = None
        self._beat_at: float | None = time.monotonic()  # None when it has ended
        self._unwanted: set[str] = set()

    @property
    def is_alive(self) -> bool:
        """True if the worker has not ended and does not hang."""
        return self._beat_at is not None and not self.hangs

    @property
    def hangs(self) -> bool:
        """True if a handler blocks the event loop: it has not turned for longer than a handler may take."""
        return self._beat_at is not None and time.monotonic() - self._beat_at >= self._timeout

    def start(self) -> None:
        """Run in a thread with an event loop of its own. A process that ends before `stop` has killed its worker."""
        self._stopping.clear()
        self._beat_at = time.monotonic()
        self._thread = Thread(target=self._run_until_stopped, name="zoom-inbox-worker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Claim nothing more, and end when the running handlers have; waits for that if `start` was called."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(self._grace + _CLEAN if self.is_alive else 0.0)
            self._thread = None

    def _run_until_stopped(self) -> None:
        """Run, and begin anew whatever ends it: a handler may cancel every task of the loop."""
        while True:
            try:
                return own_loop.run(self.run())
            except BaseException as error:
                _log.critical("the worker broke down, and begins anew: %s", trace(error))
            if self._stopping.wait(_UNREACHABLE):
                return None

    async def run(self) -> None:
        """Run until `stop` is called or this is cancelled; both let the running handlers end."""
        self._handling: set[asyncio.Task[None]] = set()
        self._finished: list[Task] = []
        self._storing, self._freed = asyncio.Lock(), asyncio.Event()
        self._is_ending, self._is_cut, self._announce_at = False, False, 0.0
        self._running = asyncio.current_task()
        beating = asyncio.create_task(self._beat())
        # Threads of the inbox's own: those of the event loop may all be busy with handlers that block.
        with ThreadPoolExecutor(_THREADS, "zoom-inbox") as self._pool, self._leases:
            _start_threads(self._pool)
            claiming = asyncio.create_task(self._claim_until_stopped())
            try:
                await asyncio.shield(claiming)
            finally:
                self._is_ending = True
                await asyncio.wait([claiming])
                await self._shut_down()
                beating.cancel()
                self._beat_at = None
                if self._thread is None:
                    self._stopping.clear()

    async def _beat(self) -> None:
        while True:
            self._beat_at = time.monotonic()
            await asyncio.sleep(_BEAT)

    async def _claim_until_stopped(self) -> None:
        while not self._is_to_end():
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
            await self._announce()
            claim = self._block(partial(self._inbox.claim, room, lease=self._leases.seconds, wait=_WAIT))
            try:
                tasks = await asyncio.shield(claim)
            except asyncio.CancelledError:  # its thread goes on, and what it claims would be lost for a lease
                self._leases.add(await claim, claimed_at)
                raise
        except Exception as error:
            _log.warning("%s; the worker tries again", describe(error))
            await asyncio.sleep(_UNREACHABLE)
            return
        self._leases.add(tasks, claimed_at)
        if self._is_to_end():
            return  # they are given back with all the rest
        for task in tasks:
            handling = asyncio.create_task(self._handle(task))
            self._handling.add(handling)
            handling.add_done_callback(self._handling.discard)

    async def _announce(self) -> None:
        """Let the inbox know, now and then, what this worker wants: others leave it there then."""
        if time.monotonic() >= self._announce_at and (labels := self._wants()):
            self._announce_at = time.monotonic() + _ANNOUNCE_EVERY
            await self._block(partial(self._inbox.want, labels, seconds=_ANNOUNCED))

    async def _handle(self, task: Task) -> None:
        handled.set(task)
        try:
            if task.attempt > self._retry.attempts:
                raise RuntimeError("the worker died, or lost its lease, whenever it handled this event")
            await self._dispatch(task.delivery.body)
            await self._complete(task)
        except Unwanted as unwanted:
            await self._pass_on(task, unwanted)
        except BaseException as error:  # a handler may raise anything, and must not end the worker
            if self._is_cut_off():
                return  # the lease is given back with the others
            await self._fail(task, error)
        self._leases.remove([task])
        self._freed.set()

    def _is_to_end(self) -> bool:
        return self._is_ending or self._stopping.is_set()

    def _is_cut_off(self) -> bool:
        """Return whether handlers are being cancelled: by the end of the grace, or by that of an application's loop.

        In a thread of the worker's own only a handler cancels, which has failed then.
        """
        is_loop_ending = self._thread is None and self._running is not None and self._running.cancelling() > 0
        return self._is_cut or is_loop_ending

    async def _pass_on(self, task: Task, unwanted: Unwanted) -> None:
        """Leave an event to those who want it; it is done with where nobody does."""
        if await self._insist(partial(self._inbox.is_wanted, unwanted.labels)):
            waited = time.time() - task.delivery.received_at
            seconds = min(max(waited / 10, _SOONEST), _LATEST)
            _log.info(
                "event %s (%s) has no handler in this process, and is left to another", task.delivery.key, unwanted
            )
            await self._insist(partial(self._inbox.release, [task], seconds=seconds))
            return
        level = logging.INFO if unwanted.name in self._unwanted else logging.WARNING
        self._unwanted.add(unwanted.name)
        _log.log(level, "event %s (%s) has no handler in any process, and is dropped", task.delivery.key, unwanted)
        await self._complete(task)

    async def _complete(self, task: Task) -> None:
        """Store that a task is done; those that end meanwhile are stored together by whoever comes first."""
        self._finished.append(task)
        async with self._storing:
            await asyncio.sleep(0)  # others may end in this very turn of the loop
            batch, self._finished = self._finished, []
            if batch:
                await self._insist(partial(self._inbox.complete, batch))

    async def _fail(self, task: Task, error: BaseException) -> None:
        """Have an event handled again, or given up."""
        seconds, key, text = self._retry.wait(task.attempt), task.delivery.key, describe(error)
        if seconds is None:
            _log.error("event %s is given up after attempt %d: %s", key, task.attempt, trace(error))
            await self._insist(partial(self._inbox.bury, task, error=text))
        else:
            _log.warning("event %s is tried again in %.0f s: %s", key, seconds, trace(error))
            await self._insist(partial(self._inbox.retry, task, seconds=seconds, error=text))

    async def _insist(self, call: Callable[[], T]) -> T:
        """Call the inbox until it does not fail: an outcome that is not stored lets an event be handled twice."""
        while True:
            try:
                return await self._block(call)
            except Exception as error:
                _log.warning("%s; the worker tries again", describe(error))
            await asyncio.sleep(_UNREACHABLE)

    async def _shut_down(self) -> None:
        if self._handling:
            await asyncio.wait(self._handling, timeout=self._grace)
        self._is_cut = True
        left = self._leases.list_held()
        for handling in self._handling:
            handling.cancel()
        if self._handling:
            await asyncio.wait(self._handling, timeout=_WAIT)
        self._leases.remove(left)
        with suppress(InboxFailed):
            await self._block(partial(self._inbox.complete, self._finished))
            await self._block(partial(self._inbox.release, left))
            await self._block(self._inbox.disconnect)

    def _block(self, call: Callable[[], T]) -> asyncio.Future[T]:
        return asyncio.get_running_loop().run_in_executor(self._pool, call)


def _start_threads(pool: ThreadPoolExecutor) -> None:
    """Start all threads of the pool: from CPython 3.12 on an interpreter that ends starts none, and we must store."""
    everybody = Barrier(_THREADS)
    for _ in range(_THREADS):
        pool.submit(everybody.wait)
