"""The facts that a handler can ask about the event it is called with."""

from __future__ import annotations

from contextvars import ContextVar

from zoom_api_client.triggers.inbox.base import Task

handled: ContextVar[Task] = ContextVar("zoom_api_client.triggers.inbox")


def current() -> Task:
    """Return the task that is being handled, also in the thread of a blocking handler.

    An event is handled again if the process died, or the handler failed, before the end. A handler that must not do its
    work twice stores `current().delivery.key` together with that work, in one transaction under a unique key, and does
    nothing if it is there already.

    Raises:
        LookupError: no event of an inbox is being handled.
    """
    return handled.get()
