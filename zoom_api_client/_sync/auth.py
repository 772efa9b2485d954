"""The `auth` of an HTTP client: adds the access token to a request, and repeats it with a new one if need be."""

# Derived from zoom_api_client/_async/auth.py by `python -m generator build`: do not edit.
from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

import attrs

from zoom_api_client.connection.auth import is_dead, sign
from zoom_api_client.transport.http import Auth, HTTPRequest, HTTPResponse
from zoom_api_client.transport.primitives import perform
from zoom_api_client.transport.settings import DEFAULT, Settings

if TYPE_CHECKING:
    from zoom_api_client.connection import Connection
    from zoom_api_client.connection.token import Token
    from zoom_api_client.transport.retry import Retry


class ConnectionAuth(Auth):
    """Signs requests with the token of a connection."""

    def __init__(self, connection: Connection, settings: Settings = DEFAULT) -> None:
        self._connection, self.settings = connection, settings

    def with_retry(self, retry: Retry) -> ConnectionAuth:
        """Return one that asks for tokens again as this policy says."""
        return ConnectionAuth(self._connection, attrs.evolve(self.settings, retry=retry))

    def token(self) -> Token:
        """Return a token that is good now."""
        token = self._connection.find_good_token()
        if token is None:
            token = perform(self._connection.token_steps(settings=self.settings))
        return token

    def sync_auth_flow(self, request: HTTPRequest) -> Generator[HTTPRequest, HTTPResponse]:
        token = self.token()
        response = yield sign(request, token)
        if not self._is_refused(response):
            return
        newer = perform(self._connection.token_steps(rejected=token, settings=self.settings))
        if newer == token:
            return
        response = yield sign(request, newer)
        if self._is_refused(response):
            self._connection.note_refusal(newer)

    def _is_refused(self, response: HTTPResponse) -> bool:
        if response.status_code not in (400, 401):
            return False
        response.read()
        return is_dead(response.status_code, response.content)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._connection!r})"
