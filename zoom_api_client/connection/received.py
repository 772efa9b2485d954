"""The answer that a refresh token was spent for, as a store keeps it while it comes in: a time, then Zoom's bytes."""

from __future__ import annotations

from datetime import datetime

from zoom_api_client import _json
from zoom_api_client.connection.token import Token


def heading(now: datetime) -> bytes:
    """Return what goes before the answer: a lifetime counts from the time of asking, if not from that of the answer."""
    return f"{now.isoformat()}\n".encode()


def token(kept: bytes | None, *, renewed: Token | None) -> Token | None:
    """Return the token that was received, and renewed another; None for a refusal, half an answer, or nothing."""
    asked_at, _, content = (kept or b"").partition(b"\n")
    try:
        said = _json.loads(content)
        if "error" in said or "reason" in said:
            return None
        now = datetime.fromisoformat(asked_at.decode())
        return Token.from_answer(said, now, refresh_token=renewed.refresh_token if renewed else None)
    except (KeyError, ValueError, TypeError, AttributeError):
        return None
