"""The error for stored content that the store did not save: another program wrote it, or used another key."""

from __future__ import annotations

from zoom_api_client.errors import StoreFailed


class Unreadable(StoreFailed, ValueError):
    """A store has something for a key, and it is not what `save` wrote there."""

    def __init__(self, store: object, key: str, why: str) -> None:
        super().__init__(f"{store!r}: what is kept for {key} is not a token ({why}): delete() it, and get a new one")


def read_text(content: bytes | None, store: object, key: str) -> str | None:
    """Return what a store keeps as text. Raises `Unreadable`, which does not quote it: it may be a part of a token."""
    if content is None:
        return None
    try:
        return content.decode()
    except UnicodeDecodeError:
        pass
    raise Unreadable(store, key, "it is not text in UTF-8")
