"""The protocol of an inbox: deliveries go in, workers lease them as tasks, and people look at dead ones."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

import attrs

from zoom_api_client.errors import ZoomError


class InboxFailed(ZoomError):
    """The inbox could not be read or written; what `put` was given counts as not stored. `__cause__` says why."""


class Unwanted(Exception):
    """There is no handler here for an event of this name; `labels` are those under which another may want it."""

    def __init__(self, name: str, labels: Collection[str]) -> None:
        super().__init__(name)
        self.name, self.labels = name, labels


@attrs.frozen
class Delivery:
    """An event as it arrived.

    Attributes:
        key: what makes two deliveries one: the event's time and Zoom's `x-zm-request-id`, which its repeats share.
        body: the event, byte by byte. It holds personal data and tokens, and so is not shown.
        received_at: seconds since 1970.
        source: the way by which it came.
        mark: a second name under which the event is known for a day: the hash of what Zoom signed, where it signed.
    """

    key: str
    body: bytes = attrs.field(repr=False)
    received_at: float
    source: str = "webhook"
    mark: str | None = attrs.field(default=None, eq=False, repr=False)


@attrs.frozen
class Task:
    """A delivery that was leased to a worker.

    Attributes:
        delivery: the event.
        attempt: the how many-eth time that it is leased; 1 is the first. An earlier worker may have died over it.
        receipt: by what the inbox knows the lease.
    """

    delivery: Delivery
    attempt: int
    receipt: str = attrs.field(repr=False)


@attrs.frozen
class DeadLetter:
    """A delivery that was given up.

    Attributes:
        delivery: the event.
        attempts: how often it was tried.
        error: what went wrong the last time.
        died_at: seconds since 1970.
    """

    delivery: Delivery
    attempts: int
    error: str
    died_at: float


@attrs.frozen
class Counts:
    """The numbers of deliveries that wait (some for their next attempt), are being handled, and were given up."""

    waiting: int
    running: int
    dead: int


class Inbox(Protocol):
    """Keeps deliveries until they are handled.

    Every method is atomic, may be called from any thread, blocks (so an event loop calls it in a thread), and raises
    `InboxFailed`. What concerns a task whose lease was lost does nothing, but for `done`: handled is handled.
    """

    def put(self, deliveries: Sequence[Delivery]) -> list[bool]:
        """Store deliveries, all or none, and return for each whether it was new; on return they outlive the process."""
        ...

    def claim(self, most: int, *, lease: float, wait: float = 0.0) -> list[Task]:
        """Lease tasks for some seconds, the oldest first, waiting for the first one for at most about `wait` seconds.

        A lease that is neither extended nor ended in time is given to the next who claims.
        """
        ...

    def extend(self, tasks: Sequence[Task], *, lease: float) -> None:
        """Let leases end `lease` seconds from now."""
        ...

    def complete(self, tasks: Sequence[Task]) -> None:
        """Forget the bodies of tasks that were handled, and keep their keys for a day at least."""
        ...

    def retry(self, task: Task, *, seconds: float, error: str) -> None:
        """Lease a task again after some seconds."""
        ...

    def bury(self, task: Task, *, error: str) -> None:
        """Put a task among the dead letters."""
        ...

    def release(self, tasks: Sequence[Task], *, seconds: float = 0.0) -> None:
        """Give tasks back, to be claimed after some seconds; this attempt does not count."""
        ...

    def want(self, labels: Collection[str], *, seconds: float) -> None:
        """Remember for some seconds that there are handlers for the events of these labels."""
        ...

    def is_wanted(self, labels: Collection[str]) -> bool:
        """Return whether somebody wants the events of one of these labels."""
        ...

    def dead(self, most: int = 100) -> list[DeadLetter]:
        """Return dead letters, those that died first at the head."""
        ...

    def replay(self, key: str | None = None) -> int:
        """Let the dead letter of a key, or all, be handled anew, with all attempts, and return how many there were."""
        ...

    def purge(self, key: str | None = None) -> int:
        """Forget the dead letter of a key, or all, and return how many there were; repeats of them stay known."""
        ...

    def counts(self) -> Counts:
        """Return how many deliveries are in which state."""
        ...

    def lag(self) -> float:
        """Return for how many seconds the oldest delivery that could be claimed has waited; 0 if there is none."""
        ...

    def disconnect(self) -> None:
        """Close connections and files; the next call opens them again."""
        ...

    def close(self) -> None:
        """Close for good: every later call fails."""
        ...
