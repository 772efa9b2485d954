"""Where the guard counts, chosen by one URL."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol
from urllib.request import url2pathname

from zoom_api_client.quota.window import Admitted, Refused, Rule, Usage

Clock = Callable[[], int]
"""Returns the microseconds since 1970."""


class Store(Protocol):
    """Keeps what users have used. Every method is atomic, and safe to call from any thread.

    What cannot be asked raises `ConnectionFailed`: without its store the guard lets nothing through.
    """

    waits: bool
    """Whether a call may take a while, and so must not be made on an event loop."""

    def acquire(self, user: str, rule: Rule) -> Admitted | Refused:
        """Decide about a request; one that is admitted is counted, whatever becomes of this process."""
        ...

    def refund(self, user: str, stamp: int) -> None:
        """Count a request no more."""
        ...

    def usage(self, user: str) -> tuple[Usage, int]:
        """Return what is remembered of a user, and the moment on the store's clock."""
        ...

    def hold(self, user: str, until: int | None) -> None:
        """Admit nothing until then, or until the next 00:00 UTC."""
        ...

    def recall(self, name: str) -> str | None:
        """Return the user whom a name means, if that was remembered."""
        ...

    def remember(self, name: str, user: str, seconds: float) -> None:
        """Remember for so long whom a name means."""
        ...

    def close(self) -> None:
        """Close what is open; it opens again if need be."""
        ...


def open_store(url: str, clock: Clock) -> Store:
    """Return the store of a URL. `sqlite://` alone is a file in the user's state directory."""
    scheme, _, rest = url.partition("://")
    if scheme == "memory":
        from zoom_api_client.quota.memory import MemoryStore

        return MemoryStore(clock)
    if scheme == "sqlite":
        from zoom_api_client.quota.sqlite import SQLiteStore  # loads sqlite3

        return SQLiteStore(_path(rest) if rest else _default_path(), clock)
    if scheme in ("redis", "rediss", "unix"):
        from zoom_api_client.quota.redis import RedisStore

        return RedisStore(url)
    raise ValueError(
        f"the guard has no store of the kind {scheme!r}: give sqlite://, sqlite:///a/file.db, redis://, rediss:// "
        "or memory://"
    )


def _path(rest: str) -> Path:
    if not rest.startswith("/"):
        raise ValueError(f"sqlite://{rest} names a host: give the whole path, after three slashes: sqlite:///a/file.db")
    return Path(url2pathname("/" + rest.lstrip("/")))  # some write four slashes, as for SQLAlchemy


def _default_path() -> Path:
    from platformdirs import user_state_path

    return user_state_path("zoom-api-client", appauthor=False) / "quota.db"
