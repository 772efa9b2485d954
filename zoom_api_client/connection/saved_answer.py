"""The answer that a refresh token was spent for, as a store keeps it: a time, then HTTP or its body as it came in."""

from __future__ import annotations

from datetime import datetime
from http.client import HTTPException, HTTPResponse, IncompleteRead
from io import BytesIO
from typing import Any, cast

from zoom_api_client.connection.token import Token
from zoom_api_client.core import codec


def heading(now: datetime) -> bytes:
    """Return the line before the answer: a lifetime counts from the time of asking, if not from that of the answer."""
    return f"{now.isoformat()}\n".encode()


def token(kept: bytes | None, *, renewed: Token | None) -> Token | None:
    """Return the token that was received, and renewed another; None for a refusal, half an answer, or nothing."""
    asked_at, _, content = (kept or b"").partition(b"\n")
    try:
        said = codec.loads(_body(content))
        if "error" in said or "reason" in said:
            return None
        now = datetime.fromisoformat(asked_at.decode())
        return Token.from_answer(said, now, refresh_token=renewed.refresh_token if renewed else None)
    except (HTTPException, KeyError, ValueError, TypeError, AttributeError):
        return None


def _body(content: bytes) -> bytes:
    """Return the body of an answer, which may come after a proxy's own; nothing of a refusal."""
    while content.startswith(b"HTTP/"):
        response = HTTPResponse(cast(Any, _ReplaySocket(content)))
        response.begin()
        try:
            content = response.read() if response.status < 300 else b""
        except IncompleteRead as cut_off:
            content = cut_off.partial
    return content


class _ReplaySocket:
    """A stand-in for a socket, with as much of one as `HTTPResponse` uses."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def makefile(self, mode: str) -> BytesIO:
        return BytesIO(self._content)
