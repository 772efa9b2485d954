"""The log lines of the HTTP libraries, without secrets: addresses (INFO) and the headers of answers (DEBUG)."""

from __future__ import annotations

import logging

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


def hide_secrets() -> None:
    """See to it that the HTTP libraries log no secret in this process: signed links, passcodes in links, cookies.

    With HTTP/2, `hpack` logs every header at DEBUG, Authorization too: it stays at INFO unless its level was set.
    """
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_REDACTION)
    if logging.getLogger("hpack").level == logging.NOTSET:
        logging.getLogger("hpack").setLevel(logging.INFO)


_REDACTION = _Redaction()
