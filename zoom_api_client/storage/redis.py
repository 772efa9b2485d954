"""One set-up of a Redis client, for all kinds of stores."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock
from typing import Any, Final
from weakref import WeakKeyDictionary, WeakSet, WeakValueDictionary

from zoom_api_client.core.redaction import redact_text
from zoom_api_client.core.secret import Secret
from zoom_api_client.errors import ConnectionFailed
from zoom_api_client.storage import redis_pool, redis_server
from zoom_api_client.storage.redis_client import RedisClient
from zoom_api_client.storage.redis_pool import redis

__all__ = ["RedisServer", "redis"]

_clients: WeakValueDictionary[tuple[Any, ...], Any] = WeakValueDictionary()
_users: WeakKeyDictionary[Any, WeakSet[RedisServer]] = WeakKeyDictionary()
_looked_at: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()  # for which stores: a tenant has one for a request
_one_at_a_time = Lock()
_log = logging.getLogger("zoom_api_client")
_LEFT: Final = 3  # times that replicas are left: another thread may put back a connection to one meanwhile


class RedisServer:
    """One Redis, for any number of threads. All that name it by one URL share its client, and 50 connections at most.

    Args:
        given: `redis://…`, `rediss://…` (TLS) or `unix://…`, with its password in it where there is one;
            `redis+sentinel://host:26379,host:26379/mymaster/0` or `rediss+sentinel://…` for the primary that Sentinels
            name; or a redis-py client, which the caller closes.
        store: what is kept there, in errors: "token store".
        consequence: what it means that Redis cannot be asked, in errors.
        seconds: how long to wait for a connection, and for each answer.
        options: more for the client of redis-py: `protocol`.

    Attributes:
        client: the client of redis-py.
        place: the address without what is secret in it.
    """

    def __init__(
        self, given: str | RedisClient, store: str, *, consequence: str = "", seconds: float = 5.0, **options: Any
    ) -> None:
        self.store, self._consequence = store, consequence
        if not isinstance(given, str):
            self.client, self.place = _checked(given, store), "the client given"
            return
        scheme, _, rest = given.partition("://")
        url = Secret(f"{scheme.lower()}://{rest}")  # redis-py knows no other spelling
        del given, rest
        self.place = _place(url)
        try:
            self.client = _client(url, seconds, options)
            _refuse_decoding(self.client)
            _users.setdefault(self.client, WeakSet()).add(self)
        except (TypeError, ValueError) as refusal:
            reason = redact_text(str(refusal))
        else:
            return
        raise ValueError(f"the URL of the {store}, {self.place}, has an option that is not taken: {reason}")

    def ask(self, command: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """Run a command, and turn a failure into ours. The cause is not kept: its frames hold what was to be stored."""
        try:
            self._look()
            return self.run(command, *arguments, **named)
        except (redis.RedisError, OSError, ValueError) as cause:  # a value may be somebody else's
            reason = self.describe(cause)
        raise ConnectionFailed(reason, may_have_arrived=False)

    def run(self, command: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """Run a command, and again if a failover left connections to a server that is a replica now.

        Such a one refuses to write; or a script was loaded there, and is missing at the new primary.
        """
        for _ in range(_LEFT):
            try:
                return command(*arguments, **named)
            except (redis.ReadOnlyError, redis.exceptions.NoScriptError):
                redis_pool.close_idle(self.client.connection_pool)
        return command(*arguments, **named)

    def _look(self) -> None:
        """Look at the server once, before anything is kept there."""
        looked_at = _looked_at.setdefault(self.client, set())
        if self.store in looked_at:
            return
        try:
            said = self.client.info()
        except redis.ResponseError:  # a user who may not ask
            said = {}
        if refusal := redis_server.find_refusal(said):
            raise redis.RedisError(refusal)
        if warning := redis_server.find_warning(said):
            _log.warning("the %s: Redis at %s: %s", self.store, self.place, warning)
        looked_at.add(self.store)

    def describe(self, cause: BaseException) -> str:
        """Return which Redis could not be asked, and why, without what is secret."""
        reason = redis_server.shorten(redact_text(f"{type(cause).__name__}: {cause}"))
        advice = redis_server.find_advice(reason, self.place)
        return f"the {self.store}: Redis could not be asked at {self.place} ({reason}{advice}){self._consequence}"

    def disconnect(self) -> None:
        """Close the connections, if nobody else uses them; they are opened again when needed."""
        users = _users.get(self.client)  # None where the client is the caller's
        if users is not None and users <= {self}:
            self.client.close()

    def close(self) -> None:
        """Disconnect, and use the client no more."""
        self.disconnect()
        _users.get(self.client, WeakSet()).discard(self)


def _client(url: Secret, seconds: float, options: dict[str, Any]) -> Any:
    """Return the client of a URL, of which a process has one: a web application has a connection for each tenant."""
    name = (url.digest(), seconds, tuple(sorted(options.items())))
    with _one_at_a_time:
        if (client := _clients.get(name)) is None:
            _clients[name] = client = redis.Redis(connection_pool=redis_pool.make(url, seconds, options))
            client.auto_close_connection_pool = True
        return client


def _checked(client: Any, store: str) -> Any:
    """Return a client of the caller's, or refuse it: one that awaits, that is of a cluster, or that decodes bytes."""
    if not isinstance(client, redis.Redis):
        what = f"{type(client).__module__}.{type(client).__qualname__}"
        raise TypeError(f"the {store} takes a redis.Redis, which serves threads and event loops, not a {what}")
    _refuse_decoding(client)
    return client


def _refuse_decoding(client: Any) -> None:
    if client.connection_pool.connection_kwargs.get("decode_responses"):
        raise ValueError("leave out decode_responses: what is kept in Redis is bytes")


def _place(url: Secret) -> str:
    scheme, _, rest = url.reveal().partition("?")[0].partition("://")
    netloc, slash, path = rest.partition("/")
    return f"{scheme}://{netloc.rpartition('@')[2]}{slash}{path}"
