"""What the receiver answers, whatever framework carries it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import attrs

from zoom_api_client.core import codec

_log = logging.getLogger("zoom_api_client")


@attrs.frozen
class Reply:
    """An HTTP answer: header names are in lower case."""

    status: int
    headers: Mapping[str, str] = attrs.field(factory=dict)
    body: bytes = b""

    @classmethod
    def of(cls, status: int, body: bytes = b"", **headers: str) -> Reply:
        """Return the answer of a status, with the headers that every server wants."""
        return cls(status, {"content-type": "text/plain", **headers, "content-length": str(len(body))}, body)

    @classmethod
    def json(cls, value: Mapping[str, Any], status: int = 200) -> Reply:
        """Return an answer with JSON."""
        return cls.of(status, codec.dumps(value), **{"content-type": "application/json"})


STORED = Reply.of(200)
# Zoom repeats after a 5xx (three times, over 85 minutes), and never after a 4xx: only what can never be right gets one.
NOT_STORED = Reply.of(503)
NOT_HANDLED = Reply.of(500)
NO_EVENT = Reply.of(400)
NOT_ZOOM = Reply.of(401)
ONLY_POST = Reply.of(405, allow="POST")
TOO_SLOW = Reply.of(408, connection="close")
TOO_LARGE = Reply.of(413)


def refuse_to_store(failure: Exception) -> Reply:
    """Return the answer to a delivery that cannot be kept, and log why."""
    _log.error("an event was not stored, and Zoom is told to send it again: %s", failure, exc_info=failure)
    return NOT_STORED
