"""One set-up of a Redis client, for all kinds of stores. Of this package it alone imports redis."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, Final
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary, WeakSet, WeakValueDictionary

from zoom_api_client.core.redaction import redact_text
from zoom_api_client.core.secret import Secret
from zoom_api_client.errors import ConnectionFailed
from zoom_api_client.storage import redis_server
from zoom_api_client.storage.extras import require_extra

with require_extra("redis", "a store in Redis"):
    import redis
    import redis.lock
    from redis.backoff import NoBackoff
    from redis.retry import Retry

__all__ = ["RedisServer", "redis"]

_clients: WeakValueDictionary[tuple[Any, ...], Any] = WeakValueDictionary()
_users: WeakKeyDictionary[Any, WeakSet[RedisServer]] = WeakKeyDictionary()
_one_at_a_time = Lock()
_log = logging.getLogger("zoom_api_client")

# A connection that the server has closed meanwhile, or that leads to a primary that is a replica now, is opened anew,
# once. What was not answered in time is not sent again: it may have been done.
_OPENED_ANEW: Final = (redis.ConnectionError, redis.ReadOnlyError)


class RedisServer:
    """One Redis, for any number of threads. All that name it by one URL share its client, and 50 connections at most.

    Args:
        url: `redis://…`, `rediss://…` (TLS) or `unix://…`, with its password in it where there is one.
        store: what is kept there, in errors: "token store".
        consequence: what it means that Redis cannot be asked, in errors.
        seconds: how long to wait for a connection, and for each answer.
        options: more for the client of redis-py: `decode_responses`, `protocol`.

    Attributes:
        client: the client of redis-py.
        place: the address without what is secret in it.
    """

    def __init__(self, url: str, store: str, *, consequence: str = "", seconds: float = 5.0, **options: Any) -> None:
        secret = Secret(url)
        del url
        self.store, self.place, self._consequence = store, _place(secret), consequence
        self._is_looked_at = False
        try:
            self.client = _client(secret, seconds, options)
            _users.setdefault(self.client, WeakSet()).add(self)
        except (TypeError, ValueError) as refusal:
            reason = redact_text(str(refusal))
        else:
            return
        raise ValueError(f"the URL of the {store}, {self.place}, has an option that redis-py does not take: {reason}")

    @contextmanager
    def translate_errors(self) -> Iterator[None]:
        """Turn failures to ask Redis into ours. The cause is not kept: its frames hold what was to be stored."""
        try:
            self._look()
            yield
        except (redis.RedisError, OSError, UnicodeError) as cause:
            reason = self.describe(cause)
        else:
            return
        raise ConnectionFailed(reason, may_have_arrived=False)

    def _look(self) -> None:
        """Look at the server once, before anything is kept there."""
        if self._is_looked_at:
            return
        try:
            said = self.client.info()
        except redis.ResponseError:  # a user who may not ask
            said = {}
        if refusal := redis_server.find_refusal(said):
            raise redis.RedisError(refusal)
        if warning := redis_server.find_warning(said):
            _log.warning("the %s: Redis at %s: %s", self.store, self.place, warning)
        self._is_looked_at = True

    def describe(self, cause: BaseException) -> str:
        """Return which Redis could not be asked, and why, without what is secret."""
        reason = redact_text(f"{type(cause).__name__}: {cause}")
        return f"the {self.store}: Redis could not be asked at {self.place} ({reason}){self._consequence}"

    def close(self) -> None:
        """Close the connections, if nobody else uses them; they are opened again when needed."""
        _users[self.client].discard(self)
        if not _users[self.client]:
            self.client.close()


def _client(url: Secret, seconds: float, options: dict[str, Any]) -> Any:
    """Return the client of a URL, of which a process has one: a web application has a connection for each tenant."""
    name = (url.digest(), seconds, tuple(sorted(options.items())))
    with _one_at_a_time:
        if (client := _clients.get(name)) is None:
            _clients[name] = client = redis.Redis(connection_pool=_pool(url, seconds, options))
            client.auto_close_connection_pool = True
        return client


def _pool(url: Secret, seconds: float, options: dict[str, Any]) -> Any:
    pool: Any = redis.BlockingConnectionPool.from_url(
        url.reveal(),
        timeout=seconds,
        socket_timeout=seconds,
        socket_connect_timeout=seconds,
        retry=Retry(NoBackoff(), 1, supported_errors=_OPENED_ANEW),
        retry_on_error=list(_OPENED_ANEW),
        **options,
    )
    pool.connection_class(**pool.connection_kwargs)  # does not connect, and refuses options that there are not
    return pool


def _place(url: Secret) -> str:
    parts = urlsplit(url.reveal())
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
