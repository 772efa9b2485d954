"""The connections of a URL of Redis: to the server that it names, or to the primary that its Sentinels name.

The one module that imports redis.
"""

from __future__ import annotations

from typing import Any, Final

from zoom_api_client.core.secret import Secret
from zoom_api_client.storage.extras import require_extra
from zoom_api_client.storage.sentinel import SentinelURL

with require_extra("redis", "a store in Redis"):
    import redis
    import redis.exceptions
    import redis.lock
    import redis.sentinel
    from redis.backoff import NoBackoff
    from redis.retry import Retry

__all__ = ["close_idle", "make", "redis"]

# A connection that the server has closed meanwhile, or that leads to a primary that is a replica now, is opened anew,
# once. What was not answered in time is not sent again: it may have been done.
_OPENED_ANEW: Final = (redis.ConnectionError, redis.ReadOnlyError)


def make(url: Secret, seconds: float, options: dict[str, Any]) -> Any:
    """Return a pool that opens up to 50 connections, and waits where all are used. It connects when it is first used.

    Raises `TypeError` or `ValueError` for options that redis-py does not have.
    """
    settings: dict[str, Any] = {
        "timeout": seconds,
        "socket_timeout": seconds,
        "socket_connect_timeout": seconds,
        "retry": Retry(NoBackoff(), 1, supported_errors=_OPENED_ANEW),
        "retry_on_error": list(_OPENED_ANEW),
        **options,
    }
    if "+sentinel://" in url.reveal():
        pool: Any = _of_sentinels(SentinelURL.parse(url.reveal()), settings)
    else:
        pool = redis.BlockingConnectionPool.from_url(url.reveal(), **settings)
    pool.connection_class(**pool.connection_kwargs)  # does not connect, and refuses options that there are not
    return pool


def close_idle(pool: Any) -> None:
    """Close the connections of a pool that nobody uses; they are opened again when needed.

    The blocking pool of redis before 7 closes all of them, and cannot be told otherwise.
    """
    if isinstance(pool, redis.BlockingConnectionPool):
        for idle in filter(None, list(pool.pool.queue)):
            idle.disconnect()
    else:
        pool.disconnect(inuse_connections=False)


class _SentinelPool(redis.sentinel.SentinelConnectionPool, redis.BlockingConnectionPool):
    """Leads to the primary, and asks the Sentinels anew for each connection that it opens."""

    def disconnect(self, inuse_connections: bool = True) -> None:
        """Close the connections, or those alone that nobody uses: when the primary has changed."""
        if inuse_connections:
            super().disconnect()
        else:
            close_idle(self)


def _of_sentinels(url: SentinelURL, settings: dict[str, Any]) -> Any:
    library: Any = redis  # it has no types for this
    make_pool: Any = _SentinelPool
    known = library.connection.parse_url(url.server)
    tls = {"ssl": True} if "connection_class" in known else {}
    settings = settings | {
        name: each for name, each in known.items() if name not in ("host", "port", "connection_class")
    }
    shared = {name: each for name, each in settings.items() if name.startswith(("socket_", "ssl_"))}
    sentinels = library.sentinel.Sentinel(url.hosts, sentinel_kwargs={**shared, **tls, **url.own})
    return make_pool(url.name, sentinels, **settings, **tls)
