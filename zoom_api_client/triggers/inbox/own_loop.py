"""Event loops in threads of our own, which no handler can stop.

A task that a handler starts, in a `TaskGroup` for example, stops the loop with `sys.exit()`: asyncio raises it out of
the loop. The loop goes on, so that the handler has failed, and those that run beside it have not.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from zoom_api_client.triggers.inbox.error_text import trace

_log = logging.getLogger("zoom_api_client.triggers")


def run(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine to its end in a new event loop."""
    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        running = loop.create_task(coroutine)
        while not running.done():
            try:
                loop.run_until_complete(running)
            except BaseException as error:
                if running.done() or loop.is_closed():
                    raise
                _tell(error)


def run_forever(loop: asyncio.AbstractEventLoop) -> None:
    """Run an event loop until it is closed."""
    while not loop.is_closed():
        try:
            loop.run_forever()
        except BaseException as error:
            _tell(error)


def _tell(error: BaseException) -> None:
    _log.error("a handler stopped the event loop, which goes on: %s", trace(error))
