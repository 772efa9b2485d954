"""The files behind the `download_url`s of answers: each as long as the `file_size` beside it says."""

from __future__ import annotations

import re

from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer

_PATH = re.compile(r"/rec/download/[0-9a-f]{12}([0-9a-f]{6})")
_TEXT = b"A recording that nobody made. "


def answer(request: IncomingRequest) -> OutgoingAnswer | None:
    """Return a file, None to what asks for none."""
    found = _PATH.fullmatch(request.path)
    if not found or request.method != "GET":
        return None
    size = int(found[1], 16)
    return OutgoingAnswer(200, {"Content-Type": "video/mp4"}, (_TEXT * (size // len(_TEXT) + 1))[:size])
