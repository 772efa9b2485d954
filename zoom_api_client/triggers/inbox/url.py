"""The inbox of a URL."""

from __future__ import annotations

from zoom_api_client.storage.url import REDIS, parse_store_url, state_path
from zoom_api_client.triggers.inbox.base import Inbox


def open_inbox(url: str) -> Inbox:
    """Return the inbox of a URL.

    Args:
        url: `sqlite:///var/lib/app/inbox.db` (a whole path), `sqlite://` (a file in the user's state directory),
            `redis://host:6379/0`, `rediss://…` or `unix://…` (with `#name` for a second inbox there), or `memory://`,
            which lasts as long as the process.

    Raises:
        InboxFailed: the file could not be opened.
    """
    place = parse_store_url(url, "inbox", ("sqlite", *REDIS, "memory"), named=True)
    if place.scheme in REDIS:
        from zoom_api_client.triggers.inbox.redis import RedisInbox

        return RedisInbox(url)
    from zoom_api_client.triggers.inbox.sqlite import SQLiteInbox

    return SQLiteInbox(None if place.scheme == "memory" else place.path or state_path("inbox", "inbox.db"))
