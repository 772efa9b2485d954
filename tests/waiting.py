"""Waits for what no event tells of. A test that waits in vain fails."""

import asyncio
import time
from collections.abc import Callable


def wait_until(true: Callable[[], object], within: float = 30.0) -> None:
    """Wait until something is so."""
    end = time.monotonic() + within
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.005)


async def until(true: Callable[[], object], within: float = 30.0) -> None:
    """Wait until something is so, and let others run."""
    async with asyncio.timeout(within):
        while not true():  # noqa: ASYNC110 - what is waited for knows nothing of events
            await asyncio.sleep(0.005)
