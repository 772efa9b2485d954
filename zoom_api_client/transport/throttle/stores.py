"""The protocol of the stores that keep reservations, and the choice of one by its URL."""

from __future__ import annotations

from typing import Protocol

from zoom_api_client.storage.redis_client import RedisClient
from zoom_api_client.storage.url import REDIS, parse_store_url, state_path
from zoom_api_client.transport.throttle.clock import Clock
from zoom_api_client.transport.throttle.policy import Claim, Reservation, ReservationRefused


class Store(Protocol):
    """Keeps reservations. Every method is atomic, and safe to call from any thread."""

    may_block: bool
    """Whether a call may take a while, and so must not be made on an event loop."""

    def reserve(self, claim: Claim) -> Reservation | ReservationRefused:
        """Reserve a place."""
        ...

    def release(self, reservation: Reservation) -> None:
        """Give back a place that was not taken: another may have it."""
        ...

    def hold(self, account: str, key: str, seconds: float) -> None:
        """Let nothing through for a while: `key` is a claim's `key` or `day_key`."""
        ...

    def close(self) -> None:
        """Close what is open."""
        ...


def open_store(given: str | RedisClient, clock: Clock) -> Store:
    """Return the store of a URL, or of a redis-py client. `sqlite://` alone is a file in the user's state."""
    place = parse_store_url(given, "store of the throttle", ("sqlite", *REDIS, "memory"))
    if place.scheme == "memory":
        from zoom_api_client.transport.throttle.memory import MemoryStore

        return MemoryStore(clock)
    if place.scheme == "sqlite":
        from zoom_api_client.transport.throttle.sqlite import SQLiteStore  # loads sqlite3

        return SQLiteStore(place.path or state_path("throttle.db"), clock)
    from zoom_api_client.transport.throttle.redis import RedisStore

    return RedisStore(place.server)
