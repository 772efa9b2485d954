"""The grants: what is asked of Zoom's token endpoint, and what an answer means. Nothing is sent here.

https://developers.zoom.us/docs/integrations/oauth/ and …/docs/internal-apps/s2s-oauth/
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import attrs

from zoom_api_client.connection import oauth_errors
from zoom_api_client.connection.token import Token
from zoom_api_client.core import codec
from zoom_api_client.core.redaction import quote_text
from zoom_api_client.core.secret import Secret
from zoom_api_client.errors import AuthorizationFailed
from zoom_api_client.transport import responses

DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"


@attrs.frozen
class OAuthRequest:
    """A POST for Zoom's authorization server. Values go into the body: since 2023 Zoom takes no secrets in URLs."""

    url: str
    form: Mapping[str, str | Secret]
    app: App

    def body(self) -> bytes:
        """Return the body, percent-encoded."""
        return urlencode({name: _plain(value) for name, value in self.form.items()}).encode()

    def headers(self) -> dict[str, str]:
        """Return the headers: with the app's credentials, unless it is a public client."""
        given = {
            "accept": "application/json",
            "accept-encoding": "identity",  # every byte of an answer can be read as soon as it is there
            "content-type": "application/x-www-form-urlencoded",
        }
        return {**given, "authorization": self.app.basic()} if self.app.client_secret else given

    def hide(self, text: str) -> str:
        """Return a text of Zoom's for a message, without the secrets that were sent."""
        sent = (each for each in self.form.values() if isinstance(each, Secret))
        return quote_text(text, self.app.client_secret, *sent)


@attrs.frozen
class App:
    """An app's credentials, and the authorization server that knows them. A public client has no secret."""

    client_id: str
    client_secret: Secret | None
    oauth_url: str

    def basic(self) -> str:
        """Return the value of `Authorization`."""
        secret = self.client_secret.reveal() if self.client_secret else ""
        return "Basic " + base64.b64encode(f"{self.client_id}:{secret}".encode()).decode()

    def ask(self, path: str, **form: str | Secret | None) -> OAuthRequest:
        """Return a question; what is None is left out, and a public client names itself in the body."""
        named = form if self.client_secret else {"client_id": self.client_id, **form}
        return OAuthRequest(
            self.oauth_url + path, {name: value for name, value in named.items() if value is not None}, self
        )

    def authorization_code(self, code: Secret, redirect_uri: str, code_verifier: Secret | None) -> OAuthRequest:
        """Ask for the token of a code. The code is good once, for 5 minutes."""
        return self.ask(
            "/oauth/token",
            grant_type="authorization_code",
            code=code,
            redirect_uri=redirect_uri,
            code_verifier=code_verifier,
        )

    def refresh_token(self, refresh_token: Secret) -> OAuthRequest:
        """Ask for the next token. It spends the refresh token."""
        return self.ask("/oauth/token", grant_type="refresh_token", refresh_token=refresh_token)

    def account_credentials(self, account_id: str) -> OAuthRequest:
        """Ask for a token of the account's own app (Server-to-Server): Zoom's own grant, no standard one."""
        return self.ask("/oauth/token", grant_type="account_credentials", account_id=account_id)

    def client_credentials(self) -> OAuthRequest:
        """Ask for a token of the app itself: chatbot messages, webhook subscriptions."""
        return self.ask("/oauth/token", grant_type="client_credentials")

    def device(self) -> OAuthRequest:
        """Ask for a code that the user types in elsewhere."""
        return attrs.evolve(self.ask("/oauth/devicecode"), form={"client_id": self.client_id})

    def device_code(self, device_code: Secret) -> OAuthRequest:
        """Ask whether the user has confirmed the code."""
        return self.ask("/oauth/token", grant_type=DEVICE_CODE, device_code=device_code)

    def revoke(self, token: Secret) -> OAuthRequest:
        """Ask to end a token."""
        return self.ask("/oauth/revoke", token=token)


def read(asked: OAuthRequest, answer: responses.Response, now: datetime) -> Token:
    """Return the token of an answer that came now, or raise what it is instead."""
    said = values(asked, answer)
    spent = asked.form.get("refresh_token")
    try:
        return Token.from_answer(said, now, refresh_token=_plain(spent) if spent else None)
    except (KeyError, ValueError, TypeError, AttributeError):
        pass
    raise AuthorizationFailed("Zoom answered without an access token", status=answer.status)


def values(asked: OAuthRequest, answer: responses.Response) -> dict[str, Any]:
    """Return the values of an answer, or raise the refusal that it is.

    Raises `AuthorizationFailed`, `ConsentNeeded` for a dead refresh token, and `errors.ServerError` or
    `errors.RateLimited` where the next attempt may succeed.
    """
    said = _decode(answer.content)
    if answer.status == 429 or answer.status >= 500:
        reason = f"{asked.url}: {asked.hide(oauth_errors.text(said)) or 'Zoom gave no reason'}"
        raise responses.error(attrs.evolve(answer, content=b""), {"reason": reason})
    if answer.status >= 400 or not said.keys().isdisjoint(("error", "reason", "errorCode")):
        hidden = asked.hide(oauth_errors.text(said))
        raise oauth_errors.refusal(said, answer.status, renewing="refresh_token" in asked.form, hidden=hidden)
    return said


def _decode(content: bytes) -> dict[str, Any]:
    try:
        said = codec.loads(content)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _plain(value: str | Secret) -> str:
    return value.reveal() if isinstance(value, Secret) else value
