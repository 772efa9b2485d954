"""Several at once, in tasks or in threads: the one thing of downloads that each world does in its own way."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


async def atogether(works: Iterable[Callable[[], Awaitable[T]]], at_once: int, stop: Callable[[], object]) -> list[T]:
    """Do all, so many at a time, and return the results in order. What fails is raised when the others are done."""
    free = asyncio.Semaphore(at_once)

    async def one(work: Callable[[], Awaitable[T]]) -> T:
        async with free:
            return await work()

    return _results(await asyncio.gather(*map(one, works), return_exceptions=True))


def together(works: Iterable[Callable[[], T]], at_once: int, stop: Callable[[], object]) -> list[T]:
    """Do the same in threads. They cannot be cancelled as tasks are, by Ctrl-C for example: `stop` ends them."""
    with ThreadPoolExecutor(at_once, "zoom-api-client download") as pool:
        futures = [pool.submit(work) for work in works]
        try:
            return _results([future.exception() or future.result() for future in futures])
        except BaseException:
            stop()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _results(done: list[T | BaseException]) -> list[T]:
    failures = [each for each in done if isinstance(each, BaseException)]
    for other in failures[1:]:
        failures[0].add_note(str(other))
    if failures:
        raise failures[0]
    return [each for each in done if not isinstance(each, BaseException)]
