"""A connection of an OAuth app: asks Zoom's authorization server."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Unpack

from zoom_api_client.connection import grants, saved_answer
from zoom_api_client.connection.base import Connection, Options
from zoom_api_client.connection.socket_recorder import SocketRecorder, keep_nothing
from zoom_api_client.connection.token import Token
from zoom_api_client.core import executor
from zoom_api_client.core.checks import check_text
from zoom_api_client.core.secret import Secret
from zoom_api_client.errors import ConnectionFailed, ConsentNeeded, StoreFailed
from zoom_api_client.transport import failures, http, responses
from zoom_api_client.transport.settings import DEFAULT, Settings


class OAuthConnection(Connection):
    """The base of the OAuth apps: it has their credentials, `token()` and `revoke()`."""

    shown: ClassVar[tuple[str, ...]] = ("client_id",)
    asks: ClassVar[bool] = True

    def __init__(
        self, client_id: str, client_secret: str | Secret | None, *identity: str, **options: Unpack[Options]
    ) -> None:
        secret = Secret(client_secret) if client_secret else None
        del client_secret  # tracebacks may show locals of frames
        check_text("client_secret", secret.reveal() if secret else "")
        super().__init__(client_id, *identity, **options)
        self.client_id, self._client_secret = _check_given("client_id", client_id), secret

    @property
    def app(self) -> grants.App:
        """The app's credentials, and the authorization server that knows them."""
        return grants.App(self.client_id, self._client_secret, self._oauth_url)

    def revoke(self) -> None:
        """End the token at Zoom, and forget it. A user must consent again.

        It blocks; in an event loop: `await asyncio.to_thread(connection.revoke)`, or `anyio.to_thread.run_sync`.
        """
        executor.result(executor.submit(self._revoke))

    def _revoke(self) -> None:
        with self.store.lock(self._key):
            token = self._refresh_if_expired(self._load() or self._current)
            if token is not None:
                asked = self.app.revoke(Secret(token.access_token))
                grants.values(asked, self._send(asked))
            self.store.delete(self._key)
            self._current = self._unsaved = None

    def _refresh_if_expired(self, token: Token | None) -> Token | None:
        """Return the token, or the next if its hour is over: a refresh token lives on at Zoom, and must die too."""
        if token is None or token.is_alive(self._now()):
            return token
        if token.refresh_token is None:
            return None
        try:
            return self._keep(self._obtain(token, DEFAULT), token)
        except ConsentNeeded:  # it is dead already
            return None

    def _adopt(self, asked: grants.OAuthRequest) -> Token:
        """Ask for a token that comes by consent, and keep it."""
        with self.store.lock(self._key):
            stored = self._load()
            return self._keep(self._ask(asked), stored)

    def _ask(self, asked: grants.OAuthRequest, settings: Settings = DEFAULT) -> Token:
        """Ask for a token, with the store locked: it keeps the answer from its first byte on."""
        with self.store.record_answer(self._key) as keep:
            _begin_record(keep, saved_answer.heading(self._now()))
            answer = self._send(asked, keep, settings)
        return grants.read(asked, answer, self._now())

    def _send(
        self, asked: grants.OAuthRequest, keep: Callable[[bytes], int] = keep_nothing, settings: Settings = DEFAULT
    ) -> responses.Response:
        """Return the answer. An httpx error is not kept as the cause: it holds the request, secrets and all."""
        settings = settings.for_tokens(self._http)
        client = settings.token_client()
        try:
            with failures.TranslatedErrors(f"Zoom's authorization server ({asked.url})"), client:
                request = client.build_request("POST", asked.url, content=asked.body(), headers=asked.headers())
                with SocketRecorder(keep, settings.bounds) as tap:
                    request.extensions["trace"] = tap
                    response = client.send(request, stream=True)
                    parts = [tap.keep_body(part) for part in http.read_within(response, settings.bounds)]
                return responses.Response(response.status_code, dict(response.headers), b"".join(parts))
        except ConnectionFailed as failure:
            text = asked.hide(str(failure))
        raise ConnectionFailed(text)


class ServerToServer(OAuthConnection):
    """A Server-to-Server OAuth app: acts for one account, as its owner, and reaches no other.

    Tokens live an hour and are independent of each other, so they stay in memory unless another `store` is given.
    https://developers.zoom.us/docs/internal-apps/s2s-oauth/

    Args:
        account_id: of the app's "App credentials" page, as the next two are.
        client_id: the app's name.
        client_secret: the app's password.
        **options: `Options`.
    """

    shown: ClassVar[tuple[str, ...]] = ("account_id", "client_id")

    def __init__(self, account_id: str, client_id: str, client_secret: str, **options: Unpack[Options]) -> None:
        secret = Secret(client_secret)
        del client_secret
        self.account_id = _check_given("account_id", account_id)
        super().__init__(client_id, _check_secret("client_secret", secret), account_id, **options)

    @property
    def account(self) -> str:
        return self.account_id

    def _obtain(self, stored: Token | None, settings: Settings) -> Token:
        return self._ask(self.app.account_credentials(self.account_id), settings)


class Chatbot(OAuthConnection):
    """A chatbot, or whoever manages webhook and WebSocket subscriptions: acts as the app itself.

    https://developers.zoom.us/docs/team-chat/chatbot/

    Args:
        client_id: of the app's "App credentials" page, as the next.
        client_secret: the app's password.
        **options: `Options`.
    """

    def __init__(self, client_id: str, client_secret: str, **options: Unpack[Options]) -> None:
        secret = Secret(client_secret)
        del client_secret
        super().__init__(client_id, _check_secret("client_secret", secret), **options)

    def _obtain(self, stored: Token | None, settings: Settings) -> Token:
        return self._ask(self.app.client_credentials(), settings)


def _begin_record(keep: Callable[[bytes], int], heading: bytes) -> None:
    """Write the line before the answer, whole. Nothing has been sent, so a disk that fails now costs no token."""
    try:
        kept, why = keep(heading), "it did not take a line whole"
    except OSError as failure:
        kept, why = 0, failure.strerror or type(failure).__name__
    if kept != len(heading):
        raise StoreFailed(f"an answer could not be kept in the store of tokens ({why}), so that Zoom was not asked")


def _check_given(name: str, value: str) -> str:
    if not value or not value.strip():
        raise _empty(name)
    return value.strip()


def _check_secret(name: str, value: Secret) -> Secret:
    if not value:
        raise _empty(name)
    return value


def _empty(name: str) -> ValueError:
    return ValueError(f"{name} is empty: it stands on the app's page in Zoom's App Marketplace")
