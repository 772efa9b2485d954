"""A redis-py client, which every store takes instead of a URL; redis itself is not imported here."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable


@runtime_checkable
class RedisClient(Protocol):
    """A `redis.Redis` of the caller's, who closes it: for what a URL cannot say."""

    connection_pool: Any

    def register_script(self, script: Any) -> Any:
        """Tell it from other stores."""
        ...
