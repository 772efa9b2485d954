"""The inbox of a URL."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from zoom_api_client.triggers.inbox.base import Inbox


def open_inbox(url: str, *, name: str = "inbox") -> Inbox:
    """Return the inbox of a URL.

    Args:
        url: `sqlite:///var/lib/app/inbox.db` (a whole path), `sqlite://` (a file in the user's state directory),
            `redis://host:6379/0`, `rediss://…` or `unix://…` (with `#name` for a second inbox there), or `memory://`,
            which lasts as long as the process.
        name: of the file in the user's state directory.

    Raises:
        InboxFailed: the file could not be opened.
    """
    parts = urlsplit(url)
    if parts.scheme in ("redis", "rediss", "unix"):
        from zoom_api_client.triggers.inbox.redis import RedisInbox  # needs the extra "redis"

        return RedisInbox(url)
    from zoom_api_client.triggers.inbox.sqlite import SQLiteInbox

    if parts.scheme == "memory" and not parts.netloc:
        return SQLiteInbox(None)
    if parts.scheme == "sqlite" and parts.netloc in ("", "localhost"):
        return SQLiteInbox(Path(url2pathname(parts.path)) if parts.path.strip("/") else default_path(name))
    raise ValueError(
        f"no inbox of the kind {parts.scheme or 'without a scheme'!r}: sqlite:///whole/path, redis://host/0 or memory://"
    )


def default_path(name: str) -> Path:
    """Return where the inbox of a name lies in the user's state directory."""
    from platformdirs import user_state_path

    return user_state_path("zoom-api-client", appauthor=False) / "inbox" / f"{name}.db"
