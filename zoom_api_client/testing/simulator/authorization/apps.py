"""The apps that the simulator knows, as an account's owner would have made them in the Marketplace."""

from __future__ import annotations

import hmac
import re
from collections.abc import Collection, Iterator
from typing import Any, Final, Literal, get_args

import attrs

Kind = Literal["any", "server-to-server", "account", "user"]

DEVICE_CODE: Final = "urn:ietf:params:oauth:grant-type:device_code"
_GENERAL: Final = ("authorization_code", "refresh_token", "client_credentials", DEVICE_CODE)
_GRANTS: Final = {"server-to-server": ("account_credentials",), "any": ("account_credentials", *_GENERAL)}
_ADDRESS: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9.+-]*:[!-~]+")  # it goes into a header
_LOOPBACK_PORT: Final = re.compile(r"(?<=^http://127\.0\.0\.1):\d+(?=[/?]|$)")


def _one_by_one(_app: object, attribute: attrs.Attribute[Any], values: object) -> None:
    if isinstance(values, str):
        raise TypeError(f"{attribute.name} are given one by one: {values.split()}")


def _as_tuple(values: Collection[str] | None) -> Any:
    return tuple(values) if values is not None and not isinstance(values, str) else values


def _is_kind(_app: object, _attribute: object, kind: str) -> None:
    if kind not in get_args(Kind):
        raise ValueError(f"{kind!r} is not a kind of app: give one of {', '.join(get_args(Kind))}")


@attrs.frozen
class App:
    """An app of the Marketplace.

    Attributes:
        client_secret: "" for a public client, which proves itself by PKCE alone.
        kind: `server-to-server`; `account`, a General app that an admin adds; `user`, one that each user adds for
            themself; `any` has the grants of all of them, and acts for the account.
        redirect_uris: the allow list; None takes every address.
        scopes: None for all that the kind may have.
        secret_token: what its events are signed with.
    """

    client_id: str
    client_secret: str = attrs.field(default="", repr=False)
    kind: Kind = attrs.field(default="any", validator=_is_kind)
    redirect_uris: tuple[str, ...] | None = attrs.field(default=None, converter=_as_tuple, validator=_one_by_one)
    scopes: tuple[str, ...] | None = attrs.field(default=None, converter=_as_tuple, validator=_one_by_one)
    secret_token: str = attrs.field(default="simulated-secret-token", repr=False)

    @property
    def grants(self) -> tuple[str, ...]:
        """The grants that the app may use."""
        return _GRANTS.get(self.kind, _GENERAL)

    def has_secret(self, secret: str) -> bool:
        """Return whether a secret is the app's; a public client has none, and must send none."""
        return hmac.compare_digest(self.client_secret.encode(), secret.encode("utf-8", "replace"))

    def allows(self, redirect_uri: str) -> bool:
        """Return whether an address is in the allow list, exactly as it is.

        Zoom ignores the port of a loopback address, if the client is a public one.
        """
        if not _ADDRESS.fullmatch(redirect_uri):
            return False
        if self.redirect_uris is None or redirect_uri in self.redirect_uris:
            return True
        without_port = [_LOOPBACK_PORT.sub("", each) for each in self.redirect_uris]
        return not self.client_secret and _LOOPBACK_PORT.sub("", redirect_uri) in without_port

    def dump(self) -> dict[str, Any]:
        """Return the app as JSON."""
        return attrs.asdict(self)


DEFAULT: Final = App("simulated-client-id", "simulated-client-secret")
"""The app that is there without registration: every grant, every scope, every redirect address."""


class Apps:
    """Apps by their client ids."""

    def __init__(self) -> None:
        self._apps = {DEFAULT.client_id: DEFAULT}

    def register(self, app: App) -> App:
        """Add an app, or put it in the place of the one with the same client id."""
        self._apps[app.client_id] = app
        return app

    def find(self, client_id: str) -> App | None:
        """Return the app with a client id."""
        return self._apps.get(client_id)

    def __iter__(self) -> Iterator[App]:
        return iter(tuple(self._apps.values()))

    def dump(self) -> list[dict[str, Any]]:
        """Return all apps as JSON."""
        return [app.dump() for app in self]

    def load(self, dumped: list[dict[str, Any]]) -> None:
        """Take the apps of a dump in the place of all others."""
        self._apps = {each["client_id"]: App(**each) for each in dumped}
