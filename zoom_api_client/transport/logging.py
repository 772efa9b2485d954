"""What the HTTP library logs, without secrets: addresses (httpx, INFO) and the headers of answers (httpcore, DEBUG)."""

from __future__ import annotations

import logging
import re

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


def hide_secrets() -> None:
    """See to it that the HTTP library logs no secret in this process: signed links, passcodes in links, cookies.

    With HTTP/2, `hpack` logs every header at DEBUG, Authorization too: it stays at INFO unless its level was set.
    """
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_HIDING)
    if logging.getLogger("hpack").level == logging.NOTSET:
        logging.getLogger("hpack").setLevel(logging.INFO)


_HIDING = _Hiding()
