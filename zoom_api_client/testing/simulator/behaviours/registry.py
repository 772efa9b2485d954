"""The registry of behaviours: functions for the operations that do more than store rows.

    @behaviour("meetings.create_meeting")
    def create_meeting(call: Call) -> Row:
        meeting = call.create(status="waiting")
        call.emit("meeting.created", meeting)
        return meeting

A behaviour returns what is shown: a row, the rows of a list, fields that are laid over the contract's example, an
answer as it is, or None for the contract's.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from zoom_api_client.testing.simulator.call import Call

Behaviour = Callable[[Call], Any]

_BEHAVIOURS: dict[str, Behaviour] = {}
_PACKAGE = __name__.rpartition(".")[0]


def behaviour(*operations: str) -> Callable[[Behaviour], Behaviour]:
    """Register a function as the behaviour of operations, which are named as in `meetings.create_meeting`."""

    def register(function: Behaviour) -> Behaviour:
        for name in operations:
            if _BEHAVIOURS.setdefault(name, function) is not function:
                raise ValueError(f"{name} has two behaviours: {_BEHAVIOURS[name].__name__} and {function.__name__}")
        return function

    return register


@cache
def behaviours() -> Mapping[str, Behaviour]:
    """Return all behaviours, by the names of their operations."""
    for module in pkgutil.iter_modules(import_module(_PACKAGE).__path__):
        import_module(f"{_PACKAGE}.{module.name}")
    return _BEHAVIOURS
