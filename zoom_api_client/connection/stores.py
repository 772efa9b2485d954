"""Where tokens lie between two uses: a protocol of four methods, and the store of a URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Lock
from typing import Protocol
from urllib.parse import urlsplit
from urllib.request import url2pathname


class Store(Protocol):
    """Keeps one text for each installation of an app; the text holds secrets."""

    def lock(self, key: str) -> AbstractContextManager[None]:
        """Keep all others who use the store from renewing this key. `load` and `save` are called inside."""
        ...

    def load(self, key: str) -> str | None:
        """Return what was saved last."""
        ...

    def save(self, key: str, text: str) -> None:
        """Save; on return it outlives the process (where the store does)."""
        ...

    def delete(self, key: str) -> None:
        """Forget what was saved, if anything was."""
        ...


class MemoryStore:
    """Keeps tokens as long as the process lives."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._locks: dict[str, Lock] = {}

    @contextmanager
    def lock(self, key: str) -> Iterator[None]:
        with self._locks.setdefault(key, Lock()):
            yield

    def load(self, key: str) -> str | None:
        return self._texts.get(key)

    def save(self, key: str, text: str) -> None:
        self._texts[key] = text

    def delete(self, key: str) -> None:
        self._texts.pop(key, None)

    def __repr__(self) -> str:
        return "MemoryStore()"


def opened(store: str | Store) -> Store:
    """Return the store of a URL: `memory://`, `file://` (the user's state directory) or `file:///a/directory`."""
    if not isinstance(store, str):
        return store
    parts = urlsplit(store)
    if parts.scheme == "memory" and not parts.netloc:
        return MemoryStore()
    if parts.scheme == "file" and parts.netloc in ("", "localhost"):
        from zoom_api_client.connection.file_store import FileStore  # loads filelock and platformdirs

        return FileStore(Path(url2pathname(parts.path)) if parts.path.strip("/") else None)
    raise ValueError(
        f"no token store of the kind {parts.scheme or 'without a scheme'!r}: memory:// or file:///directory"
    )
