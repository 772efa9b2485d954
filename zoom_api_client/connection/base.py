"""The base of all connections: it has a token that is good now, whoever asks, and renews it once for all."""

from __future__ import annotations

import hashlib
import logging
import ssl
from collections.abc import Callable
from concurrent.futures import Future
from copy import copy
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import ClassVar, Final, Self, TypedDict, TypeGuard, Unpack

from zoom_api_client import errors
from zoom_api_client.connection import saved_answer, single_flight
from zoom_api_client.connection.stores.base import MemoryStore, Store, open_store
from zoom_api_client.connection.stores.overtaken import Overtaken
from zoom_api_client.connection.token import Token
from zoom_api_client.core import executor
from zoom_api_client.core.checks import check_text
from zoom_api_client.core.steps import Call, Sleep, Steps, perform
from zoom_api_client.storage.redis_client import RedisClient
from zoom_api_client.transport import hosts, http
from zoom_api_client.transport.retry import Attempt
from zoom_api_client.transport.settings import DEFAULT, WAYS, Settings, refuse_unknown

_log = logging.getLogger("zoom_api_client")
_MARGIN = timedelta(minutes=5)
_PATIENCE = timedelta(seconds=30)  # between two early renewals that fail while the token is still good
TRANSIENT: Final = (errors.ConnectionFailed, errors.ServerError, errors.RateLimited)
"""The errors that another attempt to get a token may not meet."""


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
        transport: a transport of httpx's for it, which the caller closes. If this or one of the next three is given,
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


