"""The connection that the environment describes, or a `.env` file beside the program."""

from __future__ import annotations

import logging
import os
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Mapping
from pathlib import Path
from typing import Unpack

from zoom_api_client.connection.base import Connection, Options
from zoom_api_client.connection.oauth import ServerToServer
from zoom_api_client.connection.static import BareToken
from zoom_api_client.errors import CredentialsMissing

_log = logging.getLogger("zoom_api_client")
_SERVER = ("ZOOM_ACCOUNT_ID", "ZOOM_CLIENT_ID", "ZOOM_CLIENT_SECRET")
_ADDRESSES = {"base_url": "ZOOM_BASE_URL", "oauth_url": "ZOOM_OAUTH_URL"}


def from_env(
    environ: Mapping[str, str] | None = None, *, env_file: Path | str | None = ".env", **options: Unpack[Options]
) -> Connection:
    """Return `ServerToServer` for ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET, `BareToken` for
    ZOOM_ACCESS_TOKEN; at ZOOM_BASE_URL, its tokens from ZOOM_OAUTH_URL, if those are set where the credentials are.

    Args:
        environ: the environment; a name that it has hides the same name in the file, and a token hides the app.
        env_file: lines of NAME=value, read if the file is there; None for none.
        **options: `Options`.

    Raises `CredentialsMissing` if neither says who connects.
    """
    real = dict(os.environ if environ is None else environ)
    filed = _read(Path(env_file)) if env_file else {}
    both = {**filed, **real}
    for source in (real, both):
        if source.get("ZOOM_ACCESS_TOKEN"):
            return BareToken(
                source["ZOOM_ACCESS_TOKEN"], **_add_addresses(options, real, filed, ("ZOOM_ACCESS_TOKEN",))
            )
        if all(source.get(name) for name in _SERVER):
            return ServerToServer(*(source[name] for name in _SERVER), **_add_addresses(options, real, filed, _SERVER))
    missing = ", ".join(name for name in _SERVER if not both.get(name))
    file = f" or in {Path(env_file).absolute()}" if env_file else ""
    raise CredentialsMissing(
        f"{missing} not set in the environment{file}: they are on the app's page in Zoom's App Marketplace; "
        "ZOOM_ACCESS_TOKEN alone is enough too"
    )


def _add_addresses(
    options: Options, real: Mapping[str, str], filed: Mapping[str, str], credentials: tuple[str, ...]
) -> Options:
    """Return the options with the addresses of the environment.

    Those of the file count only if it has all the credentials: a file in a working directory that is not the user's own
    would send theirs elsewhere.
    """
    is_trusted = not any(real.get(name) for name in credentials)
    trusted = {**filed, **real} if is_trusted else real
    placed: Options = {**options}
    for option, name in _ADDRESSES.items():
        if placed.get(option) is None and trusted.get(name):
            placed[option] = trusted[name]  # type: ignore[literal-required]
        elif filed.get(name) and not is_trusted:
            _log.warning("%s of the .env file is not used: the credentials are the environment's", name)
    return placed


def _read(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        content = path.read_bytes()
    except OSError as failure:
        says = f"{path.absolute()} cannot be read ({failure.strerror}): allow it, or give env_file=None"
        raise CredentialsMissing(says) from None
    encoding = "utf-16" if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"  # as PowerShell's > writes
    pairs = (_pair(line) for line in content.decode(encoding, errors="replace").splitlines())
    return dict(pair for pair in pairs if pair)


def _pair(line: str) -> tuple[str, str] | None:
    """Read `NAME=value`, `export NAME="value"`, `NAME=value # comment`; None for what says nothing."""
    name, is_set, value = line.strip().removeprefix("export ").partition("=")
    if not is_set or name.lstrip().startswith("#"):
        return None
    value = value.strip()
    if value[:1] in ("'", '"') and value.find(value[0], 1) > 0:
        return name.strip(), value[1 : value.index(value[0], 1)]
    return name.strip(), value.partition(" #")[0].strip()
