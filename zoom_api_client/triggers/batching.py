"""Storing for event loops: what arrives while the inbox is busy is stored together, in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Final
from weakref import WeakKeyDictionary

from zoom_api_client.triggers.forks import renew_in_children
from zoom_api_client.triggers.inbox import Delivery, Inbox

_MOST: Final = 500  # deliveries of a transaction
_STORED_WITHIN: Final = 2.5  # seconds: Zoom waits for 3, and repeats after a 503 as it does after none


class Batcher:
    """Stores in a thread of its own, for every event loop that asks.

    Args:
        inbox: returns the inbox; called in that thread, for to open one may take a while.
    """

    def __init__(self, inbox: Callable[[], Inbox]) -> None:
        self._inbox = inbox
        self.renew()
        renew_in_children(self)

    def renew(self) -> None:
        """Begin without a thread, and without event loops."""
        self._thread = ThreadPoolExecutor(1, "zoom-api-client inbox")
        self._loops: WeakKeyDictionary[asyncio.AbstractEventLoop, _LoopBatcher] = WeakKeyDictionary()

    async def put(self, delivery: Delivery) -> bool:
        """Store a delivery, and return whether it is new; raises what the inbox raises."""
        loop = asyncio.get_running_loop()
        if loop not in self._loops:
            self._loops[loop] = _LoopBatcher(self._inbox, self._thread)
        return await self._loops[loop].put(delivery)

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown()


class _LoopBatcher:
    def __init__(self, inbox: Callable[[], Inbox], executor: Executor) -> None:
        self._inbox, self._executor = inbox, executor
        self._waiting: list[tuple[Delivery, asyncio.Future[bool]]] = []
        self._task: asyncio.Task[None] | None = None

    async def put(self, delivery: Delivery) -> bool:
        loop = asyncio.get_running_loop()
        stored: asyncio.Future[bool] = loop.create_future()
        self._waiting.append((delivery, stored))
        if self._task is None or self._task.done():
            self._task = loop.create_task(self._store())
        return await stored

    async def _store(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
            deliveries = [delivery for delivery, _ in batch]
            try:
                async with asyncio.timeout(_STORED_WITHIN):
                    new = await asyncio.get_running_loop().run_in_executor(self._executor, self._put, deliveries)
            except Exception as failure:
                if isinstance(failure, TimeoutError):  # those that came meanwhile have waited for as long
                    batch, self._waiting = batch + self._waiting, []
                for _, stored in batch:
                    if not stored.done():  # its request may have gone away
                        stored.set_exception(failure)
            else:
                for (_, stored), is_new in zip(batch, new, strict=True):
                    if not stored.done():
                        stored.set_result(is_new)

    def _put(self, deliveries: list[Delivery]) -> list[bool]:
        return self._inbox().put(deliveries)
