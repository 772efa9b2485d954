"""Waits on this machine for the browser that Zoom sends back."""

from __future__ import annotations

import hmac
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from zoom_api_client.core.secret import Secret
from zoom_api_client.errors import AuthorizationFailed

_DONE = b"<!doctype html><title>Done</title><p>Done. You can close this window."
_LISTENED = ("127.0.0.1", "localhost")


class Redirect:
    """Serves a loopback redirect URI (`http://127.0.0.1:8765/callback`) from `with` to its end.

    Only a request with the right path and state counts: any page in the browser can send others.
    """

    def __init__(self, redirect_uri: str, state: str) -> None:
        parts = urlsplit(redirect_uri)
        if parts.scheme != "http" or parts.hostname not in _LISTENED or not parts.port:
            raise ValueError(
                f"redirect_uri {redirect_uri!r} is not of this machine: use http://127.0.0.1:PORT/…, or authorize_url()"
            )
        self._host, self._port, self._path = parts.hostname, parts.port, parts.path or "/"
        self._state = state
        self._found: Secret | None = None
        self._stopped = Event()

    def wait(self, timeout: float) -> Secret:
        """Return the address that the browser was sent to."""
        end = time.monotonic() + timeout
        while self._found is None and time.monotonic() < end and not self._stopped.is_set():
            self._server.handle_request()
        if self._found is None:
            raise AuthorizationFailed(f"nobody consented within {timeout:g} seconds")
        return self._found

    def _take(self, target: str) -> bool:
        parts = urlsplit(target)
        state = parse_qs(parts.query).get("state", [""])[0]
        if parts.path != self._path or not hmac.compare_digest(state.encode(), self._state.encode()):
            return False
        self._found = Secret(f"http://{self._host}:{self._port}{target}")
        return True

    def __enter__(self) -> Self:
        take = self._take

        class Handler(BaseHTTPRequestHandler):
            timeout = 5.0  # a browser opens connections that it never uses

            def do_GET(self) -> None:
                is_it = take(self.path)
                self.send_response(200 if is_it else 404)
                self.send_header("content-type", "text/html; charset=utf-8")
                self.send_header("referrer-policy", "no-referrer")
                self.end_headers()
                self.wfile.write(_DONE if is_it else b"Not here.")

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing: the request line has the code in it."""

        self._server = HTTPServer((self._host, self._port), Handler)
        self._server.timeout = 0.2
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        self._server.server_close()
