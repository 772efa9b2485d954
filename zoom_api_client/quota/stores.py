"""Opens the store in which the guard counts, by its URL."""

from __future__ import annotations

from zoom_api_client.quota.base import Clock, Store
from zoom_api_client.storage.redis_client import RedisClient
from zoom_api_client.storage.url import REDIS, parse_store_url, state_path


def open_store(given: str | RedisClient, clock: Clock) -> Store:
    """Return the store of a URL, or of a redis-py client. `sqlite://` alone is a file in the user's state."""
    place = parse_store_url(given, "store of the guard", ("sqlite", *REDIS, "memory"))
    if place.scheme == "memory":
        from zoom_api_client.quota.memory import MemoryStore

        return MemoryStore(clock)
    if place.scheme == "sqlite":
        from zoom_api_client.quota.sqlite import SQLiteStore  # loads sqlite3

        return SQLiteStore(place.path or state_path("quota.db"), clock)
    from zoom_api_client.quota.redis import RedisStore

    return RedisStore(place.server)
