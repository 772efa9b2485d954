"""The `auth` of an HTTP client: puts the access token on a request, and a new one on the same request if it died."""

# Derived from zoom_api_client/_async/auth.py by `python -m generator build`: do not edit.
from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from zoom_api_client.connection.auth import is_dead, sign
from zoom_api_client.transport.http import Auth, HTTPRequest, HTTPResponse
from zoom_api_client.transport.primitives import perform

if TYPE_CHECKING:
    from zoom_api_client.connection import Connection


class ConnectionAuth(Auth):
    """Signs requests with the token of a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sync_auth_flow(self, request: HTTPRequest) -> Generator[HTTPRequest, HTTPResponse]:
        token = self._connection.good()
        if token is None:
            token = perform(self._connection.obtaining())
        response = yield sign(request, token)
        if response.status_code == 401:
            response.read()
            if is_dead(response.content):
                newer = perform(self._connection.obtaining(rejected=token))
                if newer != token:
                    yield sign(request, newer)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._connection!r})"
