"""The base of all connections: their options, and the address of the API that their token names."""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Callable
from copy import copy
from datetime import UTC, datetime
from functools import partial
from typing import ClassVar, Self, TypedDict, Unpack

from zoom_api_client.connection.renewal import TokenRenewal
from zoom_api_client.connection.stores.base import MemoryStore, open_store
from zoom_api_client.connection.stores.store import Store
from zoom_api_client.core.checks import check_text
from zoom_api_client.core.steps import Steps, perform
from zoom_api_client.storage.redis_client import RedisClient
from zoom_api_client.transport import hosts, http
from zoom_api_client.transport.call_options import check_timeout
from zoom_api_client.transport.settings import DEFAULT, WAYS, Settings, refuse_unknown

LASTING_STORE = "file://"


class Options(TypedDict, total=False):
    """The options of every connection besides its credentials, all keyword-only.

    Attributes:
        store: where tokens are kept: `memory://`, `file://`, `keyring://` (encrypted files), each with a directory
            if you like (`file:///a/directory`), `redis://host`, `redis+sentinel://host,host/mymaster`, a client of
            redis-py's, or a `Store`.
        base_url: the API, instead of the one that the token names.
        government: True for the accounts of Zoom for Government (zoomgov.com).
        oauth_url: the origin of the authorization server: a stand-in for tests; that of a loopback `base_url` if
            there is one.
        timeout: seconds for each part of an exchange with the authorization server; the client's unless given.
        transport: an httpx transport for it, which the caller closes. If this or one of the next three is given,
            they alone say how the server is reached; else it is reached as the client that asks reaches Zoom.
        proxy: as httpx's, as are the next two.
        verify: see `proxy`.
        trust_env: see `proxy`.
        now: the clock: returns an aware datetime.
    """

    store: str | Store | RedisClient
    base_url: str | None
    government: bool
    oauth_url: str | None
    timeout: float
    transport: http.BaseTransport
    proxy: str
    verify: ssl.SSLContext | str | bool
    trust_env: bool
    now: Callable[[], datetime]


class Connection(TokenRenewal):
    """A way to a token. One object serves any number of threads, event loops and clients, `Zoom` and `AsyncZoom`.

    Its methods block where they ask Zoom. In an event loop: `await asyncio.to_thread(connection.token)`, or
    `anyio.to_thread.run_sync`.
    """

    needs_lasting_store: ClassVar[bool] = False  # whether its tokens must outlive the process
    shown: ClassVar[tuple[str, ...]] = ()
    asks: ClassVar[bool] = False  # whether tokens come from Zoom's authorization server

    def __init__(self, *identity: str, **options: Unpack[Options]) -> None:
        refuse_unknown(options, Options.__annotations__, type(self))
        self.cloud = hosts.GOVERNMENT if options.get("government") else hosts.COMMERCIAL
        if "timeout" in options:
            check_timeout(options["timeout"])
        for each in identity:
            check_text("an id of the app or the account, or the name of the installation,", each)
        self._given_base_url = hosts.parse_base_url(options.get("base_url"))
        oauth_url = options.get("oauth_url") or hosts.stand_in(self._given_base_url)
        self._is_placed = oauth_url is not None
        self._http = {name: each for name, each in options.items() if name in ("timeout", *WAYS) and each is not None}
        self._now = options.get("now", partial(datetime.now, UTC))
        self.store = open_store(options.get("store", LASTING_STORE if self.needs_lasting_store else "memory://"))
        self._waits = not isinstance(self.store, MemoryStore)
        self._identity = identity
        self._begin_at(oauth_url or self.cloud.oauth_url)

    def _begin_at(self, oauth_url: str) -> None:
        """Begin without a token, at an authorization server."""
        self._oauth_url = hosts.parse_origin(oauth_url)
        self._key = self._key_of(self._identity)
        self._begin_without_token()

    def for_client(self, settings: Settings, base_url: str) -> Self:
        """Return the connection for a client: this one, or one that asks the client's stand-in on loopback for tokens.

        Raises `TypeError` if the client's way to Zoom cannot be that of the requests for tokens.
        """
        if not self.asks:
            return self
        if not settings.for_tokens(self._http).blocks():
            raise TypeError(
                f"the transport of the client cannot send the requests for tokens, which block: give the connection "
                f"one that can, {type(self).__name__}(…, transport=httpx.HTTPTransport())"
            )
        stand_in = hosts.stand_in(base_url)
        if self._is_placed or stand_in is None:
            return self
        other = copy(self)
        other._begin_at(stand_in)
        return other

    @property
    def account(self) -> str:
        """The name under which Zoom's limits are counted: the account's id, or else a name of this installation."""
        return self._key

    @property
    def known_base_url(self) -> str:
        """The address of the API, as far as it is known without asking for a token."""
        return self._given_base_url or self.cloud.api(self._current.api_url if self._current else None)

    def base_url(self) -> str:
        """Return the address of the API: the one that was given, or the host of the token's region."""
        return perform(self.base_url_steps())

    def base_url_steps(self, settings: Settings = DEFAULT) -> Steps[str]:
        """Take the steps of `base_url`."""
        if self._given_base_url:
            return self._given_base_url
        token = yield from self.token_steps(settings=settings)
        return self.cloud.api(token.api_url)

    def forget(self, *, removed_at: datetime | None = None) -> bool:
        """Forget the token, here and in the store: the app was removed, and Zoom has ended it already.

        Returns False, and keeps the token, if its user has consented since.

        Args:
            removed_at: when the app was removed.
        """
        with self.store.lock(self._key):
            token = self._read_store() or self._current
            if removed_at and token and token.consented_at and token.consented_at > removed_at:
                return False
            self.store.delete(self._key)
            self._current = self._unsaved = None
            return True

    def _key_of(self, identity: tuple[str, ...]) -> str:
        names = "\n".join([type(self).__name__, self._oauth_url, *identity])
        return f"{type(self).__name__.lower()}-{hashlib.sha256(names.encode()).hexdigest()[:32]}"

    def __repr__(self) -> str:
        known = {name: getattr(self, name, None) for name in self.shown}
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in known.items())})"
