"""Profiles: the credentials of an app under a name, in files that only their owner can read."""

from __future__ import annotations

import os
import re
import stat
import sys
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import attrs

from zoom_api_client.cli.errors import Misused, NotLoggedIn
from zoom_api_client.core import codec
from zoom_api_client.core.secret import Secret
from zoom_api_client.errors import StoreFailed
from zoom_api_client.storage import files
from zoom_api_client.storage.url import state_path

if TYPE_CHECKING:
    from zoom_api_client.connection import Connection

DEFAULT = "default"
Kind = Literal["browser", "device", "server-to-server"]
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@attrs.frozen(kw_only=True)
class Profile:
    """The credentials of an app, and how it gets its tokens."""

    kind: Kind
    client_id: str
    client_secret: Secret | None = None
    account_id: str = ""
    redirect_uri: str = "http://127.0.0.1:8765/callback"
    base_url: str | None = None
    oauth_url: str | None = None

    def connection(self, name: str) -> Connection:
        """Return the connection; its tokens are kept in files, so that the next command needs no new one."""
        from zoom_api_client.connection import DeviceFlow, ServerToServer, UserOAuth

        options: dict[str, Any] = {"store": "file://", "base_url": self.base_url, "oauth_url": self.oauth_url}
        secret = self.client_secret.reveal() if self.client_secret else None
        match self.kind:
            case "server-to-server":
                return ServerToServer(self.account_id, self.client_id, secret or "", **options)
            case "device":
                return DeviceFlow(self.client_id, secret, installation=name, **options)
            case "browser":
                return UserOAuth(self.client_id, secret, self.redirect_uri, installation=name, **options)
        raise Misused(f"the profile {name!r} is of no kind that is known: {self.kind!r}")


def path_of(name: str) -> Path:
    """Return where a profile lies."""
    if not _NAME.fullmatch(name):
        raise Misused(f"{name!r} is not the name of a profile: letters, digits, dots, dashes and underscores are")
    return state_path("profiles", f"{name}.json")


def names() -> list[str]:
    """Return the names of all profiles."""
    return sorted(path.stem for path in state_path("profiles").glob("*.json"))


def load(name: str) -> Profile:
    """Return a profile. Raises `NotLoggedIn` if there is none, `StoreFailed` if others can read it."""
    try:
        content = _read(path_of(name))
    except FileNotFoundError:
        known = ", ".join(names()) or "none"
        raise NotLoggedIn(
            f"there is no profile {name!r} ({known}): zoom-api login --profile {name} makes one"
        ) from None
    except OSError as failure:
        raise StoreFailed(f"the profile {path_of(name)} cannot be read: {failure.strerror}") from None
    try:
        values = codec.loads(content)
        secret = values.pop("client_secret", None)
        return Profile(**values, client_secret=Secret(secret) if secret else None)
    except (ValueError, AttributeError, TypeError):
        pass  # what these say may quote the secret
    raise StoreFailed(f"{path_of(name)} is not a profile: zoom-api login --profile {name} makes one")


def save(name: str, profile: Profile) -> Path:
    """Write a profile, whole or not at all, and return where it is."""
    path = path_of(name)
    values = {each: value for each, value in attrs.asdict(profile, recurse=False).items() if value}
    if profile.client_secret:
        values["client_secret"] = profile.client_secret.reveal()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        files.replace(path, codec.dumps(values), mode=files.SECRET)
    except OSError as failure:
        raise StoreFailed(f"the profile {path} cannot be written: {failure.strerror}") from None
    return path


def remove(name: str) -> None:
    """Remove a profile."""
    path_of(name).unlink(missing_ok=True)


def _read(path: Path) -> bytes:
    with FileIO(files.open_regular(path, os.O_RDONLY)) as file:
        mode = os.fstat(file.fileno()).st_mode
        if sys.platform != "win32" and mode & _OTHERS:
            raise StoreFailed(f"others can read the profile, so it was not used: chmod 600 {path}")
        return file.readall()
