"""The inbox of a receiver: the one that was given, or one that belongs to its app alone."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any, Final

from zoom_api_client.core.secret import Secret
from zoom_api_client.storage.redis_client import RedisClient
from zoom_api_client.triggers.inbox import Inbox, InboxFailed, default_path, open_inbox
from zoom_api_client.triggers.inbox.url import parse_inbox_url

_OF_THIS_PROCESS: Final = ("sqlite:", "memory:")


class OwnInbox:
    """Opens the inbox of a receiver when it is first needed: a function of AWS Lambda may need none.

    Args:
        given: an inbox, its URL or a redis-py client; None for a file of the app's own.
        secrets: of the app, by which its file is told from those of others.
        name: of the app, instead; in Redis its inbox has this name, unless the URL has one.
    """

    def __init__(self, given: str | Inbox | RedisClient | None, secrets: Sequence[Secret], name: str | None) -> None:
        if name is not None:
            _check_name(name)
        self._given, self._name = given, name
        self._names = [name] if name else [each.digest() for each in secrets] or ["websocket"]
        self._opened: Inbox | None = None
        self._source: str | RedisClient = "sqlite://"
        if given is not None:
            self._take(given)
        self._lock = Lock()

    def _take(self, given: Any) -> None:
        if isinstance(given, str | RedisClient):
            parse_inbox_url(given)  # what is none fails here, and not with the first event
            self._source = given
        elif hasattr(given, "put"):
            self._opened = given
        else:
            raise TypeError(f"inbox is a {type(given).__name__}: give the URL of an inbox, or an `Inbox`")

    @property
    def is_given(self) -> bool:
        """True if the user has chosen the inbox."""
        return self._given is not None

    @property
    def outlives_machine(self) -> bool:
        """True if others can handle what is in the inbox when this machine is gone."""
        return self.is_given and not (isinstance(self._given, str) and self._given.startswith(_OF_THIS_PROCESS))

    def open(self) -> Inbox:
        """Return the inbox; raises `InboxFailed`."""
        with self._lock:
            if self._opened is None:
                name = find_name(self._names) if self._source == "sqlite://" else self._name
                self._opened = open_inbox(self._source, name=name)
            return self._opened

    def close(self) -> None:
        """Close it for good, if it was opened."""
        if self._opened is not None:
            self._opened.close()


def _check_name(name: object) -> None:
    if not (isinstance(name, str) and name and Path(name).name == name and "\0" not in name):
        raise ValueError(f"{name!r} is not a name that a file can have")


def find_name(names: Sequence[str]) -> str:
    """Return under which name an app's file is there already; while a secret is rotated, it has a name for each.

    The file goes by the new name too then: when the old secret is gone, what waits in it is not.
    Raises `InboxFailed` if the directory of the inboxes cannot be read, or written where a name is missing.
    """
    try:
        return _find_name(names)
    except OSError as failure:
        raise InboxFailed(
            f"no inbox can be kept in {default_path(names[0]).parent} ({failure.strerror or failure}): give a place "
            "where it can, inbox='sqlite:///a/file.db' or 'redis://…'"
        ) from failure


def _find_name(names: Sequence[str]) -> str:
    paths = {name: default_path(name) for name in names}
    found = next((name for name, path in paths.items() if path.exists()), names[0])
    for path in paths.values():
        if path != paths[found] and not path.exists():
            _link(path, paths[found])
    return found


def _link(path: Path, target: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with suppress(FileExistsError):  # another process made it meanwhile
        path.symlink_to(target)
