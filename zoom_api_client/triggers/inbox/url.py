"""The inbox of a URL."""

from __future__ import annotations

from pathlib import Path

from zoom_api_client.storage.redis_client import RedisClient
from zoom_api_client.storage.url import REDIS, StoreURL, parse_store_url, state_path
from zoom_api_client.triggers.inbox.base import Inbox


def open_inbox(given: str | RedisClient, *, name: str | None = None) -> Inbox:
    """Return the inbox of a URL, or of a redis-py client.

    Args:
        given: `sqlite:///var/lib/app/inbox.db` (a whole path), `sqlite://` (a file in the user's state directory),
            `redis://host:6379/0`, `rediss://…`, `unix://…` or `redis+sentinel://…` (with `#name` for a second
            inbox there), or `memory://`, which lasts as long as the process.
        name: of the file in the user's state directory, or of the inbox in a Redis whose URL has none.

    Raises:
        InboxFailed: the file could not be opened.
    """
    place = parse_inbox_url(given)
    if place.scheme in REDIS:
        from zoom_api_client.triggers.inbox.redis import RedisInbox

        return RedisInbox(given, name=name)
    from zoom_api_client.triggers.inbox.sqlite import SQLiteInbox

    return SQLiteInbox(None if place.scheme == "memory" else place.path or default_path(name or "inbox"))


def parse_inbox_url(given: str | RedisClient) -> StoreURL:
    """Return the parts of the URL of an inbox; nothing is opened. Raises `ValueError` for what names none."""
    return parse_store_url(given, "inbox", ("sqlite", *REDIS, "memory"), named=True)


def default_path(name: str) -> Path:
    """Return where the inbox of a name lies in the user's state directory."""
    return state_path("inbox", f"{name}.db")
