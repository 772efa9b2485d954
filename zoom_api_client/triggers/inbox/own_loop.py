"""The event loop of a worker's own thread, which no handler can stop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from zoom_api_client.triggers.inbox.error_text import trace

_log = logging.getLogger("zoom_api_client.triggers")


def run(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine to its end in a new event loop.

    A task that a handler starts, in a `TaskGroup` for example, stops the loop with `sys.exit()`: asyncio raises it out
    of the loop. The loop goes on, so that the handler has failed, and those that run beside it have not.
    """
    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        running = loop.create_task(coroutine)
        while not running.done():
            try:
                loop.run_until_complete(running)
            except BaseException as error:
                if running.done() or loop.is_closed():
                    raise
                _log.error("a handler stopped the event loop, which goes on: %s", trace(error))
