"""Tokens: the grant behind each, when it ends, and with which number Zoom refuses it then."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

import attrs

from zoom_api_client.testing.simulator.state import Caller

Acts = Literal["account", "user", "app"]

LIFETIME: Final = timedelta(hours=1)
_NEVER: Final = datetime.max.replace(tzinfo=UTC)
UNKNOWN: Final = 4737  # an old refresh token too: since version 8 Zoom tolerates no second use
REVOKED: Final = 4741


_MAY_HAVE: Final[Mapping[Acts, Callable[[str], bool]]] = {
    "account": lambda scope: True,
    "user": lambda scope: not scope.endswith((":admin", ":master")),
    "app": lambda scope: scope.startswith(("marketplace:", "imchat:bot")),
}


def narrow(scopes: Collection[str], acts: Acts) -> tuple[str, ...]:
    """Return those of the scopes that a token may have: for one user, none of others; for the app alone, few."""
    return tuple(filter(_MAY_HAVE[acts], scopes))


@attrs.frozen
class Grant(Caller):
    """For whom a token acts, and with which scopes; None for all that there are.

    `acts` is `account` where the app was added by an admin, or is the account's own: it may name any user; `user`: it
    may say `me` only; `app`: nobody stands behind it.
    """

    client_id: str = ""
    acts: Acts = "account"
    scopes: tuple[str, ...] | None = None


@attrs.define
class Token:
    """An access token with the refresh token that came with it, "" for none. `dead` is the number that refuses that."""

    grant: Grant
    access_token: str = attrs.field(repr=False)
    refresh_token: str = attrs.field(repr=False)
    expires_at: datetime
    dead: int = 0
    is_revoked: bool = False


class Tokens:
    """The tokens that were given. `now` is the clock's."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._by_access: dict[str, Token] = {}
        self._by_refresh: dict[str, Token] = {}

    def issue(self, grant: Grant, *, renewable: bool) -> Token:
        """Give a token, which lives for an hour."""
        refresh_token = f"refresh-{secrets.token_urlsafe(32)}" if renewable else ""
        token = Token(grant, f"access-{secrets.token_urlsafe(32)}", refresh_token, self._now() + LIFETIME)
        self._keep(token)
        return token

    def take(self, access_token: str, grant: Grant) -> Token:
        """Keep a token that was given elsewhere. It has no end of its own."""
        token = Token(grant, access_token, "", _NEVER)
        self._keep(token)
        return token

    def renew(self, refresh_token: str, client_id: str) -> Token | int:
        """Spend a refresh token of an app's: return the next token, or the number of the refusal."""
        spent = self._by_refresh.get(refresh_token)
        if spent is None or spent.grant.client_id != client_id:
            return UNKNOWN
        if spent.dead:
            return spent.dead
        spent.dead = UNKNOWN
        return self.issue(spent.grant, renewable=True)

    def find(self, access_token: str) -> Token | None:
        """Return a token that was given, also one that has ended."""
        return self._by_access.get(access_token)

    def has_renewal(self, refresh_token: str) -> bool:
        """Return whether a refresh token was given here, spent or not."""
        return refresh_token in self._by_refresh

    def is_expired(self, token: Token) -> bool:
        """Return whether the hour of a token is over."""
        return self._now() >= token.expires_at

    def revoke(self, either: str, client_id: str) -> bool:
        """End a token, named by the access or the refresh token; tell whether there is such a token of the app's."""
        token = self._by_access.get(either) or self._by_refresh.get(either)
        if token is None or token.grant.client_id != client_id:
            return False
        self._end(token)
        return True

    def remove(self, client_id: str, user: str) -> int:
        """End every token of an app that acts for a user; return how many were alive."""
        ended = [
            token
            for token in self._by_access.values()
            if (token.grant.client_id, token.grant.user) == (client_id, user) and not token.is_revoked
        ]
        for token in ended:
            self._end(token)
        return len(ended)

    def expire(self) -> None:
        """Let every access token end now, as if its hour were over."""
        for token in self._by_access.values():
            token.expires_at = min(token.expires_at, self._now())

    def clear(self) -> None:
        """Forget all tokens."""
        self._by_access, self._by_refresh = {}, {}

    def dump(self) -> list[dict[str, Any]]:
        """Return all tokens as JSON."""
        return [{**attrs.asdict(each), "expires_at": each.expires_at.isoformat()} for each in self._by_access.values()]

    def load(self, dumped: list[dict[str, Any]]) -> None:
        """Take the tokens of a dump in the place of all others."""
        self.clear()
        for each in dumped:
            scopes = each["grant"]["scopes"]
            grant = Grant(**{**each["grant"], "scopes": None if scopes is None else tuple(scopes)})
            self._keep(Token(**{**each, "grant": grant, "expires_at": datetime.fromisoformat(each["expires_at"])}))

    def _keep(self, token: Token) -> None:
        self._by_access[token.access_token] = token
        if token.refresh_token:
            self._by_refresh[token.refresh_token] = token

    def _end(self, token: Token) -> None:
        token.is_revoked = True
        token.dead = token.dead or REVOKED
