"""The worker of a receiver: started once, watched, and started anew when it is gone."""

from __future__ import annotations

import asyncio
import atexit
import logging
import threading
from collections.abc import Callable
from typing import Final
from weakref import ref

from zoom_api_client.triggers.contained_tasks import contain
from zoom_api_client.triggers.forks import renew_in_children
from zoom_api_client.triggers.inbox import Worker
from zoom_api_client.triggers.inbox.error_text import trace

_MOST_HANGING: Final = 3  # workers whose handlers block their event loop forever; each holds a thread

_PAUSE: Final = 1.0  # seconds before a worker that broke down begins anew

_log = logging.getLogger("zoom_api_client.triggers")


class BackgroundWorker:
    """Keeps one worker running, in a thread of its own or on the event loop of an application.

    Args:
        make: returns a new worker.
    """

    def __init__(self, make: Callable[[], Worker]) -> None:
        self._make = make
        self._is_wanted = False
        self.renew()
        renew_in_children(self)

    def renew(self) -> None:
        """Begin without a worker; a child that was forked starts its own with the next delivery."""
        self._lock = threading.Lock()
        self._worker: Worker | None = None
        self._task: asyncio.Task[None] | None = None
        self._hanging: list[Worker] = []

    @property
    def is_alive(self) -> bool | None:
        """True if the worker is alive; None if none was started, or it was stopped."""
        return self._worker is not None and self._worker.is_alive if self._is_wanted else None

    def start(self) -> None:
        """Start in a thread, unless a worker is there."""
        with self._lock:
            self._is_wanted = True
            if self._worker is None:
                self._start_thread()

    def start_here(self) -> None:
        """Start on the running event loop, unless a worker is there."""
        with self._lock:
            self._is_wanted = True
            if self._worker is None or self._is_loop_gone():
                contain(asyncio.get_running_loop())
                self._worker = self._make()
                self._task = asyncio.create_task(self._run_here(self._worker))

    async def run_here(self) -> None:
        """Run on this event loop until cancelled."""
        self.start_here()
        if self._task is not None:
            await self._task

    def revive(self) -> bool:
        """Start a worker where one is wanted and none is, and return whether what is received is being handled."""
        if not self._is_wanted or self.is_alive:
            return True
        with self._lock:
            if self._worker is None or self._is_loop_gone():  # this process was forked, or its application ended
                self._start_thread()
            elif self._task is None and self._worker.hangs:
                self._replace(self._worker)
        return bool(self.is_alive)

    def stop(self) -> None:
        """Stop, and wait for the handlers that run."""
        worker, task = self._take()
        if worker is not None and task is None:
            worker.stop()
        elif worker is not None and task is not None and not task.get_loop().is_closed():
            task.get_loop().call_soon_threadsafe(worker.stop)

    async def stop_here(self) -> None:
        """Stop, and wait for the handlers that run, without blocking the event loop."""
        worker, task = self._take()
        if worker is None:
            return
        if task is None:
            await asyncio.to_thread(worker.stop)
        elif task.get_loop() is asyncio.get_running_loop():
            worker.stop()
            await asyncio.wait([task])

    def _start_thread(self) -> None:
        self._worker, self._task = self._make(), None
        self._worker.start()
        _stop_at_exit(ref(self))

    def _replace(self, worker: Worker) -> None:
        """Let another worker take the place of one that hangs, which ends when it comes back."""
        self._hanging = [each for each in self._hanging if each.hangs]
        if len(self._hanging) < _MOST_HANGING:
            _log.critical("the worker hangs in a handler that blocks its event loop; another one takes its place")
            self._hanging.append(worker)
            worker.stop()
            self._start_thread()

    def _is_loop_gone(self) -> bool:
        return self._task is not None and (self._task.done() or self._task.get_loop().is_closed())

    async def _run_here(self, worker: Worker) -> None:
        while True:
            try:
                return await worker.run()
            except Exception as error:
                _log.critical("the worker broke down, and begins anew: %s", trace(error))
            await asyncio.sleep(_PAUSE)

    def _take(self) -> tuple[Worker | None, asyncio.Task[None] | None]:
        with self._lock:
            worker, task = self._worker, self._task
            self._worker = self._task = None
            self._is_wanted = False
        return worker, task


def _stop_at_exit(background: ref[BackgroundWorker]) -> None:
    """Stop before the interpreter waits for its threads: a mounted app is told of no end.

    `atexit` comes after that, and would be waited for; `concurrent.futures` stops its threads the same way.
    """

    def stop() -> None:
        if (alive := background()) is not None:
            alive.stop()

    register: Callable[..., object] = getattr(threading, "_register_atexit", atexit.register)
    register(stop)
