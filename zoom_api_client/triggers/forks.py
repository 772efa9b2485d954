"""Clean up after a fork: the child has no threads, and locks that nobody will ever release."""

from __future__ import annotations

import os
import sys
from threading import RLock
from typing import Final, Protocol
from weakref import WeakSet

_PATIENCE: Final = 5.0  # seconds that a fork waits for imports to end


class Renewable(Protocol):
    """Something that has threads."""

    def renew(self) -> None:
        """Make threads, locks and queues anew, in a child that has just been forked."""


importing = RLock()
"""To be held by a thread that imports, as reading the first event of a kind does: a fork waits for its end.

A module that was half imported by another thread is locked forever in the child, whose first event would wait for it.
"""

_alive: WeakSet[Renewable] = WeakSet()
_held: list[bool] = []


def renew_in_children(thing: Renewable) -> None:
    """Call `thing.renew()` in every process that is forked from this one while it lives."""
    _alive.add(thing)


def _before() -> None:
    _held.append(importing.acquire(timeout=_PATIENCE))


def _after() -> None:
    if _held.pop():
        importing.release()


def _renew_all() -> None:
    _after()
    for thing in list(_alive):
        thing.renew()


if sys.platform != "win32":
    os.register_at_fork(before=_before, after_in_parent=_after, after_in_child=_renew_all)
