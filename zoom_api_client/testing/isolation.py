"""A test is isolated from what the library does besides sending requests: waiting, and files of the user."""

from __future__ import annotations

from contextlib import ExitStack
from functools import cache
from typing import Any
from unittest.mock import patch

from zoom_api_client import quota
from zoom_api_client._async.connections import AsyncConnections
from zoom_api_client.connection import base
from zoom_api_client.core.steps import Steps
from zoom_api_client.quota.host_identity import Question
from zoom_api_client.testing.late_tls import make_late
from zoom_api_client.transport import client_options, http
from zoom_api_client.transport.retry import Attempt, Retry
from zoom_api_client.transport.throttle import Throttle
from zoom_api_client.transport.throttle.reservation import Turn


def isolate() -> ExitStack:
    """Keep the library, from `with` to its end, from waiting and from the files of the user."""
    stack = ExitStack()
    stack.enter_context(patch.object(Retry, "wait", _skip_wait(Retry.wait)))
    stack.enter_context(patch.object(base, "LASTING_STORE", "memory://"))
    # A throttle neither waits nor learns: its store may be shared with programs at work.
    stack.enter_context(patch.multiple(Turn, wait_steps=_no_steps, take_steps=_taken))
    stack.enter_context(patch.object(Throttle, "learn_steps", _no_steps))
    # The default guard counts in a file that the user's programs share, and asks Zoom who a host is before it does.
    guard = quota.Guard("memory://")
    stack.enter_context(patch.object(quota, "default", lambda _base_url="": guard))
    stack.enter_context(patch.object(quota.Guard, "recall_steps", _name_user))
    stack.enter_context(patch.object(quota.Guard, "learn_host_steps", _no_steps))
    stack.enter_context(patch.object(client_options, "create_ssl_context", make_late))
    # What httpx sends is answered; what aiohttp would send is sent by httpx.
    stack.enter_context(patch.object(AsyncConnections, "here", _by_httpx(AsyncConnections.here)))
    return stack


def _by_httpx(here: Any) -> Any:
    async def decide(self: AsyncConnections) -> tuple[http.AsyncClient, Any]:
        client, places = await here(self)
        return (_client() if self.settings.transport == "aiohttp" else client), places

    return decide


@cache
def _client() -> http.AsyncClient:
    return http.AsyncClient()


def _skip_wait(wait: Any) -> Any:
    def decide(self: Retry, failed: Attempt) -> float | None:
        return None if wait(self, failed) is None else 0.0

    return decide


def _no_steps(*_args: Any) -> Steps[None]:
    yield from ()


def _taken(_turn: Turn) -> Steps[bool]:
    yield from ()
    return True


def _name_user(_guard: quota.Guard, question: Question) -> Steps[str]:
    yield from ()
    return question.user or question.name
