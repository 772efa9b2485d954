"""The store of tokens in memory, and the choice of a store by its URL."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Lock

from zoom_api_client.connection.stores.store import Store
from zoom_api_client.storage.extras import require_extra
from zoom_api_client.storage.redis_client import RedisClient
from zoom_api_client.storage.url import REDIS, parse_store_url


class MemoryStore(Store):
    """Keeps tokens as long as the process lives."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._answers: dict[str, BytesIO] = {}
        self._locks: dict[tuple[int, str], Lock] = {}

    @contextmanager
    def lock(self, key: str) -> Iterator[None]:
        with self._locks.setdefault((os.getpid(), key), Lock()):  # a fork copies locks that nobody would open there
            yield

    def load(self, key: str) -> str | None:
        return self._texts.get(key)

    def save(self, key: str, text: str) -> None:
        self._texts[key] = text
        self._answers.pop(key, None)

    def keys(self) -> list[str]:
        return sorted(self._texts)

    def delete(self, key: str) -> None:
        self._texts.pop(key, None)
        self._answers.pop(key, None)

    @contextmanager
    def record_answer(self, key: str) -> Iterator[Callable[[bytes], int]]:
        self._answers[key] = BytesIO()
        yield self._answers[key].write

    def load_answer(self, key: str) -> bytes | None:
        answer = self._answers.get(key)
        return answer.getvalue() if answer else None

    def __repr__(self) -> str:
        return "MemoryStore()"


def open_store(store: str | Store | RedisClient) -> Store:
    """Return the store of a URL, or of a redis-py client.

    `memory://`, `file://` (in the user's state directory) or `file:///a/directory`, `keyring://` or
    `keyring:///a/directory` (files that are encrypted, extra `keyring`), `redis://…`, `rediss://…`, `unix://…` (a
    socket of Redis), `redis+sentinel://…` or `rediss+sentinel://…` (extra `redis`).
    """
    if not isinstance(store, str | RedisClient):
        return store
    place = parse_store_url(store, "token store", ("memory", "file", "keyring", *REDIS))
    if place.scheme == "memory":
        return MemoryStore()
    if place.scheme == "file":
        from zoom_api_client.connection.stores.file import FileStore  # loads filelock

        return FileStore(place.path)
    if place.scheme == "keyring":
        with require_extra("keyring", "this token store"):
            from zoom_api_client.connection.stores.keyring import KeyringStore
        return KeyringStore(place.path)
    from zoom_api_client.connection.stores.redis import RedisStore

    return RedisStore(place.server)
