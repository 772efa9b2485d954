"""Finds out who a host is: asks the guard's store, and Zoom once, however many want to know."""

# Derived from zoom_api_client/_async/host_lookup.py by `python -m generator build`: do not edit.
from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from zoom_api_client import errors
from zoom_api_client.transport.primitives import Lock, current_home, perform

if TYPE_CHECKING:
    from zoom_api_client.quota import Guard
    from zoom_api_client.quota.host_identity import Question


def find(guard: Guard, question: Question, lookup: Callable[[str], Awaitable[Any]]) -> str:
    """Return the user whom a question is about, who counts under the name given if Zoom does not tell.

    Args:
        guard: remembers the answer.
        question: whom a name means.
        lookup: GETs a path below the base URL, and returns the decoded JSON.
    """
    known = perform(guard.recall_steps(question))
    if known:
        return known
    key = current_home(), question.name
    with guard.asking.setdefault(key, Lock()):  # who asks while another is asking the same waits for the answer
        try:
            return perform(guard.recall_steps(question)) or _ask(guard, question, lookup)
        finally:
            guard.asking.pop(key, None)


def _ask(guard: Guard, question: Question, lookup: Callable[[str], Awaitable[Any]]) -> str:
    try:
        answer = question.read(lookup(question.path))
    except errors.ZoomError as error:
        answer = question.fall_back(error)
    perform(guard.remember_steps(question, answer))
    return answer.user
