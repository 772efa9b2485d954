"""A connection as httpx knows it: puts the access token on a request, and a new one on the same request if it died."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from typing import TYPE_CHECKING, Protocol

from zoom_api_client.core import codec
from zoom_api_client.transport import logging
from zoom_api_client.transport.http import Auth, HTTPRequest, HTTPResponse

if TYPE_CHECKING:
    from zoom_api_client.connection.token import Token

logging.hide_secrets()

_EXPIRED = ("None", "124")  # "Access token is expired." and "Invalid access token."


class TokenSource(Protocol):
    """Has a token that is good now, and another one for a token that was rejected: every `Connection` does."""

    def token(self, *, rejected: Token | None = None) -> Token:
        """Return the token."""
        ...

    async def atoken(self, *, rejected: Token | None = None) -> Token:
        """Return the token, in an event loop."""
        ...


class ConnectionAuth(Auth):
    """The `auth` of an httpx client, blocking or asynchronous."""

    def __init__(self, connection: TokenSource) -> None:
        self._connection = connection

    def sync_auth_flow(self, request: HTTPRequest) -> Generator[HTTPRequest, HTTPResponse, None]:
        token = self._connection.token()
        response = yield _signed(request, token)
        if response.status_code == 401:
            response.read()
            if _is_dead(response.content):
                newer = self._connection.token(rejected=token)
                if newer != token:
                    yield _signed(request, newer)

    async def async_auth_flow(self, request: HTTPRequest) -> AsyncGenerator[HTTPRequest, HTTPResponse]:
        token = await self._connection.atoken()
        response = yield _signed(request, token)
        if response.status_code == 401:
            await response.aread()
            if _is_dead(response.content):
                newer = await self._connection.atoken(rejected=token)
                if newer != token:
                    yield _signed(request, newer)

    def __repr__(self) -> str:
        return f"ConnectionAuth({self._connection!r})"


def _signed(request: HTTPRequest, token: Token) -> HTTPRequest:
    request.headers["authorization"] = f"Bearer {token.access_token}"
    return request


def _is_dead(content: bytes) -> bool:
    """Tell whether a 401 is about the token: code 124, or no code at all (downloads answer with HTML)."""
    try:
        said = codec.loads(content)
    except ValueError:
        return True
    return not isinstance(said, dict) or str(said.get("code")) in _EXPIRED
