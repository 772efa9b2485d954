"""The log: our own lines on demand, and those of the HTTP library without secrets.

Ours go to the logger `zoom_api_client`: each call one line (INFO), and its attempts (DEBUG). httpx logs addresses
(INFO), httpcore the headers of answers (DEBUG).
"""

from __future__ import annotations

import logging
import os
import re
from functools import cache

from zoom_api_client.core import codec

_LOGGERS = ("httpx", *(f"httpcore.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")))
_HEADERS = re.compile(r"(\(b'(?:set-cookie|cookie|(?:proxy-)?authorization)', b)('[^']*'|\"[^\"]*\")", re.IGNORECASE)


class _Hiding(logging.Filter):
    """Lets every line through, and none of its secrets."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        hidden = _HEADERS.sub(r"\1'…'", codec.told(message))
        if hidden != message:
            record.msg, record.args = hidden, None
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
    """See to it that the HTTP library logs no secret in this process: signed links, passcodes in links, cookies.

    With HTTP/2, `hpack` logs every header at DEBUG, Authorization too: it stays at INFO unless its level was set.
    """
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_HIDING)
    if logging.getLogger("hpack").level == logging.NOTSET:
        logging.getLogger("hpack").setLevel(logging.INFO)


_HIDING = _Hiding()
