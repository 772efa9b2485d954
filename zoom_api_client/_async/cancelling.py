"""Cleans up after a cancelled task: its request, and the connections of its HTTP client.

httpcore shields what it does in the end from anyio's cancellation, but not from asyncio's own (`asyncio.timeout`,
`Task.cancel`): cut there, a connection counts as active forever, and after 30 of them no request finds a free one
(httpcore 1093). trio has but one kind of cancellation.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

import anyio
from anyio.lowlevel import current_token

from zoom_api_client.transport import http, wire

T = TypeVar("T")


async def run_cancellable(work: Callable[[], Awaitable[T]]) -> T:
    """Do work of the HTTP library's in a task of its own, which anyio cancels if the caller's is, and end it first."""
    loop = current_token().native_token
    if not isinstance(loop, asyncio.AbstractEventLoop):
        return await work()
    scope = anyio.CancelScope()
    task = loop.create_task(_within(scope, work))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        scope.cancel()
        with anyio.CancelScope(shield=True):
            await asyncio.wait((task,))
        raise


async def _within(scope: anyio.CancelScope, work: Callable[[], Awaitable[T]]) -> T:
    with scope:
        return await work()
    raise asyncio.CancelledError  # nobody reads that: whoever asked for the work was cancelled


async def send_cancellable(client: http.AsyncClient, request: http.HTTPRequest, work: Callable[[], Awaitable[T]]) -> T:
    """Do work that sends a request by httpx's own transport or ours, in the caller's task: one more takes longer.

    What a cancellation cuts off in the connection pool is done afterwards.
    """
    return await _run_to_the_end(work, partial(_end_request, client, request))


async def _end_request(client: http.AsyncClient, request: http.HTTPRequest) -> None:
    for pool in wire.connection_pools(client):
        for connection in wire.forget_request(pool, request):
            await connection.aclose()
        await pool._close_connections(pool._assign_requests_to_connections())


async def close_connections(close: Callable[[list[Any]], Awaitable[None]], connections: list[Any]) -> None:
    """Close connections that a pool has let go: at once, for somebody may be about to send by one of them."""
    if connections:
        close_all = partial(close, connections)
        await _run_to_the_end(close_all, close_all)


async def _run_to_the_end(work: Callable[[], Awaitable[T]], end: Callable[[], Awaitable[None]]) -> T:
    """Do work in the caller's task. If that is cancelled, the end of it is done in one of its own, whole."""
    try:
        return await work()
    except asyncio.CancelledError:
        await run_cancellable(partial(_shielded, end))
        raise


async def _shielded(work: Callable[[], Awaitable[None]]) -> None:
    with anyio.CancelScope(shield=True):
        await work()
