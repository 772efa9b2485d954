"""Calls the handlers of the event that a stored delivery holds."""

from __future__ import annotations

import asyncio
import hashlib
import inspect
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any, Final

from zoom_api_client.core import event
from zoom_api_client.core.event import Event
from zoom_api_client.errors import ZoomError
from zoom_api_client.triggers.forks import importing
from zoom_api_client.triggers.handler_threads import HandlerThreads
from zoom_api_client.triggers.handlers import Handler
from zoom_api_client.triggers.inbox.error_text import describe

_REMEMBERED: Final = 1000  # events of which some handlers have succeeded, and others will be tried again
_TO_END: Final = 1.0  # seconds that a handler gets to end when it is cancelled


class HandlerFailed(ZoomError):
    """A handler raised what is not an error, `SystemExit` or a cancellation, which is kept as `__cause__`."""


class HandlerTimeout(ZoomError, TimeoutError):
    """A handler did not return in time."""


class Dispatcher:
    """Calls handlers: those that are `async` on the loop, the others in threads.

    If one fails, the event is handled again later, and those that have succeeded are not called a second time: as
    long as the process lives, for it is its memory that knows them.

    Args:
        handlers: returns the handlers of an event's name.
        threads: how many handlers that are not `async` run at once.
        timeout: seconds that a handler may take. Then it is cancelled, if it is `async`; the thread of another one is
            given up. It has failed in both cases.
    """

    def __init__(self, handlers: Callable[[str], Iterable[Handler]], threads: int, timeout: float) -> None:
        self._handlers, self._timeout = handlers, timeout
        self._threads = HandlerThreads(threads)
        self._succeeded: OrderedDict[bytes, list[Handler]] = OrderedDict()
        self._left: set[asyncio.Task[Exception | None]] = set()

    async def __call__(self, body: bytes) -> bool:
        """Hand the event of a body to its handlers, and return whether there are any; raises what they raise."""
        with importing:
            parsed = event.parse(body)
        name = event.name(parsed.__dict__.get("event"))
        handlers = list(self._handlers(name))
        mark = hashlib.sha256(body).digest()
        before = self._succeeded.pop(mark, [])
        wanted = [each for each in handlers if each not in before]
        results = await asyncio.gather(*(self._attempt(each, parsed) for each in wanted))
        if failures := [each for each in results if each is not None]:
            self._remember(
                mark, before + [each for each, failed in zip(wanted, results, strict=True) if failed is None]
            )
            raise failures[0] if len(failures) == 1 else ExceptionGroup(f"handlers of {name}", failures)
        return bool(handlers)

    async def _attempt(self, handler: Handler, parsed: Event) -> Exception | None:
        """Call a handler, for as long as it may take, and return how it failed."""
        call = asyncio.create_task(self._call(handler, parsed))
        try:
            await asyncio.wait({call}, timeout=self._timeout)
            if not call.done():
                await self._cancel(call)
                return HandlerTimeout(f"{_name(handler)} did not return within {self._timeout:g} s (handler_timeout)")
        except asyncio.CancelledError:
            call.cancel()
            raise
        return HandlerFailed(f"{_name(handler)} cancelled itself") if call.cancelled() else call.result()

    async def _cancel(self, call: asyncio.Task[Exception | None]) -> None:
        """Cancel a call; one that does not end of it is left to itself."""
        call.cancel()
        self._left.add(call)
        call.add_done_callback(self._left.discard)
        await asyncio.wait({call}, timeout=_TO_END)

    async def _call(self, handler: Handler, parsed: Event) -> Exception | None:
        """Return what a handler raises. A task that raised `SystemExit` itself would end the event loop."""
        kind: Any = type(handler)
        try:
            if inspect.iscoroutinefunction(handler) or inspect.iscoroutinefunction(kind.__call__):
                await handler(parsed)
                return None
            result, error = await self._threads.run(handler, parsed)
            if inspect.isawaitable(result):  # a function that returns a coroutine
                await result
        except BaseException as raised:
            error = raised
        if error is None or isinstance(error, Exception):
            return error
        failure = HandlerFailed(f"{_name(handler)} raised {describe(error)}")
        failure.__cause__ = error
        return failure

    def _remember(self, mark: bytes, succeeded: list[Handler]) -> None:
        if succeeded:
            self._succeeded[mark] = succeeded
        while len(self._succeeded) > _REMEMBERED:
            self._succeeded.popitem(last=False)

    def close(self) -> None:
        """Begin no handler any more."""
        self._threads.close()


def name_of(body: bytes) -> str:
    """Return the name of the event of a body, "" where it has none."""
    return event.name(event.parse(body).__dict__.get("event"))


def _name(handler: Handler) -> str:
    return str(getattr(handler, "__qualname__", type(handler).__qualname__))
