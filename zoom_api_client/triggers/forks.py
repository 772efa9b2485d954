"""What a fork leaves behind: the child has no threads, and locks that nobody will ever release."""

from __future__ import annotations

import os
import sys
from typing import Protocol
from weakref import WeakSet


class Renewable(Protocol):
    """Something that has threads."""

    def renew(self) -> None:
        """Make threads, locks and queues anew, in a child that has just been forked."""


_alive: WeakSet[Renewable] = WeakSet()


def renew_in_children(thing: Renewable) -> None:
    """Call `thing.renew()` in every process that is forked from this one while it lives."""
    _alive.add(thing)


def _renew_all() -> None:
    for thing in list(_alive):
        thing.renew()


if sys.platform != "win32":
    os.register_at_fork(after_in_child=_renew_all)
