"""The protocol of the stores that keep the counts of the guard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from zoom_api_client.quota.window import Admitted, AttemptRefused, Rule, Usage

Clock = Callable[[], int]
"""Returns the microseconds since 1970."""


class Store(Protocol):
    """Keeps what users have used. Every method is atomic, and safe to call from any thread.

    What cannot be asked raises `ConnectionFailed`: without its store the guard lets nothing through.
    """

    may_block: bool
    """Whether a call may take a while, and so must not be made on an event loop."""

    def acquire(self, user: str, rule: Rule) -> Admitted | AttemptRefused:
        """Decide about a request; one that is admitted is counted, whatever becomes of this process."""
        ...

    def refund(self, user: str, stamp: int) -> None:
        """Count a request no more."""
        ...

    def usage(self, user: str) -> tuple[Usage, int]:
        """Return the usage of a user, and the moment on the store's clock."""
        ...

    def hold(self, user: str, until: int | None) -> None:
        """Admit nothing until then, or until the next 00:00 UTC."""
        ...

    def recall(self, name: str) -> str | None:
        """Return the user whom a name means, if that was remembered."""
        ...

    def remember(self, name: str, user: str, seconds: float) -> None:
        """Remember for some seconds whom a name means."""
        ...

    def merge(self, name: str, user: str) -> None:
        """Count for a user what was counted under a name, before it was known whose that is."""
        ...

    def close(self) -> None:
        """Close what is open; it opens again if need be."""
        ...
