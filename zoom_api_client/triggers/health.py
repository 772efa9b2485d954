"""How a receiver stands, for those who watch over it."""

from __future__ import annotations

import logging
from collections.abc import Callable

import attrs

from zoom_api_client.errors import ZoomError
from zoom_api_client.triggers.reply import Reply

_log = logging.getLogger("zoom_api_client.triggers")


@attrs.frozen
class Health:
    """How a receiver stands.

    Attributes:
        worker_alive: whether events are being handled; None where this process is not the one that does.
        waiting: how many events wait, some of them for their next attempt.
        oldest: for how many seconds the oldest event that could be handled has waited.
        dead_letters: how many events were given up.
    """

    worker_alive: bool | None
    waiting: int
    oldest: float
    dead_letters: int

    @property
    def is_good(self) -> bool:
        """Whether what is received is handled, as far as this process knows."""
        return self.worker_alive is not False


def answer_probe(health: Callable[[], Health]) -> Reply:
    """Return what a probe is answered: 200 and how the receiver stands, or 503."""
    try:
        found = health()
    except ZoomError as failure:
        _log.error("the receiver's health cannot be told: %s", failure)
        return Reply.json({"error": "the inbox cannot be read"}, 503)
    return Reply.json(attrs.asdict(found), 200 if found.is_good else 503)
