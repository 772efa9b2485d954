"""Deliveries: events on their way to subscribers, and how often each was sent."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import attrs

from zoom_api_client.core import codec
from zoom_api_client.testing.sender import NO_ANSWER, REPEATS

NOT_SENT: Final = 0
REMEMBERED: Final = 1000  # deliveries


@attrs.frozen
class Attempt:
    """One time that an event was to be sent: when, the status, and what was said.

    The status is -1 if there was no answer, and 0 if nothing was sent.
    """

    at: str
    status: int
    answer: str = ""

    @property
    def is_taken(self) -> bool:
        """True if the receiver took it."""
        return 200 <= self.status < 300

    @property
    def is_repeated(self) -> bool:
        """True if Zoom sends again after it: the receiver failed, or did not answer."""
        return self.status == NO_ANSWER or self.status >= 500


@attrs.define
class Delivery:
    """An event on its way to one subscriber.

    Attributes:
        event: the name of the event.
        subscription: the id of the subscription.
        url: where it is sent; "" is a WebSocket.
        body: the bytes, the same each time.
        request_id: Zoom's name for the delivery, which its repeats share.
        attempts: each time that it was sent.
    """

    event: str
    subscription: str
    url: str
    body: bytes = attrs.field(repr=False)
    request_id: str = attrs.field(factory=lambda: _request_id())
    attempts: list[Attempt] = attrs.field(factory=list)

    @property
    def is_taken(self) -> bool:
        """True if the receiver has taken it."""
        return bool(self.attempts) and self.attempts[-1].is_taken

    @property
    def is_over(self) -> bool:
        """True if it is not sent any more."""
        return bool(self.attempts) and not (self.attempts[-1].is_repeated and len(self.attempts) <= len(REPEATS))

    def is_due(self, now: datetime) -> bool:
        """Return whether it is to be sent: at once, and 5, 20 and 60 minutes after attempts that failed."""
        if not self.attempts or self.is_over:
            return not self.attempts
        wait = timedelta(seconds=REPEATS[len(self.attempts) - 1])
        return now >= datetime.fromisoformat(self.attempts[-1].at) + wait

    @property
    def json(self) -> Any:
        """The event as JSON."""
        return codec.loads(self.body)

    def dump(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {**attrs.asdict(self), "body": self.body.decode()}

    @classmethod
    def load(cls, dumped: Mapping[str, Any]) -> Delivery:
        """Read one that was dumped."""
        attempts = [Attempt(**each) for each in dumped["attempts"]]
        return cls(**{**dumped, "body": dumped["body"].encode(), "attempts": attempts})


@attrs.define
class Deliveries:
    """The deliveries, in the order in which they were emitted: all that wait, and the last thousand."""

    _all: list[Delivery] = attrs.field(factory=list, init=False)

    def __iter__(self) -> Iterator[Delivery]:
        return iter(tuple(self._all))  # more are added by other threads

    def __getitem__(self, place: int) -> Delivery:
        return self._all[place]

    def add(self, delivery: Delivery) -> Delivery:
        """Add a new one."""
        self._all.append(delivery)
        return delivery

    def waiting(self) -> list[Delivery]:
        """Return those that are to be sent, now or later."""
        return [each for each in self if not each.is_over]

    def forget(self) -> None:
        """Forget the oldest of those that are over, but for a thousand."""
        over = [each for each in self if each.is_over][:-REMEMBERED]
        for each in over:
            self._all.remove(each)

    def clear(self) -> None:
        """Forget them all."""
        self._all.clear()

    def dump(self) -> list[dict[str, Any]]:
        """Return them all as JSON."""
        return [each.dump() for each in self]

    def load(self, dumped: list[dict[str, Any]]) -> None:
        """Take those of a dump in the place of all others."""
        self._all[:] = [Delivery.load(each) for each in dumped]


def _request_id() -> str:
    """Return a name as Zoom's deliveries have it: a UUID with other dashes."""
    text = secrets.token_hex(16)
    return "_".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
