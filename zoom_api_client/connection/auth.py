"""Signing a request with a token, and telling which refusals are about the token. Nothing is sent here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zoom_api_client.core import codec
from zoom_api_client.core.secret import Secret
from zoom_api_client.transport import logging, refusal
from zoom_api_client.transport.http import TOKEN, HTTPRequest

if TYPE_CHECKING:
    from zoom_api_client.connection.token import Token

logging.hide_secrets()

# "Access token is expired." and "Invalid access token."; of chatbots, whose token is the app's: "Authorization failed".
_EXPIRED = (124, 7010)


def sign(request: HTTPRequest, token: Token) -> HTTPRequest:
    """Put an access token on a request, and return the request."""
    request.headers["authorization"] = f"Bearer {token.access_token}"
    request.extensions[TOKEN] = Secret(token.access_token)
    return request


def is_dead(status: int, content: bytes) -> bool:
    """Return whether a refusal is about the token: by its code, which a 400 can have too.

    A 401 without a code is about the token as well: downloads answer with HTML.
    """
    try:
        said = codec.loads(content)
    except ValueError:
        said = content.decode("utf-8", "replace")
    code = refusal.read(said).code
    return status == 401 if code is None else code in _EXPIRED
