"""From a stored delivery to the handlers of its event."""

from __future__ import annotations

import asyncio
import contextvars
import hashlib
import inspect
from collections import OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from zoom_api_client.core import event
from zoom_api_client.core.model import Event
from zoom_api_client.triggers.handlers import Handler

_REMEMBERED: Final = 1000  # events of which some handlers have succeeded, and others will be tried again


class Dispatcher:
    """Calls handlers: those that are `async` on the loop, the others in threads.

    If one fails, the event is handled again later, and those that have succeeded are not called a second time: as
    long as the process lives, for it is its memory that knows them.

    Args:
        handlers: returns the handlers of an event's name.
        threads: how many handlers that are not `async` run at once.
    """

    def __init__(self, handlers: Callable[[str], Iterable[Handler]], threads: int) -> None:
        self._handlers = handlers
        self._threads = ThreadPoolExecutor(threads, "zoom-api-client handler")
        self._succeeded: OrderedDict[bytes, list[Handler]] = OrderedDict()

    async def __call__(self, body: bytes) -> None:
        """Hand the event of a body to its handlers, and return when they have; raises what they raise."""
        parsed = event.parse(body)
        name = event.name(parsed.__dict__.get("event"))
        mark = hashlib.sha256(body).digest()
        before = self._succeeded.pop(mark, [])
        wanted = [each for each in self._handlers(name) if each not in before]
        results = await asyncio.gather(*(self._call(each, parsed) for each in wanted), return_exceptions=True)
        failures = [each for each in results if isinstance(each, BaseException)]
        if not failures:
            return
        done = [each for each, result in zip(wanted, results, strict=True) if not isinstance(result, BaseException)]
        self._remember(mark, before + done)
        raise failures[0] if len(failures) == 1 else BaseExceptionGroup(f"handlers of {name}", failures)

    async def _call(self, handler: Handler, parsed: Event) -> None:
        kind: Any = type(handler)
        if inspect.iscoroutinefunction(handler) or inspect.iscoroutinefunction(kind.__call__):
            await handler(parsed)
            return
        run: Any = contextvars.copy_context().run
        result = await asyncio.get_running_loop().run_in_executor(self._threads, run, handler, parsed)
        if inspect.isawaitable(result):  # a function that returns a coroutine
            await result

    def _remember(self, mark: bytes, succeeded: list[Handler]) -> None:
        if succeeded:
            self._succeeded[mark] = succeeded
        while len(self._succeeded) > _REMEMBERED:
            self._succeeded.popitem(last=False)

    def close(self) -> None:
        """Begin no handler any more."""
        self._threads.shutdown(wait=False, cancel_futures=True)
