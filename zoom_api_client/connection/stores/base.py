"""Where tokens lie between two uses: a protocol of four methods, and the store of a URL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Protocol
from urllib.parse import urlsplit
from urllib.request import url2pathname

from zoom_api_client.errors import ConnectionFailed


class Overtaken(ConnectionFailed):
    """Another holder of the lock has saved a newer token: what was to be saved must not be used."""

    def __init__(self, message: str) -> None:
        super().__init__(message, may_have_arrived=False)


class Store(Protocol):
    """Keeps one text for each installation of an app, and the answer that will become the next. Both hold secrets."""

    def lock(self, key: str) -> AbstractContextManager[None]:
        """Keep all others who use the store from renewing this key. The other methods are called inside."""
        ...

    def load(self, key: str) -> str | None:
        """Return what was saved last."""
        ...

    def save(self, key: str, text: str) -> None:
        """Save, and forget what was received before; on return it outlives the process (where the store does)."""
        ...

    def delete(self, key: str) -> None:
        """Forget what was saved and received, if anything was."""
        ...

    def receiving(self, key: str) -> AbstractContextManager[Callable[[bytes], int]]:
        """Forget what was received before, and return what keeps the next answer part by part, like a file's `write`.

        A refresh token is spent once Zoom has answered: each part outlives the process before anything else is done.
        """
        ...

    def received(self, key: str) -> bytes | None:
        """Return what was received and not followed by a `save`: of a process that was killed between the two."""
        ...


class MemoryStore:
    """Keeps tokens as long as the process lives."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._answers: dict[str, BytesIO] = {}
        self._locks: dict[str, Lock] = {}

    @contextmanager
    def lock(self, key: str) -> Iterator[None]:
        with self._locks.setdefault(key, Lock()):
            yield

    def load(self, key: str) -> str | None:
        return self._texts.get(key)

    def save(self, key: str, text: str) -> None:
        self._texts[key] = text
        self._answers.pop(key, None)

    def delete(self, key: str) -> None:
        self._texts.pop(key, None)
        self._answers.pop(key, None)

    @contextmanager
    def receiving(self, key: str) -> Iterator[Callable[[bytes], int]]:
        self._answers[key] = BytesIO()
        yield self._answers[key].write

    def received(self, key: str) -> bytes | None:
        answer = self._answers.get(key)
        return answer.getvalue() if answer else None

    def __repr__(self) -> str:
        return "MemoryStore()"


def opened(store: str | Store) -> Store:
    """Return the store of a URL.

    `memory://`, `file://` (in the user's state directory) or `file:///a/directory`, `keyring://` or
    `keyring:///a/directory` (files that are encrypted, extra `keyring`), `redis://…`, `rediss://…` or `unix://…` (a
    socket of Redis, extra `redis`).
    """
    if not isinstance(store, str):
        return store
    parts = urlsplit(store)
    is_local = parts.netloc in ("", "localhost")
    directory = Path(url2pathname(parts.path)) if parts.path.strip("/") else None
    if parts.scheme == "memory" and not parts.netloc:
        return MemoryStore()
    if parts.scheme == "file" and is_local:
        from zoom_api_client.connection.stores.file import FileStore  # loads filelock and platformdirs

        return FileStore(directory)
    if parts.scheme == "keyring" and is_local:
        with _extra("keyring"):
            from zoom_api_client.connection.stores.keyring import KeyringStore
        return KeyringStore(directory)
    if parts.scheme in ("redis", "rediss", "unix"):
        with _extra("redis"):
            from zoom_api_client.connection.stores.redis import RedisStore
        return RedisStore(store)
    raise ValueError(
        f"no token store of the kind {parts.scheme or 'without a scheme'!r}: give memory://, file:///directory, "
        "keyring:// or redis://host"
    )


@contextmanager
def _extra(name: str) -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as missing:
        raise ModuleNotFoundError(
            f"this token store needs {missing.name}: pip install 'zoom-api-client[{name}]'", name=missing.name
        ) from None
