"""The `auth` of an HTTP client: adds the access token to a request, and repeats it with a new one if need be."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING

import attrs

from zoom_api_client._async.primitives import perform
from zoom_api_client.connection.auth import is_dead, sign
from zoom_api_client.transport.http import Auth, HTTPRequest, HTTPResponse
from zoom_api_client.transport.settings import DEFAULT, Settings

if TYPE_CHECKING:
    from zoom_api_client.connection import Connection
    from zoom_api_client.connection.token import Token
    from zoom_api_client.transport.retry import Retry


class AsyncConnectionAuth(Auth):
    """Signs requests with the token of a connection."""

    def __init__(self, connection: Connection, settings: Settings = DEFAULT) -> None:
        self._connection, self.settings = connection, settings

    def with_retry(self, retry: Retry) -> AsyncConnectionAuth:
        """Return one that asks for tokens again as this policy says."""
        return AsyncConnectionAuth(self._connection, attrs.evolve(self.settings, retry=retry))

    async def token(self) -> Token:
        """Return a token that is good now."""
        token = self._connection.find_good_token()
        if token is None:
            token = await perform(self._connection.token_steps(settings=self.settings))
        return token

    async def async_auth_flow(self, request: HTTPRequest) -> AsyncGenerator[HTTPRequest, HTTPResponse]:
        token = await self.token()
        response = yield sign(request, token)
        if not await self._is_refused(response):
            return
        newer = await perform(self._connection.token_steps(rejected=token, settings=self.settings))
        if newer == token:
            return
        response = yield sign(request, newer)
        if await self._is_refused(response):
            self._connection.note_refusal(newer)

    async def _is_refused(self, response: HTTPResponse) -> bool:
        if response.status_code not in (400, 401):
            return False
        await response.aread()
        return is_dead(response.status_code, response.content)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._connection!r})"
