"""Tokens in Redis, for all processes and machines that use the same one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread, get_ident
from typing import Any, Final

from zoom_api_client.connection.stores.overtaken import Overtaken
from zoom_api_client.connection.stores.store import Store
from zoom_api_client.connection.stores.unreadable import read_text
from zoom_api_client.errors import ConnectionFailed
from zoom_api_client.storage.redis import RedisServer, redis
from zoom_api_client.storage.redis_client import RedisClient

_LEASE = 15.0  # seconds after which the lock of a holder that died is free; one that lives prolongs it
_WAIT = 90.0  # seconds for another holder to renew: longer than the token endpoint may take

# Each holder of the lock has a number, counted up: `turn`. One that was paused for longer than its lock lasted comes
# late: it may begin nothing any more, and what it saves must not replace what a later one has saved. Where no token is
# kept, the numbers are for a day: asking for an unknown installation would leave a key forever.
_TURN: Final = """
local turn = redis.call('HINCRBY', KEYS[1], 'turn', 1)
if turn == 1 then redis.call('EXPIRE', KEYS[1], 86400) end
return turn
"""
_BEGIN: Final = """
if redis.call('HGET', KEYS[1], 'turn') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'receiving', ARGV[1], 'answer', '')
redis.call('PERSIST', KEYS[1])
return 1
"""
_KEEP: Final = """
if redis.call('HGET', KEYS[1], 'receiving') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'answer', redis.call('HGET', KEYS[1], 'answer') .. ARGV[2])
return 1
"""
_SAVE: Final = """
if tonumber(redis.call('HGET', KEYS[1], 'saved') or 0) > tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'saved', ARGV[1], 'text', ARGV[2], 'answer', '')
if ARGV[2] == '' then redis.call('EXPIRE', KEYS[1], 86400) else redis.call('PERSIST', KEYS[1]) end
return 1
"""


class RedisStore(Store):
    """Keeps each token in a hash `zoom:token:{<key>}`; who can read the Redis can act for the user.

    Give a Redis that writes to its disk (`appendonly yes`): refresh tokens cannot be had again without consent.

    Args:
        url: of Redis, or a redis-py client: see `RedisServer`.
        wait: seconds to wait for another process that holds the lock.
        lease: seconds after which the lock of a process that was killed is free.
    """

    def __init__(self, url: str | RedisClient, *, wait: float = _WAIT, lease: float = _LEASE) -> None:
        self._server = RedisServer(url, "token store")
        del url
        self._client, self._wait, self._lease = self._server.client, wait, lease
        scripts = (_TURN, _BEGIN, _KEEP, _SAVE)
        self._turn, self._begin, self._keep, self._save = map(self._client.register_script, scripts)
        self._turns: dict[tuple[int, str], int] = {}  # of the threads that hold a lock now

    @contextmanager
    def lock(self, key: str) -> Iterator[None]:
        name, holder = _name(key), (get_ident(), key)
        lock = self._client.lock(f"{name}:lock", self._lease, sleep=0.02, thread_local=False)
        if not self._server.ask(lock.acquire, blocking_timeout=self._wait):
            raise ConnectionFailed(f"another process has held the lock of {self!r} for {self._wait:g} seconds")
        self._turns[holder] = int(self._server.ask(self._turn, keys=[name]))
        try:
            with self._prolong(lock):
                yield
        finally:
            del self._turns[holder]
            with suppress(ConnectionFailed):  # it ends by itself
                self._server.ask(lock.release)

    def load(self, key: str) -> str | None:
        return read_text(self._field(key, "text"), self, key) or None

    def save(self, key: str, text: str) -> None:
        if not self._write(self._save, key, text):
            raise Overtaken(f"{self!r}: another process saved a newer token meanwhile")

    def delete(self, key: str) -> None:
        self.save(key, "")

    def keys(self) -> list[str]:
        begin, end = _name("").encode().split(b"}")[0], b"}"
        found = self._server.ask(lambda: list(self._client.scan_iter(_name("*"), count=1000)))
        names = [name for name in found if name.endswith(end)]
        keys = [name.removeprefix(begin).removesuffix(end).decode() for name in names]
        return sorted(key for key in keys if self._field(key, "text"))

    @contextmanager
    def record_answer(self, key: str) -> Iterator[Callable[[bytes], int]]:
        if not self._write(self._begin, key):
            raise Overtaken(f"{self!r}: another process took over; nothing was sent")

        def keep(part: bytes) -> int:
            with suppress(ConnectionFailed):  # the token will be saved all the same, or be kept here until it can be
                self._write(self._keep, key, part)
            return len(part)

        yield keep

    def load_answer(self, key: str) -> bytes | None:
        return self._field(key, "answer")

    def _field(self, key: str, field: str) -> bytes | None:
        return self._server.ask(self._client.hget, _name(key), field) or None

    def _write(self, script: Any, key: str, *content: str | bytes) -> bool:
        return bool(self._server.ask(script, keys=[_name(key)], args=[self._turns[get_ident(), key], *content]))

    @contextmanager
    def _prolong(self, lock: redis.lock.Lock) -> Iterator[None]:
        ended = Event()

        def prolong() -> None:
            while not ended.wait(self._lease / 3):
                with suppress(ConnectionFailed):
                    self._server.ask(lock.reacquire)

        thread = Thread(target=prolong, name="zoom-api-client lock", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def close(self) -> None:
        """Close the connections to Redis; they are opened again when needed."""
        self._server.close()

    def __repr__(self) -> str:
        server = getattr(self, "_server", None)  # a traceback shows one whose URL was refused
        return f"RedisStore({server.place if server else None!r})"


def _name(key: str) -> str:
    """Return a key's name; the braces keep the lock and the token on one node of a cluster."""
    return f"zoom:token:{{{key}}}"
