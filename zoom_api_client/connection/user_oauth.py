"""`UserOAuth`: an app that users add, or an admin adds for the account."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, ClassVar, Unpack

from zoom_api_client.connection import authorization
from zoom_api_client.connection.base import Options
from zoom_api_client.connection.loopback_server import LoopbackServer, open_in_browser
from zoom_api_client.connection.oauth import OAuthConnection
from zoom_api_client.connection.token import Token
from zoom_api_client.core import codec, executor
from zoom_api_client.core.checks import check_text
from zoom_api_client.core.secret import Secret
from zoom_api_client.errors import AuthorizationFailed, ConsentNeeded, StoreFailed
from zoom_api_client.transport.settings import Settings

_log = logging.getLogger("zoom_api_client")
_REMEMBERED = 1000  # states of consents that were begun here and not finished
_WITHOUT_BROWSER = "Open the address yourself, which open_browser=print shows, or connect by DeviceFlow."


class RenewableConnection(OAuthConnection):
    """A connection whose tokens come by a user's consent and renew with a single-use refresh token."""

    needs_lasting_store: ClassVar[bool] = True
    shown: ClassVar[tuple[str, ...]] = ("client_id", "installation")
    _dead: ConsentNeeded | None = None
    _dead_token: Secret | None = None

    def _obtain(self, stored: Token | None, settings: Settings) -> Token:
        """Renew. A refresh token that Zoom refused is not sent twice: Zoom disables apps that fail too often."""
        if stored is None or stored.refresh_token is None:
            raise ConsentNeeded("no refresh token is stored")
        refresh_token = Secret(stored.refresh_token)
        if self._dead is not None and refresh_token == self._dead_token:
            raise self._dead
        try:
            return self._ask(self.app.refresh_token(refresh_token), settings)
        except ConsentNeeded as refusal:
            self._dead, self._dead_token = refusal, refresh_token
            raise

    def installations(self) -> list[str]:
        """Return the names of the installations of this app that the store has a token of. It blocks."""
        found = {key: self._find_installation(key) for key in self.store.keys()}  # noqa: SIM118 - a store is not a dict
        return sorted(name for key, name in found.items() if name and key == self._key_of((*self._identity[:-1], name)))

    def _find_installation(self, key: str) -> str:
        """Return the name that a token is kept with; empty for what is not a token, which hides none of the others."""
        try:
            text = self.store.load(key)
            name = codec.loads(text).get("installation") if text else ""
        except (ValueError, AttributeError, StoreFailed) as failure:
            _log.warning("%r: %s in %r is not a token (%s)", self, key, self.store, type(failure).__name__)
            return ""
        return name if isinstance(name, str) else ""


