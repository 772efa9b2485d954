"""The protocol of token stores."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Protocol


class Store(Protocol):
    """Keeps one text for each installation of an app, and the answer that will become the next. Both hold secrets."""

    def lock(self, key: str) -> AbstractContextManager[None]:
        """Keep all others who use the store from renewing this key. The other methods are called inside."""
        ...

    def load(self, key: str) -> str | None:
        """Return the text that was saved last."""
        ...

    def save(self, key: str, text: str) -> None:
        """Save, and forget what was received before; on return it outlives the process (where the store does)."""
        ...

    def delete(self, key: str) -> None:
        """Forget what was saved and received, if anything was, and leave nothing behind."""
        ...

    def keys(self) -> Iterable[str]:
        """Return the keys that something is saved for; no lock is held."""
        ...

    def record_answer(self, key: str) -> AbstractContextManager[Callable[[bytes], int]]:
        """Forget the answer before, and return a function that keeps the next part by part, like a file's `write`.

        A refresh token is spent once Zoom has answered: each part outlives the process before anything else is done.
        """
        ...

    def load_answer(self, key: str) -> bytes | None:
        """Return the answer that no `save` has followed: of a process that was killed between the two."""
        ...
