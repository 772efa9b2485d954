"""Locks, sleep and threads for blocking code. `_async/primitives` has the same names for event loops."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from threading import Lock, Semaphore
from typing import Any, TypeVar

from zoom_api_client.core.steps import perform
from zoom_api_client.transport import client_options, http
from zoom_api_client.transport.lent import lend
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

Home = int


def check(settings: Settings) -> None:
    """Refuse settings that no client could be made of."""
    client_options.check(settings.options, settings.transport, "handle_request")


def make_client(settings: Settings) -> http.Client:
    """Return an HTTP client."""
    own: client_options.Options = {"limits": client_options.LIMITS}
    tls: client_options.Options = {"verify": client_options.ssl_context(settings.options)}
    return http.Client(**lend(settings.transport, {**own, **settings.options, **tls, "timeout": settings.timeout}))


def make_limiter(most: int | None) -> AbstractContextManager[Any]:
    """Return a context manager that lets in `most` at a time; None lets in all.

    It waits by a lock of `threading`'s, where gevent puts its own, also after this module is imported: a queue of C,
    five times as fast, would stop all greenlets of the thread.
    """
    return nullcontext() if most is None else Semaphore(most)


def sleep(seconds: float) -> None:
    """Wait for some seconds."""
    time.sleep(seconds)


def run_cancellable(work: Callable[[], T]) -> T:
    """Do work of the HTTP library's: what threads do is not cancelled."""
    return work()


def send_cancellable(client: http.Client, request: http.HTTPRequest, work: Callable[[], T]) -> T:
    """Do work that sends a request."""
    return work()


def run(call: Callable[[], T], *, may_block: bool = True) -> T:
    """Make a call, and return its result."""
    return call()


def current_home() -> Home:
    """Return the process of the caller: locks and connections belong to one, and a fork copies them."""
    return os.getpid()


def is_over(place: Home) -> bool:
    """Return whether nothing can run there any more: in another process."""
    return place != os.getpid()


def close_at(place: Home, client: http.Client) -> None:
    """Close a client that is elsewhere; for threads there is no elsewhere."""


def gather(works: Iterable[Callable[[], T]], at_once: int, stop: Callable[[], object]) -> list[T]:
    """Do all, and return the results in order. A failure is raised when the others are done.

    Args:
        works: what to do.
        at_once: how many at a time.
        stop: ends them all; threads cannot be cancelled as tasks are, by Ctrl-C for example.
    """
    with ThreadPoolExecutor(at_once, "zoom-api-client download") as pool:
        futures = [pool.submit(work) for work in works]
        try:
            return results([future.exception() or future.result() for future in futures])
        except BaseException:
            stop()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def results(done: Iterable[T | BaseException]) -> list[T]:
    """Return the results, or raise the first failure with the others as its notes."""
    outcomes = list(done)
    failures = [each for each in outcomes if isinstance(each, BaseException)]
    for other in failures[1:]:
        failures[0].add_note(str(other))
    if failures:
        raise failures[0]
    return [each for each in outcomes if not isinstance(each, BaseException)]
