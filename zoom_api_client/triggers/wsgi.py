"""The receiver as a WSGI app (PEP 3333): for Flask, Django and every server that has no event loop."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from zoom_api_client.triggers import reply
from zoom_api_client.triggers.protocols import DeliveryReceiver
from zoom_api_client.triggers.reply import Reply


class WSGIApp:
    """Takes requests on any path. Handlers start with the first request: a server may fork before it."""

    def __init__(self, receiver: DeliveryReceiver, *, work: bool) -> None:
        self._receiver, self._works = receiver, work

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Serve one request."""
        if self._works:
            self._receiver.start()
        answer = self._answer(environ)
        start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", list(answer.headers.items()))
        return [answer.body]

    def _answer(self, environ: dict[str, Any]) -> Reply:
        if environ["REQUEST_METHOD"] != "POST":
            return reply.ONLY_POST
        most = self._receiver.max_body
        length = environ.get("CONTENT_LENGTH") or ""
        if length.isdecimal():
            if int(length) > most:
                return reply.TOO_LARGE
            most = int(length)
        elif environ.get("wsgi.input_terminated"):  # chunked, and the server knows where it ends
            most += 1
        else:
            most = 0
        return self._receiver.handle(environ, environ["wsgi.input"].read(most))
