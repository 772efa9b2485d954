"""The receiver as an AWS Lambda function: behind API Gateway (payload versions 1 and 2) or a function URL."""

from __future__ import annotations

import asyncio
import base64
import binascii
import logging
from functools import partial
from typing import Any

from zoom_api_client.triggers import reply
from zoom_api_client.triggers.inbox.error_text import traced
from zoom_api_client.triggers.protocols import DeliveryReceiver
from zoom_api_client.triggers.reply import Reply
from zoom_api_client.triggers.signature import Headers

_log = logging.getLogger("zoom_api_client")


def answer(receiver: DeliveryReceiver, event: dict[str, Any], *, stores: bool) -> dict[str, Any]:
    """Return the answer to an invocation; what is not stored is handled before."""
    method = event.get("httpMethod") or event.get("requestContext", {}).get("http", {}).get("method", "")
    # Version 1 has both; `headers` keeps only the last of several values.
    headers = event.get("multiValueHeaders") or event.get("headers") or {}
    take = receiver.handle if stores else partial(_handle, receiver)
    found = take(headers, _body(event), method=method)
    return {"statusCode": found.status, "headers": dict(found.headers), "body": found.body.decode()}


def _handle(receiver: DeliveryReceiver, headers: Headers, body: bytes, *, method: str) -> Reply:
    found = receiver.examine(headers, body, method)
    if isinstance(found, Reply):
        return found
    try:
        asyncio.run(receiver.dispatch(found.body))
    except Exception as error:
        _log.error("a handler failed, and Zoom is told to send the event again: %s", traced(error))
        return reply.NOT_STORED
    return reply.STORED


def _body(event: dict[str, Any]) -> bytes:
    text: str = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        return text.encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""  # which nobody has signed
