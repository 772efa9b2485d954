"""Locks, sleep and threads for asyncio and trio.

`transport/primitives` has the same names for threads: this file is not derived. Everything else in
`_async/` waits by these, by what the HTTP library awaits, and by nothing else.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, suppress
from functools import partial
from typing import Any, TypeVar
from weakref import WeakSet

import anyio
from anyio import Lock
from anyio.lowlevel import current_token

from zoom_api_client._async.cancelling import close_connections, run_cancellable, send_cancellable
from zoom_api_client.core import executor
from zoom_api_client.core.steps import Call, Sleep, Steps
from zoom_api_client.transport import client_options, http, wire
from zoom_api_client.transport.lent import lend
from zoom_api_client.transport.primitives import results
from zoom_api_client.transport.settings import Settings

__all__ = [
    "Home",
    "Lock",
    "check",
    "close_at",
    "current_home",
    "gather",
    "is_over",
    "make_client",
    "make_limiter",
    "perform",
    "run",
    "run_cancellable",
    "send_cancellable",
    "sleep",
]

T = TypeVar("T")

Home = tuple[int, Any]

_ALL = 2**31
_closing: WeakSet[asyncio.Task[None]] = WeakSet()


def check(settings: Settings) -> None:
    """Refuse settings that no client could be made of."""
    if settings.transport == "aiohttp":
        from zoom_api_client._async import aiohttp

        aiohttp.check(settings.options)
    transport = None if settings.transport == "aiohttp" else settings.transport
    client_options.check(settings.options, transport, "handle_async_request")


def make_client(settings: Settings) -> http.AsyncClient:
    """Return an HTTP client. Its TLS is read from the disk, so it is made in a thread."""
    own: client_options.Options = {"limits": client_options.LIMITS}
    tls: client_options.Options = {"verify": client_options.ssl_context(settings.options)}
    options = client_options.Options(**{**own, **settings.options, **tls})
    if settings.transport == "aiohttp":
        from zoom_api_client._async.aiohttp import AiohttpTransport

        transport = AiohttpTransport(options)
        return http.AsyncClient(transport=transport, timeout=settings.timeout, **client_options.without_proxy(options))
    made = http.AsyncClient(**lend(settings.transport, {**options, "timeout": settings.timeout}))
    for pool in wire.connection_pools(made):
        pool._close_connections = partial(close_connections, pool._close_connections)
    return made


def make_limiter(most: int | None) -> AbstractAsyncContextManager[Any]:
    """Return a context manager that lets in `most` at a time; None lets in all.

    It is entered before a request waits for its turn, also where it lets in all: the first time loads what anyio needs
    for the event loop, 65 ms and more, by which the request would be late.
    """
    return anyio.Semaphore(_ALL if most is None else most, fast_acquire=True)


async def sleep(seconds: float) -> None:
    """Wait for some seconds, letting others run."""
    await anyio.sleep(seconds)


async def perform(steps: Steps[T]) -> T:
    """Take the steps, letting others run, and return their result."""
    go_on: Callable[[], Any] = partial(next, steps)
    while True:
        try:
            step = go_on()
        except StopIteration as end:
            value: T = end.value
            return value
        try:
            go_on = partial(steps.send, await _take(step))
        except BaseException as failure:
            go_on = partial(steps.throw, failure)


async def _take(step: Sleep | Call | Future[Any]) -> Any:
    if isinstance(step, Sleep):
        return await sleep(step.seconds)
    if isinstance(step, Call):
        return await run(step.call, may_block=step.may_block, undo=step.undo)
    return await _result(step)


async def run(call: Callable[[], T], *, may_block: bool = True, undo: Callable[[Future[T]], None] | None = None) -> T:
    """Make a call in a thread if it may wait, and return its result. `undo` is given the call of a cancelled task."""
    if not may_block:
        return call()
    future = executor.submit(call)
    try:
        return await _result(future)
    except BaseException as end:
        if undo and not isinstance(end, Exception):
            future.cancel()
            undo(future)
        raise


async def _result(future: Future[T]) -> T:
    """Return the result of a future that a thread will set. Who is cancelled meanwhile does not cancel it."""
    done, loop = anyio.Event(), current_token().native_token
    soon: Any = getattr(loop, "call_soon_threadsafe", None) or getattr(loop, "run_sync_soon", None)

    def wake(_: Future[T]) -> None:
        with suppress(RuntimeError):  # the event loop is closed: nobody waits any more
            soon(done.set)

    future.add_done_callback(wake)
    await done.wait()
    return executor.result(future)


def current_home() -> Home:
    """Return the process and the event loop of the caller: locks and connections belong to one."""
    return os.getpid(), current_token().native_token


def is_over(place: Home) -> bool:
    """Return whether nothing can run there any more: in an event loop that is closed, or another process."""
    process, loop = place
    return process != os.getpid() or (isinstance(loop, asyncio.AbstractEventLoop) and loop.is_closed())


def close_at(place: Home, client: http.AsyncClient) -> None:
    """Have a client closed by its own event loop, if that runs or will run again."""
    _, loop = place
    with suppress(RuntimeError):  # it has ended meanwhile
        if isinstance(loop, asyncio.AbstractEventLoop):
            loop.call_soon_threadsafe(lambda: _closing.add(loop.create_task(client.aclose())))
        else:
            import trio

            loop.run_sync_soon(trio.lowlevel.spawn_system_task, client.aclose)


async def gather(works: Iterable[Callable[[], Awaitable[T]]], at_once: int, stop: Callable[[], object]) -> list[T]:
    """Do all, and return the results in order. A failure is raised when the others are done.

    Args:
        works: what to do.
        at_once: how many at a time.
        stop: not needed: tasks can be cancelled.
    """
    free = anyio.Semaphore(at_once)
    done: dict[int, T | BaseException] = {}

    async def one(number: int, work: Callable[[], Awaitable[T]]) -> None:
        async with free:
            try:
                done[number] = await work()
            except Exception as failure:
                done[number] = failure

    async with anyio.create_task_group() as group:
        for number, work in enumerate(works):
            group.start_soon(one, number, work)
    return results(done[number] for number in sorted(done))
