"""The receiver as an AWS Lambda function: behind API Gateway (payload versions 1 and 2) or a function URL."""

from __future__ import annotations

import asyncio
import base64
import binascii
import logging
from collections.abc import Coroutine
from functools import partial
from threading import Lock, Thread
from typing import Any, Final

from zoom_api_client.triggers import reply
from zoom_api_client.triggers.inbox import Delivery, Inbox, InboxFailed, Task, own_loop
from zoom_api_client.triggers.inbox.error_text import trace
from zoom_api_client.triggers.own_inbox import OwnInbox
from zoom_api_client.triggers.protocols import DeliveryReceiver
from zoom_api_client.triggers.reply import Reply

_LEASE: Final = 900.0  # seconds: the longest that a function may run
_MOST: Final = 1000  # events that failed before, among which this one may be

_log = logging.getLogger("zoom_api_client")


def answer(receiver: DeliveryReceiver, event: Any, inbox: OwnInbox) -> dict[str, Any]:
    """Return the answer to an invocation; what is not stored for others is handled before."""
    try:
        method, headers, body = _read(event)
    except TypeError as fault:
        return _write(Reply.of(400, str(fault).encode()))
    return _write(receiver.refuse(headers, method) or _take(receiver, inbox, headers, body))


def _read(event: Any) -> tuple[str, Any, bytes]:
    """Return method, headers and body. Raises `TypeError` for what a console, a queue or a schedule sends."""
    http = _part(_part(event, "requestContext"), "http")
    # Version 1 has both; `headers` keeps only the last of several values.
    headers = _part(event, "multiValueHeaders") or _part(event, "headers")
    return str(event.get("httpMethod") or http.get("method", "")), headers, _body(event)


def _part(of: Any, name: str) -> dict[str, Any]:
    found = of.get(name) or {} if isinstance(of, dict) else None
    if not isinstance(found, dict):
        raise TypeError("not an HTTP request: invoke the function by a function URL or API Gateway")
    return found


def _write(found: Reply) -> dict[str, Any]:
    return {"statusCode": found.status, "headers": dict(found.headers), "body": found.body.decode()}


def _take(receiver: DeliveryReceiver, inbox: OwnInbox, headers: Any, body: bytes) -> Reply:
    if inbox.outlives_machine:
        return receiver.handle(headers, body)
    found = receiver.examine(headers, body)
    if isinstance(found, Reply):
        return found
    try:
        if inbox.is_given:
            _handle_once(receiver, inbox.open(), found)
        else:
            _handle(receiver, found)
    except Exception as error:
        _log.error("an event was not handled, and Zoom is told to send it again: %s", trace(error))
        return reply.NOT_HANDLED
    return reply.STORED


def _handle(receiver: DeliveryReceiver, delivery: Delivery) -> None:
    """Have an event handled, on the same event loop as those before it: what handlers share is bound to one."""
    if not _loop.run(receiver.dispatch(delivery.body)):
        _log.warning("event %s has no handler, and is dropped", delivery.key)


def _handle_once(receiver: DeliveryReceiver, inbox: Inbox, delivery: Delivery) -> None:
    """Have an event handled, unless the inbox knows that it was: a repeat of one that failed is handled again.

    Raises `InboxFailed` if another invocation may have it: that one may fail yet, or may have been killed in it.
    """
    (is_new,) = inbox.put([delivery])
    tasks = inbox.claim(_MOST, lease=_LEASE)
    mine = [task for task in tasks if task.delivery.key == delivery.key]
    inbox.release([task for task in tasks if task not in mine])
    if not mine and (is_new or inbox.counts().running):
        raise InboxFailed("another invocation has leased this event, or one of the others")
    for task in mine:
        _handle_task(receiver, inbox, task)


def _handle_task(receiver: DeliveryReceiver, inbox: Inbox, task: Task) -> None:
    try:
        _handle(receiver, task.delivery)
    except Exception:
        inbox.release([task])
        raise
    inbox.complete([task])


class _Loop:
    """An event loop that lives on between invocations, in a thread: one may be called from within another loop."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    def run(self, made: Coroutine[Any, Any, bool]) -> bool:
        """Return what a coroutine returns."""
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                run = partial(own_loop.run_forever, self._loop)
                Thread(target=run, name="zoom-api-client lambda", daemon=True).start()
        return asyncio.run_coroutine_threadsafe(made, self._loop).result()


_loop = _Loop()


def _body(event: dict[str, Any]) -> bytes:
    text = str(event.get("body") or "")
    if not event.get("isBase64Encoded"):
        return text.encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""  # which nobody has signed
