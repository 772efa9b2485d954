"""Page tokens: what Zoom gives to go on with a list, for fifteen minutes and for the same question."""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta
from hashlib import blake2b

LIFETIME = timedelta(minutes=15)

_KEY = b"of the simulator"


def make(question: str, start: int, now: datetime) -> str:
    """Return the token of the page that begins at an index of a list."""
    content = json.dumps([start, int(now.timestamp())]).encode()
    return base64.urlsafe_b64encode(_sign(content, question) + content).decode().rstrip("=")


def read(token: str, question: str, now: datetime) -> int | None:
    """Return the index at which a page begins; None for a token that was made for another question, or is too old."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        start, made = json.loads(raw[8:])
    except ValueError:
        return None
    is_good = _sign(raw[8:], question) == raw[:8] and now.timestamp() < made + LIFETIME.total_seconds()
    return start if is_good else None


def _sign(content: bytes, question: str) -> bytes:
    return blake2b(content + question.encode(), key=_KEY, digest_size=8).digest()
