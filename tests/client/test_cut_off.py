"""Calls that asyncio itself cuts off, at any moment of their end, leave their connection to the next one."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import pytest

from tests.client.slow_server import slow_server
from zoom_api_client import AsyncZoom, Retry
from zoom_api_client.transport import http

ALONE = http.Limits(max_connections=1, max_keepalive_connections=1)


async def cut_off(zoom: AsyncZoom, waits: tuple[int, ...]) -> None:
    """Begin a call, and cancel it after so many turns of the event loop, again and again."""
    task = asyncio.create_task(zoom.call("GET", "/users/me"))
    for turns in waits:
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.mark.parametrize("again", range(8))
def test_a_call_that_is_cancelled_twice_leaves_its_connection_to_the_next(again: int) -> None:
    """The second time it is cut off in what the first has it do: to close the connection, for one."""

    async def work() -> None:
        async with AsyncZoom(
            "a token", base_url=served.base_url, limits=ALONE, retry=Retry(attempts=1), guard=None
        ) as zoom:
            await zoom.call("GET", "/users/me")
            for first in range(12):
                await cut_off(zoom, (first, again))
                async with asyncio.timeout(3):
                    await zoom.call("GET", "/users/me")

    with slow_server(0.0) as served:
        asyncio.run(work())
        assert served.served > 8


def test_an_awaited_call_takes_no_task_of_its_own() -> None:
    """A task for each call would take a tenth of the time of all calls, for the few that are cancelled."""
    made = []

    def count(loop: asyncio.AbstractEventLoop, coroutine: Any, **options: Any) -> asyncio.Task[Any]:
        made.append(coroutine)
        return asyncio.Task(coroutine, loop=loop, **options)

    async def work() -> None:
        async with AsyncZoom("a token", base_url=served.base_url, guard=None) as zoom:
            await zoom.call("GET", "/users/me")
            asyncio.get_running_loop().set_task_factory(count)
            await zoom.call("GET", "/users/me")
            assert made == []

    with slow_server(0.0) as served:
        asyncio.run(work())
