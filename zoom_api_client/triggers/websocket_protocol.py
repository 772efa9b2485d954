"""Zoom's WebSocket protocol: what is said when, and what a frame means. Nothing is sent or waited for here."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, Final

import attrs

from zoom_api_client.core import codec

HEARTBEAT: Final = '{"module":"heartbeat"}'
BEAT_EVERY: Final = 30.0  # seconds
SILENCE: Final = 45.0  # seconds

_NEEDS_TOKEN: Final = ("invalid token", "token is invalid")
_LONGEST: Final = 60.0  # seconds


class TokenRefused(Exception):
    """Zoom wants another access token than that of this connection."""


class Silent(Exception):
    """The connection has been silent too long to be alive."""


class SubscriptionRefused(Exception):
    """Zoom will not serve this connection; the message is Zoom's."""


@attrs.define
class Link:
    """One connection, from its opening at a moment (seconds of a clock that does not jump) to its end."""

    opened_at: float
    is_built: bool = False
    _heard_at: float = attrs.field(init=False)
    _beat_at: float = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._heard_at = self._beat_at = self.opened_at

    def has_lasted(self, now: float) -> bool:
        """Return whether it was good: Zoom may build a connection, and end it at once, time after time."""
        return self.is_built and now >= self.opened_at + BEAT_EVERY

    def wait(self, now: float) -> float:
        """Return for how many seconds there is nothing to do but to listen."""
        return max(0.0, min(self._beat_at + BEAT_EVERY, self._heard_at + SILENCE) - now)

    def due(self, now: float) -> str | None:
        """Return what is to be sent now, if anything is. Raises `Silent`."""
        if now >= self._heard_at + SILENCE:
            raise Silent(f"nothing came for {SILENCE:.0f} s")
        if now < self._beat_at + BEAT_EVERY:
            return None
        self._beat_at = now
        return HEARTBEAT

    def receive(self, frame: str | bytes, now: float) -> bytes | None:
        """Return the event of a frame, None if it carries none. Raises `TokenRefused` and `SubscriptionRefused`."""
        self._heard_at = now
        said = _object(frame)
        module, content = said.get("module"), said.get("content")
        if isinstance(content, str) and content.strip(" .").lower() in _NEEDS_TOKEN:
            raise TokenRefused
        if module != "message" and said.get("success") is False:
            raise SubscriptionRefused(f"{module}: {content}")
        is_bare = module is None and isinstance(said.get("event"), str)
        self.is_built = self.is_built or is_bare or module in ("build_connection", "message")
        if is_bare:  # so Zoom's newer pages show it: an event as a webhook has it, in no frame
            return frame.encode("utf-8", "replace") if isinstance(frame, str) else bytes(frame)
        return _event(content) if module == "message" else None


def _object(frame: str | bytes) -> dict[str, Any]:
    try:
        said = codec.loads(frame)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _event(content: Any) -> bytes | None:
    """Return the event of a message: its content is JSON within JSON, or (seen so in no document) an object at once."""
    if isinstance(content, dict):
        return codec.dumps(content)
    return content.encode("utf-8", "replace") if isinstance(content, str) and _object(content) else None


def backoff(failures: int, vary: Callable[[], float] = random.random) -> float:
    """Return the seconds to wait before the next connection after some failures in a row: a minute at most.

    It is never zero: each connection closes the one before it, and two programs with one subscription would go on so.
    """
    longest: float = min(_LONGEST, 2.0 ** min(failures, 10))
    return longest * (0.5 + vary() / 2)
