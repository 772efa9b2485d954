"""Identifies hosts: `me`, an e-mail address and the id of one person are one user. Pure: it says what to ask for."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

import attrs

from zoom_api_client import errors
from zoom_api_client.core import codec
from zoom_api_client.quota.rules import CountedHost

_REMEMBERED: Final = 30 * 86_400.0  # seconds: an address may become another person's
_ME: Final = 86_400.0  # somebody else may give consent
_REFUSED: Final = 3600.0  # the app may get the scope
_FAILED: Final = 10.0  # for those who wait for the same answer

_log = logging.getLogger("zoom_api_client")


@attrs.frozen
class Host:
    """The user who counts, and for how many seconds that is remembered."""

    user: str
    seconds: float


@attrs.frozen
class Question:
    """A question for the user whom a name means.

    Args:
        counted: who is counted, as spelled.
        identity: what tells this connection from others: `me` is somebody else in each.
        account: what tells its account from others, if that is known.
    """

    counted: CountedHost
    identity: str
    account: str = ""

    @property
    def user(self) -> str | None:
        """The user, if nobody need be asked: an id is itself."""
        name = self._spelling
        return name if self.counted.kind == "users" and name != "me" and "@" not in name else None

    @property
    def name(self) -> str:
        """The name under which the answer is remembered."""
        account = self.counted.account or self.account
        realm = [account] if account and self._spelling != "me" else [self.identity, account]
        return "/".join([*dict.fromkeys(filter(None, realm)), self.counted.kind, self._spelling])

    @property
    def path(self) -> str:
        """The path to GET, below the base URL."""
        account = f"/accounts/{quote(self.counted.account, safe='')}" if self.counted.account else ""
        return f"{account}/{self.counted.kind}/{quote(self._spelling, safe='')}"

    def read(self, said: Any) -> Host:
        """Read Zoom's answer."""
        field = "id" if self.counted.kind == "users" else "host_id"
        user = said.get(field) if isinstance(said, Mapping) else None
        if not user or not isinstance(user, str):
            return self._count_under_name(f"no {field} was answered")
        return Host(user, self._seconds)

    def read_host(self, content: bytes) -> Host | None:
        """Read the answer to the request itself: a meeting that was created names its host."""
        try:
            said = codec.loads(content)
        except ValueError:
            return None
        user = said.get("host_id") if isinstance(said, Mapping) and self.counted.kind == "users" else None
        return Host(user, self._seconds) if user and isinstance(user, str) else None

    def fall_back(self, error: errors.ZoomError) -> Host:
        """Return the host who counts if Zoom does not tell: the name under its account."""
        lasts = isinstance(error, errors.APIError) and error.status < 500 and error.status != 429
        return self._count_under_name(type(error).__name__, _REFUSED if lasts else _FAILED)

    def _count_under_name(self, why: str, seconds: float = _REFUSED) -> Host:
        _log.warning(
            "GET %s: %s; the guard counts under that name until an answer of Zoom's names the host", self.path, why
        )
        return Host(self.name, seconds)

    @property
    def _seconds(self) -> float:
        return _ME if self._spelling == "me" else _REMEMBERED

    @property
    def _spelling(self) -> str:
        name = self.counted.name.strip()
        if self.counted.kind != "users":
            return name.replace(" ", "").replace("-", "")
        return name.lower() if "@" in name or name.lower() == "me" else name
