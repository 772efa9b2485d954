"""A token of Zoom's: the access token, the time it ends, and the refresh token that gets the next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn, Self

import attrs

from zoom_api_client.core import codec

# Zoom's pages show `Access_token` and `Expire_in` in one place: a slip, but one that costs nothing to understand.
_ALIASES = {"expire_in": "expires_in"}
_LIFETIME = timedelta(seconds=3600)  # Zoom's access tokens, of every grant


@attrs.frozen(repr=False)
class Token:
    """A token answer of Zoom's. Its repr shows no secret.

    Attributes:
        access_token: opaque; goes into `Authorization: Bearer …` and nowhere else.
        expires_at: when the access token dies (aware, UTC); None where nobody said.
        refresh_token: good for one renewal, which brings the next. Grants of a user only.
        scopes: what the token may do.
        api_url: the region's host that the token belongs to, as Zoom named it.
        raw: the answer as it came, secrets included.
    """

    access_token: str = attrs.field(repr=False)  # rich prints the fields of attrs, whatever the repr says
    expires_at: datetime | None = None
    refresh_token: str | None = attrs.field(default=None, repr=False)
    scopes: frozenset[str] = frozenset()
    api_url: str | None = None
    raw: Mapping[str, Any] = attrs.field(factory=dict, eq=False, repr=False)

    @classmethod
    def from_answer(cls, answer: Mapping[str, Any], now: datetime, *, refresh_token: str | None = None) -> Self:
        """Read Zoom's answer, which came now. The old refresh token is kept if there is no new one."""
        raw = {_ALIASES.get(name.lower(), name.lower()): value for name, value in answer.items()}
        if refresh_token and not raw.get("refresh_token"):
            raw["refresh_token"] = refresh_token
        elif raw.get("refresh_token") and not refresh_token:
            raw["consented_at"] = now.isoformat()  # renewals carry it on: an older removal of the app is not theirs
        lifetime = _lifetime(raw)
        return cls._read(raw, now + (_LIFETIME if lifetime is None else lifetime))

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read what `to_json` wrote. Raises `ValueError` if it is something else, and does not quote it."""
        try:
            raw = codec.loads(text)
            return cls._read(raw, datetime.fromisoformat(raw["expires_at"]) if raw.get("expires_at") else None)
        except (ValueError, TypeError, AttributeError, KeyError):
            pass
        raise ValueError("this is not a token that to_json wrote")

    @classmethod
    def _read(cls, raw: dict[str, Any], expires_at: datetime | None) -> Self:
        scope = raw.get("scope") or ""
        access_token = _text(raw["access_token"])
        if access_token is None:
            raise ValueError("there is no access token")
        return cls(
            access_token=access_token,
            expires_at=expires_at.astimezone(UTC) if expires_at else None,
            refresh_token=_text(raw.get("refresh_token")),
            scopes=frozenset(scope.split() if isinstance(scope, str) else map(str, scope)),
            api_url=_text(raw.get("api_url")),
            raw={name: value for name, value in raw.items() if name not in ("expires_at", "installation")},
        )

    def to_json(self, installation: str | None = None) -> str:
        """Return the token for a store, secrets included, with the name of the installation that it is of."""
        said = {
            **self.raw,
            "installation": installation,
            "access_token": self.access_token,
            "refresh_token": self.refresh_token,
            "scope": " ".join(sorted(self.scopes)),
            "api_url": self.api_url,
            "expires_at": self.expires_at.isoformat() if self.expires_at else None,
        }
        return json.dumps({name: value for name, value in said.items() if value is not None}, sort_keys=True)

    @property
    def consented_at(self) -> datetime | None:
        """The time at which the user consented; None where nobody did, or nobody noted it."""
        moment = self.raw.get("consented_at")
        return datetime.fromisoformat(moment) if moment else None

    def keep_consent(self, before: Token | None) -> Token:
        """Return the token with the consent of the one before it, if it came without one of its own."""
        moment = before.raw.get("consented_at") if before else None
        if not moment or self.raw.get("consented_at"):
            return self
        return attrs.evolve(self, raw={**self.raw, "consented_at": moment})

    def is_alive(self, now: datetime, *, margin: timedelta = timedelta(0)) -> bool:
        """Return whether the access token is good now, and for a margin (at most half its life) after now."""
        if self.expires_at is None:
            return True
        lifetime = _lifetime(self.raw)
        return now + (margin if lifetime is None else min(margin, lifetime / 2)) < self.expires_at

    def __repr__(self) -> str:
        renews = ", renewable" if self.refresh_token else ""
        until = self.expires_at.isoformat(timespec="seconds") if self.expires_at else "unknown"
        return f"Token(access_token='…'{renews}, expires_at={until}, scopes={len(self.scopes)})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a token is not pickled: to_json says so in the open")


def _text(value: Any) -> str | None:
    """Return what can be sent in a header or a form; None for anything else."""
    return value if isinstance(value, str) and value and value.isprintable() else None


def _lifetime(raw: Mapping[str, Any]) -> timedelta | None:
    """Return how long a token lives, if its answer says so: no calendar has more than ten digits of seconds."""
    seconds = str(raw.get("expires_in"))
    return timedelta(seconds=int(seconds)) if seconds.isdecimal() and len(seconds) < 10 else None
