"""One parser for the URLs of stores, and one place for state: for tokens, counts, reservations and events alike."""

from __future__ import annotations

import logging
import os
import re
import sys
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

import attrs

from zoom_api_client.storage.redis_client import RedisClient
from zoom_api_client.storage.sentinel import FORM, SentinelURL

_SENTINEL: Final = ("redis+sentinel", "rediss+sentinel")
REDIS: Final = ("redis", "rediss", "unix", *_SENTINEL)

_FORMS: Final = {
    "memory": "memory://",
    "sqlite": "sqlite:///a/file.db",
    "file": "file:///a/directory",
    "keyring": "keyring:///a/directory",
    "redis": "redis://host:6379/0",
    "rediss": "rediss://host:6379/0",
    "unix": "unix:///a/socket",
    "redis+sentinel": FORM,
    "rediss+sentinel": FORM.replace("redis+", "rediss+"),
}
_log = logging.getLogger("zoom_api_client")
_DRIVE: Final = re.compile(r"/[A-Za-z]:")


@attrs.frozen
class StoreURL:
    """The URL of a store, parsed.

    Attributes:
        scheme: `memory`, `sqlite`, `file`, `keyring`, `redis`, `rediss`, `unix`, `redis+sentinel` or `rediss+sentinel`.
        path: of a file or a directory; None where the URL names none.
        server: the URL of a Redis, with its password and without a name; or the caller's client of it.
        name: what follows `#` in the URL of a Redis: several stores of a kind may be in one.
    """

    scheme: str
    path: Path | None = None
    server: str | RedisClient = attrs.field(default="", repr=False)
    name: str = ""


def parse_store_url(given: str | RedisClient, store: str, schemes: tuple[str, ...], *, named: bool = False) -> StoreURL:
    """Return the parts of the URL of a store; a redis-py client stands for the URL of its Redis.

    Args:
        given: as the caller gave it. It is not quoted in errors: it may have a password.
        store: what it is for, in errors: "token store".
        schemes: those that the store knows.
        named: whether the URL of a Redis may end in `#name`.

    Raises:
        TypeError: `given` is neither a URL nor a redis-py client.
        ValueError: the store cannot use this URL; the message says why.
    """
    if isinstance(given, RedisClient):
        return StoreURL("redis", server=given)
    if not isinstance(given, str):
        raise TypeError(f"the {store} is a {type(given).__name__}: give its URL, or a redis-py client")
    scheme, mark, rest = given.partition("://")
    scheme = scheme.lower() if mark else ""
    if scheme not in schemes:
        raise ValueError(f"there is no {store} of the kind {scheme!r}: give {_forms(schemes)}")
    if scheme in REDIS:
        return _parse_redis(given, store, named=named)
    if scheme == "memory":
        if rest:
            raise ValueError(f"the {store} is memory:// with nothing after it: it lasts as long as the process")
        return StoreURL(scheme)
    return StoreURL(scheme, path=_parse_path(rest, store, scheme) if rest.strip("/") else None)


def state_path(*parts: str) -> Path:
    """Return a path in the directory where this user's programs keep their state."""
    from platformdirs import user_state_path

    return user_state_path("zoom-api-client", appauthor=False).joinpath(*parts)


def state_file_url(name: str, what: str) -> str:
    """Return the URL of a SQLite file in that directory; `memory://` where none can be written, which it logs.

    On Lambda and in containers that are read-only, a home may not exist or not be writable.
    """
    path = state_path(name).absolute().as_posix()
    return f"sqlite://{quote('/' + path.lstrip('/'))}" if _is_writable(path, what) else "memory://"


@cache
def _is_writable(path: str, what: str) -> bool:
    try:
        Path(path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as cause:
        _log.warning(
            "%s counts in memory, for this process alone: %s cannot be written (%s). Give it a store of its own",
            what,
            path,
            cause.strerror,
        )
        return False
    return True


def _forms(schemes: tuple[str, ...]) -> str:
    *forms, last = (_FORMS[each] for each in schemes)
    return f"{', '.join(forms)} or {last}" if forms else last


def _parse_path(rest: str, store: str, scheme: str) -> Path:
    """Return the path behind `scheme://`. A file's name may hold `#`; percent signs stand for what they encode."""
    host, slash, path = rest.partition("/")
    if host not in ("", "localhost") or not slash:
        raise ValueError(
            f"{scheme}://… names a host: a {store} takes a whole path after three slashes: {_FORMS[scheme]}"
        )
    if "?" in path:
        raise ValueError(f"a {store} takes no options after `?`; a question mark in a path is written %3F")
    # Some write four slashes, as for SQLAlchemy; `url2pathname` of Python 3.14 refuses those.
    text = "/" + unquote(path).lstrip("/")
    if "\0" in text:
        raise ValueError(f"the path of the {store} has a NUL character in it")
    if scheme == "sqlite" and text.endswith("/"):
        raise ValueError(f"{scheme}://{rest} is a directory: name a file in it")
    return Path(text[1:] if sys.platform == "win32" and _DRIVE.match(text) else text)


def _parse_redis(url: str, store: str, *, named: bool) -> StoreURL:
    server, _, name = url.partition("#")
    if "@" in name:
        raise ValueError(f"the URL of the {store}: percent-encode the special characters of the password (# is %23)")
    if name and not named:
        raise ValueError(f"the URL of the {store} takes no #name")
    direct = _behind_sentinels(server, store)
    try:
        parts = urlsplit(direct)
        _ = parts.port
    except ValueError:
        raise ValueError(f"the URL of the {store} has a port or a host name that is not valid") from None
    _check_redis(parts, store)
    return StoreURL(server.partition("://")[0].lower(), server=server, name=unquote(name))


def _behind_sentinels(server: str, store: str) -> str:
    """Return the URL of a Redis without its Sentinels."""
    if server.partition("://")[0].lower() not in _SENTINEL:
        return server
    try:
        return SentinelURL.parse(server).server
    except ValueError as refusal:
        reason = str(refusal)
    raise ValueError(f"the URL of the {store} {reason}")


def _check_redis(parts: SplitResult, store: str) -> None:
    """Refuse what redis-py would read as database 0, or as this machine."""
    if parts.scheme == "unix":
        if parts.hostname or not parts.path.strip("/"):
            raise ValueError(f"the {store} is unix:// and a whole path, after three slashes: unix:///run/redis.sock")
        database = ""
    else:
        if not parts.hostname:
            raise ValueError(f"the URL of the {store} names no host: {_FORMS['redis']}")
        database = parts.path.strip("/")
    for each in [database, *parse_qs(parts.query, keep_blank_values=True).get("db", [])]:
        if each and not (each.isascii() and each.isdigit()):
            raise ValueError(f"the database of the {store} is {each!r}, and Redis has numbers: {_FORMS['redis']}")
