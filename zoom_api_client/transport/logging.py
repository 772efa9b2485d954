"""The log: our own lines on demand, and those of the HTTP library without secrets.

Ours go to the logger `zoom_api_client`: each call one line (INFO), and its attempts (DEBUG). httpx logs addresses
(INFO), httpcore the headers of answers (DEBUG).
"""

from __future__ import annotations

import logging
import os
from functools import cache

from zoom_api_client.core.redaction import redact_text

# httpx2 and httpcore2 are the continuation of the two others.
_PARTS = ("connection", "http11", "http2", "proxy", "socks")
_LOGGERS = ("httpx", "httpx2", *(f"{library}.{part}" for library in ("httpcore", "httpcore2") for part in _PARTS))


class _Redaction(logging.Filter):
    """Lets every line through, and none of its secrets."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        redacted = redact_text(message)
        if redacted != message:
            record.msg, record.args = redacted, None
        return True


@cache
def begin() -> None:
    """Show our lines on standard error if the environment says ZOOM_LOG=info or debug; done once, by the first client.

    A program that has set up logging itself gets them where it wants them.
    """
    level = os.environ.get("ZOOM_LOG", "").strip().upper()
    if not level:
        return
    if level not in ("INFO", "DEBUG"):
        raise ValueError(f"ZOOM_LOG is {level.lower()!r}: give info, debug or nothing")
    ours = logging.getLogger("zoom_api_client")
    ours.setLevel(level)
    if not ours.hasHandlers():
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
        ours.addHandler(handler)


def hide_secrets() -> None:
    """See to it that the HTTP libraries log no secret in this process: signed links, passcodes in links, cookies.

    With HTTP/2, `hpack` logs every header at DEBUG, Authorization too: it stays at INFO unless its level was set.
    """
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_REDACTION)
    if logging.getLogger("hpack").level == logging.NOTSET:
        logging.getLogger("hpack").setLevel(logging.INFO)


_REDACTION = _Redaction()
