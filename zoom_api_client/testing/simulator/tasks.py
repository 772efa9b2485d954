"""Tasks: what is done later, when the clock gets there.

A function marked `@task` is scheduled by its name, `state.clock.schedule(due, "send_draft", account, draft_id)`. It
takes ids alone, and looks for what they mean when its time has come: so it waits in a dump too.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

Task = Callable[..., None]

_TASKS: dict[str, Task] = {}


def task(function: Task) -> Task:
    """Let a function be scheduled, by its name."""
    _TASKS[function.__name__] = function
    return function


def do(state: Any, name: str, *ids: str) -> None:
    """Do a task."""
    _TASKS[name](state, *ids)


def check(asked: Sequence[Sequence[str]]) -> None:
    """Check that there are some tasks, each with its ids. Raises `LookupError` or `TypeError`."""
    for name, *ids in asked:
        inspect.signature(_TASKS[name]).bind(None, *ids)
