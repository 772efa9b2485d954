"""Tasks that handlers start on the event loop of an application, which they must not end.

asyncio raises `SystemExit` and `KeyboardInterrupt` of a task out of the event loop: `sys.exit()` in a `TaskGroup` of a
handler would end the application. Such a task fails by `HandlerFailed` instead, and with it the handler. Tasks that no
handler started are as they were.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextvars import Context
from typing import Any

from zoom_api_client.triggers.dispatch import HandlerFailed
from zoom_api_client.triggers.inbox.context import handled
from zoom_api_client.triggers.inbox.error_text import describe


def contain(loop: asyncio.AbstractEventLoop) -> None:
    """Let no task of a handler end a loop, from now on."""
    before = loop.get_task_factory()
    if not isinstance(before, _Factory):
        loop.set_task_factory(_Factory(before or asyncio.tasks.Task))


class _Factory:
    """Makes the tasks of a loop, by the factory that it had before."""

    def __init__(self, before: Callable[..., Any]) -> None:
        self._before = before

    def __call__(self, loop: asyncio.AbstractEventLoop, coroutine: Any, **options: Any) -> Any:
        context: Context | None = options.get("context")
        task = context.get(handled) if context is not None else handled.get(None)
        if task is not None and asyncio.iscoroutine(coroutine):
            coroutine = _contained(coroutine)
        if self._before is asyncio.tasks.Task:
            return asyncio.tasks.Task(coroutine, loop=loop, **options)
        return self._before(loop, coroutine, **options)


async def _contained(coroutine: Coroutine[Any, Any, Any]) -> Any:
    try:
        return await coroutine
    except (SystemExit, KeyboardInterrupt) as error:
        raise HandlerFailed(f"a task of a handler raised {describe(error)}") from error
