"""Storing for an event loop: what arrives while the inbox is busy is stored together, in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import Final

from zoom_api_client.triggers.inbox import Delivery

_MOST: Final = 500


class Gathering:
    """Belongs to one event loop; the thread that stores is the executor's."""

    def __init__(self, put: Callable[[Sequence[Delivery]], list[bool]], executor: Executor) -> None:
        self._put, self._executor = put, executor
        self._waiting: list[tuple[Delivery, asyncio.Future[bool]]] = []
        self._task: asyncio.Task[None] | None = None

    async def put(self, delivery: Delivery) -> bool:
        """Store a delivery, and return whether it is new; raises what the inbox raises."""
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
                new = await asyncio.get_running_loop().run_in_executor(self._executor, self._put, deliveries)
            except Exception as failure:
                for _, stored in batch:
                    if not stored.done():  # its request may have gone away
                        stored.set_exception(failure)
            else:
                for (_, stored), is_new in zip(batch, new, strict=True):
                    if not stored.done():
                        stored.set_result(is_new)
