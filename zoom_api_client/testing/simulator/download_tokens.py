"""Download tokens: what opens the files of one recording, for a while, to whoever has it.

One comes with an answer, if it is asked for (`include_fields=download_access_token`), and with every event that has
files. Like Zoom's, a token says itself what it is good for, and is signed.
"""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

_KEY = b"of the downloads of a simulator"
_MARK = "dl."
_SIGNATURE = 16  # bytes


def make(recording: str, now: datetime, lifetime: timedelta) -> str:
    """Return the token for the files of a recording, by its UUID."""
    content = json.dumps([recording, (now + lifetime).timestamp()]).encode()
    return _MARK + base64.urlsafe_b64encode(_sign(content) + content).decode().rstrip("=")


def is_one(token: str) -> bool:
    """Return True for what is made here, and no OAuth token."""
    return token.startswith(_MARK)


def opens(token: str, recording: str, now: datetime) -> bool:
    """Return True if a token is for a recording, and has not ended."""
    encoded = token.removeprefix(_MARK)
    try:
        raw = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        named, ends = json.loads(raw[_SIGNATURE:])
    except ValueError:
        return False
    is_ours = _sign(raw[_SIGNATURE:]) == raw[:_SIGNATURE]
    return is_ours and bool(named == recording) and now < datetime.fromtimestamp(ends, UTC)


def _sign(content: bytes) -> bytes:
    return blake2b(content, key=_KEY, digest_size=_SIGNATURE).digest()
