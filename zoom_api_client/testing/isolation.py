"""A test is isolated from what the library does besides sending requests: waiting, and files of the user."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

from zoom_api_client import quota
from zoom_api_client.connection.user_oauth import RenewableConnection
from zoom_api_client.quota.host_identity import Question
from zoom_api_client.quota.host_lookup import Finder
from zoom_api_client.transport.retry import Attempt, Retry
from zoom_api_client.transport.throttle import Throttle


def isolate() -> ExitStack:
    """Keep the library, from `with` to its end, from waiting and from the files of the user."""
    stack = ExitStack()
    stack.enter_context(patch.object(Retry, "wait", _without_waiting(Retry.wait)))
    stack.enter_context(patch.object(RenewableConnection, "default_store", "memory://"))
    # A throttle neither waits nor learns: its store may be shared with programs at work.
    stack.enter_context(patch.multiple(Throttle, wait=_do_nothing, after=_do_nothing))
    stack.enter_context(patch.multiple(Throttle, wait_async=_do_nothing_async, after_async=_do_nothing_async))
    # The default guard counts in a file that the user's programs share, and asks Zoom who a host is before it does.
    guard = quota.Guard("memory://")
    stack.enter_context(patch.object(quota, "default", lambda _base_url="": guard))
    stack.enter_context(patch.multiple(Finder, find=_name_host, afind=_name_host_async))
    return stack


def _without_waiting(wait: Any) -> Any:
    def decide(self: Retry, failed: Attempt) -> float | None:
        return None if wait(self, failed) is None else 0.0

    return decide


def _do_nothing(*_args: Any) -> None:
    pass


async def _do_nothing_async(*_args: Any) -> None:
    pass


def _name_host(_finder: Finder, question: Question, _lookup: Any) -> str:
    return question.user or question.name


async def _name_host_async(finder: Finder, question: Question, lookup: Any) -> str:
    return _name_host(finder, question, lookup)
