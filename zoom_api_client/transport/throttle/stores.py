"""Where reservations are kept, chosen by one URL."""

from __future__ import annotations

from typing import Protocol

from zoom_api_client.storage.url import REDIS, parse_store_url
from zoom_api_client.transport.throttle.clock import Clock
from zoom_api_client.transport.throttle.policy import Claim, Refused


class Store(Protocol):
    """Keeps reservations. Both methods are atomic, and safe to call from any thread."""

    remote: bool
    """Whether a call leaves the process, and so must not be made on an event loop."""

    def reserve(self, claim: Claim) -> float | Refused:
        """Reserve a place, and return the seconds to wait for it."""
        ...

    def hold(self, account: str, key: str, seconds: float) -> None:
        """Let nothing through for a while: `key` is a claim's `key` or `day_key`."""
        ...

    def close(self) -> None:
        """Close what is open."""
        ...


def open_store(url: str, clock: Clock) -> Store:
    """Return the store of a URL: `memory://`, `redis://…`, `rediss://…` or `unix://…` (a socket of Redis)."""
    place = parse_store_url(url, "store of the throttle", ("memory", *REDIS))
    if place.scheme == "memory":
        from zoom_api_client.transport.throttle.memory import MemoryStore

        return MemoryStore(clock)
    from zoom_api_client.transport.throttle.redis import RedisStore

    return RedisStore(place.server)
