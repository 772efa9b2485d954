"""The renewal of a token: it is good now, whoever asks, and renewed once for all who ask."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final, TypeGuard

from zoom_api_client import errors
from zoom_api_client.connection import saved_answer, single_flight
from zoom_api_client.connection.stores.overtaken import Overtaken
from zoom_api_client.connection.stores.store import Store
from zoom_api_client.connection.token import Token
from zoom_api_client.core import executor
from zoom_api_client.core.steps import Call, Sleep, Steps, perform
from zoom_api_client.transport.retry import Attempt
from zoom_api_client.transport.settings import DEFAULT, Settings

_log = logging.getLogger("zoom_api_client")
_MARGIN = timedelta(minutes=5)
_PATIENCE = timedelta(seconds=30)  # between two early renewals that fail while the token is still good
_TRANSIENT: Final = (errors.ConnectionFailed, errors.ServerError, errors.RateLimited)
"""The errors that another attempt to get a token may not meet."""


class TokenRenewal:
    """The half of a connection that has the token and keeps it; the other half knows where it is asked for."""

    store: Store
    installation: str | None = None  # a name of the caller's for whoever consented
    _key: str
    _now: Callable[[], datetime]
    _waits: bool  # whether the store may keep a thread waiting

    def _begin_without_token(self) -> None:
        """Begin without a token."""
        self._flight = single_flight.SingleFlight[Token]()
        self._current: Token | None = None
        self._unsaved: tuple[Token | None, Token] | None = None  # what was stored, and what could not be
        self._patient_until: datetime | None = None
        self._refused: tuple[Token, datetime] | None = None  # a token that was new, and refused nevertheless

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
            except _TRANSIENT as failure:
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

    def _obtain(self, stored: Token | None, settings: Settings) -> Token:
        """Return a new token. Called by one thread at a time, with the store locked."""
        raise NotImplementedError

    def _is_good(self, token: Token | None, rejected: Token | None) -> TypeGuard[Token]:
        if token is None or (rejected is not None and token == rejected):
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
        except errors.ConsentNeeded as refusal:
            return self._find_saved_meanwhile(rejected) or self._fall_back(stored, rejected, refusal)
        except errors.ZoomError as failure:
            return self._fall_back(stored, rejected, failure)

    def _find_saved_meanwhile(self, rejected: Token | None) -> Token | None:
        """Return the living token of whoever spent the refresh token before us: no lock holds on a network's disk."""
        saved = self._read_store()
        return self._use(saved) if self._is_good(saved, rejected) else None

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
        """Return whether the store was emptied or restored from a copy: what it had then, Zoom takes no more."""
        ours = self._current
        if ours is None or stored == ours:
            return False
        return stored is None or _expiry(stored) < _expiry(ours)

    def _read_store(self) -> Token | None:
        try:
            text = self.store.load(self._key)
            return Token.from_json(text) if text else None
        except ValueError:
            _log.warning("%r: what %r holds for it is not a token", self, self.store)
            return None

    def _fall_back(self, stored: Token | None, rejected: Token | None, failure: Exception) -> Token:
        if stored is None or stored == rejected or not stored.is_alive(self._now()):
            raise failure
        _log.warning("%r: not renewed (%s); the access token is good until %s", self, failure, stored.expires_at)
        self._current, self._patient_until = stored, self._now() + _PATIENCE
        return stored


def _expiry(token: Token) -> datetime:
    return token.expires_at or datetime.max.replace(tzinfo=UTC)
