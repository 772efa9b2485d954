"""Deliveries for tests."""

from __future__ import annotations

import time

from zoom_api_client.triggers.inbox import Delivery, Inbox, Task

BODY = '{"event":"meeting.started","payload":{"object":{"topic":"Résumé review"}}}'.encode() + b"\x00\xff"


def delivery(key: str = "a") -> Delivery:
    """Return a delivery of a key, with a body that is not text."""
    return Delivery(key, BODY, 1_780_000_000.25)


def deliveries(number: int, stem: str = "k") -> list[Delivery]:
    """Return so many, each of its own key."""
    return [delivery(f"{stem}{each}") for each in range(number)]


def claimed(inbox: Inbox, most: int = 10, *, lease: float = 60.0, within: float = 5.0) -> list[Task]:
    """Claim until there is something, or until seconds have passed."""
    until = time.monotonic() + within
    while not (tasks := inbox.claim(most, lease=lease, wait=0.05)) and time.monotonic() < until:
        pass
    return tasks