class UserOAuth(RenewableConnection):
    """A General app: acts for the user who consents, or for the account if an admin does.

    The refresh token is single-use. It is kept in a file of this user unless another `store` is given, and the next
    one is on disk before the new access token is used. https://developers.zoom.us/docs/integrations/oauth/

    Args:
        client_id: of the app's "App credentials" page.
        client_secret: the app's password; None for a public client (PKCE alone).
        redirect_uri: where Zoom sends the browser back to: exactly as in the app's allow list.
        installation: your name for whoever consents, where an app serves several users or accounts.
        **options: `Options`.
    """

    def __init__(
        self,
        client_id: str,
        client_secret: str | None = None,
        redirect_uri: str = "http://127.0.0.1:8765/callback",
        *,
        installation: str = "default",
        **options: Unpack[Options],
    ) -> None:
        secret = Secret(client_secret) if client_secret else None
        del client_secret
        super().__init__(client_id, secret, installation, **options)
        self.redirect_uri, self.installation = redirect_uri, installation
        self._verifier_key = Secret(secret or secrets.token_urlsafe(32))
        self._begun: dict[str, None] = {}

    def authorize_url(
        self, *, state: str | None = None, scopes: Iterable[str] = (), optional_scopes: Iterable[str] = ()
    ) -> str:
        """Return the address to send the user to; PKCE is included.

        Args:
            state: ties the answer to this user's browser: keep it in their session, and give it to `exchange`.
                One is made up if not given, and `exchange` of this same object knows it.
            scopes: granular scopes; none for apps with classic scopes.
            optional_scopes: granular scopes that the user may decline.
        """
        state = state or secrets.token_urlsafe(24)
        self._begun[state] = None
        while len(self._begun) > _REMEMBERED:
            self._begun.pop(next(iter(self._begun)), None)
        return authorization.authorize_url(
            f"{self.app.oauth_url}",
            client_id=self.app.client_id,
            redirect_uri=self.redirect_uri,
            state=state,
            code_challenge=authorization.challenge(self._verifier(state)),
            scopes=scopes,
            optional_scopes=optional_scopes,
        )

    def exchange(self, code: str, *, state: str | None = None, code_verifier: str | None = None) -> Token:
        """Turn a code into a token, and keep it.

        It blocks; in an event loop: `await asyncio.to_thread(connection.exchange, code)`, or
        `anyio.to_thread.run_sync`.

        Args:
            code: the code, or the whole address that the browser was sent back to (then its state is checked).
            state: what `authorize_url` was given.
            code_verifier: of the challenge that the app itself sent, where it was not `authorize_url` that began the
                consent: inside Zoom's client, for example.

        Raises `AuthorizationFailed` if the user declined, the state is not that of this consent, or Zoom refuses.
        """
        check_text("code", code)
        given, verifier = Secret(code), Secret(code_verifier) if code_verifier else None
        del code, code_verifier
        return executor.result(executor.submit(partial(self._exchange, given, state, verifier)))

    def exchange_marketplace_install(self, code: str) -> Token:
        """Turn the code of an install that began in Zoom's Marketplace into a token, and keep it. It blocks.

        Such an install has neither a state nor a code challenge, so nothing ties it to who is signed in at your site:
        anybody can send a user there with a code of their own. Let the user confirm which account was added.

        Args:
            code: the code, or the whole address that the browser was sent to.

        Raises `AuthorizationFailed` if a state came back, which `exchange` would compare, or if Zoom refuses.
        """
        check_text("code", code)
        given = Secret(code)
        del code
        return executor.result(executor.submit(partial(self._exchange_install, given)))

    def _exchange_install(self, given: Secret) -> Token:
        response = authorization.parse_response(given.reveal())
        if response.state is not None:
            raise AuthorizationFailed("a state came back, so a consent was begun: give the address to exchange()")
        return self._adopt(self.app.authorization_code(response.code, self.redirect_uri, None))

    def authorize_in_browser(
        self,
        *,
        scopes: Iterable[str] = (),
        open_browser: Callable[[str], Any] = open_in_browser,
        timeout: float = 300.0,
    ) -> Token:
        """Let the user of this machine consent: open their browser, and wait at `redirect_uri` for it to come back.

        It blocks; in an event loop, call it in a thread, as `exchange`. Raises `AuthorizationFailed` where no browser
        opens, and where none comes back in time.

        Args:
            scopes: as for `authorize_url`.
            open_browser: is called with the address, to print it instead for example; False says that none opened.
            timeout: seconds.
        """
        state = secrets.token_urlsafe(24)
        with LoopbackServer(self.redirect_uri, state) as server:
            if open_browser(self.authorize_url(state=state, scopes=scopes)) is False:
                raise AuthorizationFailed("no browser opens on this machine", advice=_WITHOUT_BROWSER)
            address = server.wait(timeout)
        return executor.result(executor.submit(partial(self._exchange, address, state)))

    def _exchange(self, given: Secret, state: str | None, verifier: Secret | None = None) -> Token:
        response = authorization.parse_response(given.reveal())
        known = state if state is not None else self._recall_state(response.state)
        authorization.check_state(response, known, has_verifier=verifier is not None)
        self._begun.pop(known or "", None)
        verifier = verifier or self._verifier(known or "")
        return self._adopt(self.app.authorization_code(response.code, self.redirect_uri, verifier))

    def _recall_state(self, state: str | None) -> str | None:
        if state is None:  # a bare code: of the only consent that was begun
            return next(iter(self._begun)) if len(self._begun) == 1 else None
        return state if state in self._begun else None

    def _verifier(self, state: str) -> Secret:
        return authorization.verifier(self._verifier_key.reveal().encode(), state)
