"""What the `auth` of an HTTP client knows of tokens: how a request carries one, and which refusal is about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zoom_api_client.core import codec
from zoom_api_client.transport import logging
from zoom_api_client.transport.http import HTTPRequest

if TYPE_CHECKING:
    from zoom_api_client.connection.token import Token

logging.hide_secrets()

_EXPIRED = ("None", "124")  # "Access token is expired." and "Invalid access token."


def sign(request: HTTPRequest, token: Token) -> HTTPRequest:
    """Put an access token on a request, and return the request."""
    request.headers["authorization"] = f"Bearer {token.access_token}"
    return request


def is_dead(content: bytes) -> bool:
    """Tell whether a 401 is about the token: code 124, or no code at all (downloads answer with HTML)."""
    try:
        said = codec.loads(content)
    except ValueError:
        return True
    return not isinstance(said, dict) or str(said.get("code")) in _EXPIRED
