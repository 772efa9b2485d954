"""Connections that ask nobody: a bare token, and the JWT that the Video SDK's API takes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any, ClassVar, Unpack

from zoom_api_client.connection.base import Connection, Options
from zoom_api_client.connection.token import Token
from zoom_api_client.core.secret import Secret
from zoom_api_client.transport.settings import Settings

_LIFE = timedelta(hours=2)
_LEEWAY = timedelta(seconds=60)  # by which this machine's clock may be ahead of Zoom's


class BareToken(Connection):
    """An access token that somebody else looks after. It is not renewed.

    Args:
        access_token: what Zoom's OAuth returned.
        **options: `Options`.
    """

    def __init__(self, access_token: str | Secret, **options: Unpack[Options]) -> None:
        secret = Secret(access_token)
        del access_token
        super().__init__(_check_token(secret).digest(), **options)
        self._token = Token(secret.reveal())
        self._current = self._token

    def _obtain(self, stored: Token | None, settings: Settings) -> Token:
        return self._token


class VideoSDK(Connection):
    """The Video SDK's API: no OAuth, but a JWT that is signed here (HS256), good for 2 hours, renewed 5 minutes early.

    https://developers.zoom.us/docs/video-sdk/api-request/

    Args:
        api_key: the API key on the page of the Video SDK account; not the SDK key.
        api_secret: the API secret beside it; it signs, and is sent nowhere.
        **options: `Options`.
    """

    shown: ClassVar[tuple[str, ...]] = ("api_key",)

    def __init__(self, api_key: str, api_secret: str, **options: Unpack[Options]) -> None:
        secret = Secret(api_secret)
        del api_secret
        if not api_key or not secret:
            raise ValueError("api_key and api_secret stand on the Video SDK account's page")
        super().__init__(api_key, **options)
        self.api_key, self._api_secret = api_key, secret

    def _obtain(self, stored: Token | None, settings: Settings) -> Token:
        now = self._now()
        return Token(jwt(self.api_key, self._api_secret, now - _LEEWAY, now + _LIFE - _LEEWAY), now + _LIFE - _LEEWAY)


def jwt(issuer: str, secret: Secret, issued_at: datetime, expires_at: datetime) -> str:
    """Return a JSON Web Token of HS256 (RFC 7519) with `iss`, `iat` and `exp`."""
    claims = {"iss": issuer, "iat": int(issued_at.timestamp()), "exp": int(expires_at.timestamp())}
    signed = f"{_part({'alg': 'HS256', 'typ': 'JWT'})}.{_part(claims)}"
    return f"{signed}.{_base64url(hmac.digest(secret.reveal().encode(), signed.encode(), hashlib.sha256))}"


def _part(value: dict[str, Any]) -> str:
    return _base64url(json.dumps(value, separators=(",", ":")).encode())


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _check_token(token: Secret) -> Secret:
    if not token:
        raise ValueError("the access token is empty: give the token that Zoom's OAuth returned")
    if not (token.reveal().isascii() and token.reveal().isprintable()):
        raise ValueError("the access token has characters that no header can carry: give what Zoom's OAuth returned")
    return token
