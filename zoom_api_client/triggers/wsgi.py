"""The receiver as a WSGI app (PEP 3333): for Flask, Django and every server that has no event loop."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from zoom_api_client.triggers import signature
from zoom_api_client.triggers.health import answer_probe
from zoom_api_client.triggers.inbox import InboxFailed
from zoom_api_client.triggers.protocols import DeliveryReceiver
from zoom_api_client.triggers.reply import Reply, refuse_to_store


class WSGIApp:
    """Takes requests on any path. Handlers start with the first request: a server may fork before it."""

    def __init__(self, receiver: DeliveryReceiver, *, work: bool, health_path: str | None) -> None:
        self._receiver, self._works, self._health_path = receiver, work, health_path

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Serve one request."""
        try:
            if self._works:
                self._receiver.start()
            answer = self._answer(environ)
        except InboxFailed as failure:
            answer = refuse_to_store(failure)
        start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", list(answer.headers.items()))
        return [answer.body]

    def _answer(self, environ: dict[str, Any]) -> Reply:
        method, headers = environ["REQUEST_METHOD"], signature.pick_headers(environ)
        if method == "GET" and environ.get("PATH_INFO") == self._health_path:
            return answer_probe(self._receiver.health)
        if (refusal := self._receiver.refuse(headers, method)) is not None:
            return refusal
        length = headers.content_length
        if length is None:  # chunked: only a server that knows where it ends can be asked for all of it
            length = self._receiver.webhook.max_body + 1 if environ.get("wsgi.input_terminated") else 0
        return self._receiver.handle(headers, environ["wsgi.input"].read(length))