class Connection:
    """A way to a token. One object serves any number of threads, event loops and clients, `Zoom` and `AsyncZoom`.

    Its methods block where they ask Zoom. In an event loop: `await asyncio.to_thread(connection.token)`, or
    `anyio.to_thread.run_sync`.
    """

    default_store: ClassVar[str] = "memory://"
    shown: ClassVar[tuple[str, ...]] = ()
    installation: str | None = None  # a name of the caller's for whoever consented
    asks: ClassVar[bool] = False  # whether tokens come from Zoom's authorization server

    def __init__(self, *identity: str, **options: Unpack[Options]) -> None:
        refuse_unknown(options, Options.__annotations__, type(self).__name__)
        self.cloud = hosts.GOVERNMENT if options.get("government") else hosts.COMMERCIAL
        if "timeout" in options:
            http.check_timeout(options["timeout"])
        for each in identity:
            check_text("an id of the app or the account, or the name of the installation,", each)
        self._given_base_url = hosts.parse_base_url(options.get("base_url"))
        oauth_url = options.get("oauth_url") or hosts.stand_in(self._given_base_url)
        self._is_placed = oauth_url is not None
        self._http = {name: each for name, each in options.items() if name in ("timeout", *WAYS) and each is not None}
        self._now = options.get("now", partial(datetime.now, UTC))
        self.store = open_store(options.get("store", self.default_store))
        self._waits = not isinstance(self.store, MemoryStore)
        self._identity = identity
        self._begin_at(oauth_url or self.cloud.oauth_url)

    def _begin_at(self, oauth_url: str) -> None:
        """Begin without a token, at an authorization server."""
        self._oauth_url = hosts.parse_origin(oauth_url)
        self._key = self._key_of(self._identity)
        self._flight = single_flight.SingleFlight[Token]()
        self._current: Token | None = None
        self._unsaved: tuple[Token | None, Token] | None = None  # what was stored, and what could not be
        self._patient_until: datetime | None = None
        self._refused: tuple[Token, datetime] | None = None  # a token that was new, and refused nevertheless

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

    def token(self, *, rejected: Token | None = None) -> Token:
        """Return a token that is good for 5 minutes or more, renewed if need be; another one than Zoom rejected.

        Raises `ConsentNeeded` where only the user can help, another `AuthorizationFailed` where Zoom refuses the app,
        `errors.ConnectionFailed` if Zoom is not reached.
        """
        return perform(self.token_steps(rejected))

    def token_steps(self, rejected: Token | None = None, settings: Settings = DEFAULT) -> Steps[Token]:
        """Take the steps of `token`; the server is reached, and asked again, as the settings of the client say."""
        if rejected is not None and self._is_refused(rejected):
            return rejected
        token = self.find_good_token(rejected)
        if token is None:
            token = yield from self._renew_steps(rejected, settings)
        if token == rejected:  # the renewal under way had begun before the rejection
            token = yield from self._renew_steps(rejected, settings)
        return token

    def _renew_steps(self, rejected: Token | None, settings: Settings) -> Steps[Token]:
        """Renew, in as many attempts as the policy allows. A repeated request is harmless: what it spends is spent."""
        number, waited = 1, 0.0
        while True:
            try:
                token: Token | None = None
                if self._current is None:
                    token = yield Call(partial(self._look_up, rejected), self._waits)
                return token or (yield self.join_renewal(rejected, settings))
            except TRANSIENT as failure:
                wait = settings.retry.wait(Attempt(number, "GET", failure, waited))
                if wait is None:
                    raise
            yield Sleep(wait)
            number, waited = number + 1, waited + wait

    def _look_up(self, rejected: Token | None) -> Token | None:
        """Return the stored token if it lives: it is read without a lock, and where it lies in memory without a thread.

        So a web application can have a connection for each request that it serves.
        """
        try:
            stored = self._read_store()
        except errors.ZoomError as failure:
            bare = executor.bare(failure)
        else:
            return self._use(stored) if self._is_good(stored, rejected) else None
        raise bare

    def note_refusal(self, token: Token) -> None:
        """Note that Zoom refuses a token that was new: the next one would fare no better, and spend a refresh token."""
        self._refused = token, self._now() + _MARGIN

    def _is_refused(self, token: Token) -> bool:
        return self._refused is not None and self._refused[0] == token and self._now() < self._refused[1]

    def find_good_token(self, rejected: Token | None = None) -> Token | None:
        """Return the token at hand if it is good now, and is not the one that Zoom rejected; asks nobody."""
        return self._current if self._is_good(self._current, rejected) else None

    def join_renewal(self, rejected: Token | None = None, settings: Settings = DEFAULT) -> Future[Token]:
        """Renew the token, or join the renewal that is under way, and return its future."""
        return self._flight.join(partial(self._renew, rejected, settings))

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

        Args:
            removed_at: when that was. Returns False, and keeps the token, if its user has consented since.
        """
        with self.store.lock(self._key):
            token = self._read_store() or self._current
            if removed_at and token and token.consented_at and token.consented_at > removed_at:
                return False
            self.store.delete(self._key)
            self._current = self._unsaved = None
            return True

    def _obtain(self, stored: Token | None, settings: Settings) -> Token:
        """Return a new token. Called by one thread at a time, with the store locked."""
        raise NotImplementedError

    def _is_good(self, token: Token | None, rejected: Token | None) -> TypeGuard[Token]:
        if token is None or token == rejected:
            return False
        now = self._now()
        is_waiting = self._patient_until is not None and now < self._patient_until
        if token is self._current and self._unsaved is not None and not is_waiting:
            return False  # so that saving is tried again
        return token.is_alive(now, margin=timedelta(0) if is_waiting else _MARGIN)

    def _renew(self, rejected: Token | None, settings: Settings) -> Token:
        stored = self._current
        try:
            if self._unsaved is None and self._is_good(living := self._read_store(), rejected):
                return self._use(living)  # another process was first: what lives is read without the lock
            with self.store.lock(self._key):
                stored = self._load()
                if self._is_good(stored, rejected):
                    return self._use(stored)  # another process was first
                return self._keep(self._obtain(stored, settings), stored)
        except errors.ZoomError as failure:
            return self._fall_back(stored, rejected, failure)

    def _use(self, token: Token) -> Token:
        self._current = token
        return token

    def _keep(self, token: Token, stored: Token | None) -> Token:
        """Save, then use. What cannot be saved is used all the same, and saved as soon as it can be.

        Zoom has ended the refresh token before: not to use its successor would lose it with the process for certain.
        """
        token = token.keep_consent(stored)
        self._unsaved = stored, token
        try:
            self.store.save(self._key, token.to_json(self.installation))
        except Overtaken:
            raise
        except (errors.StoreFailed, errors.ConnectionFailed) as failure:
            _log.error("%r: the new token is used and not saved, a restart would lose it (%s)", self, failure)
            self._current, self._patient_until = token, self._now() + _PATIENCE
            return token
        self._current, self._unsaved, self._patient_until = token, None, None
        _log.debug("%r: new access token, good until %s", self, token.expires_at)
        return token

    def _load(self) -> Token | None:
        """Return the newest token: what was received and not saved, by a process that was killed or here, is first."""
        stored = self._read_store()
        newer = saved_answer.token(self.store.load_answer(self._key), renewed=stored)
        if newer is None and self._unsaved is not None and self._unsaved[0] == stored:
            newer = self._unsaved[1]
        if newer is None and self._is_behind(stored):
            newer = self._current
        return self._keep(newer, stored) if newer else stored

    def _is_behind(self, stored: Token | None) -> bool:
        """Tell whether the store was emptied or restored from a copy: what it had then, Zoom takes no more."""
        ours = self._current
        if ours is None or stored == ours:
            return False
        return stored is None or _expiry(stored) < _expiry(ours)

    def _read_store(self) -> Token | None:
        try:
            text = self.store.load(self._key)
            return Token.from_json(text) if text else None
        except ValueError:
            _log.warning("%r: what %r holds for it is no token", self, self.store)
            return None

    def _fall_back(self, stored: Token | None, rejected: Token | None, failure: Exception) -> Token:
        if stored is None or stored == rejected or not stored.is_alive(self._now()):
            raise failure
        _log.warning("%r: not renewed (%s); the access token is good until %s", self, failure, stored.expires_at)
        self._current, self._patient_until = stored, self._now() + _PATIENCE
        return stored

    def _key_of(self, identity: tuple[str, ...]) -> str:
        names = "\n".join([type(self).__name__, self._oauth_url, *identity])
        return f"{type(self).__name__.lower()}-{hashlib.sha256(names.encode()).hexdigest()[:32]}"

    def __repr__(self) -> str:
        known = {name: getattr(self, name, None) for name in self.shown}
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in known.items())})"


def _expiry(token: Token) -> datetime:
    return token.expires_at or datetime.max.replace(tzinfo=UTC)
