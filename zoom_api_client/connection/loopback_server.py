"""Waits on this machine for the browser that Zoom sends back."""

from __future__ import annotations

import hmac
import time
import webbrowser
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RD, socket
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit
from weakref import WeakSet

from zoom_api_client.core.secret import Secret
from zoom_api_client.errors import AuthorizationFailed

_DONE = b"<!doctype html><title>Done</title><p>Done. You can close this window."
_LISTENED = ("127.0.0.1", "localhost")


def open_in_browser(address: str) -> None:
    """Open an address in the browser of this machine, and do not wait: lynx and its like hold their caller."""
    Thread(target=webbrowser.open, args=(address,), daemon=True).start()


class _Server(ThreadingHTTPServer):
    """Reads each connection in a thread of its own: whoever sends a byte now and then keeps nobody waiting."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._open: WeakSet[socket] = WeakSet()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a browser may leave at any time."""

    def server_close(self) -> None:
        super().server_close()
        for each in list(self._open):
            with suppress(OSError):
                each.shutdown(SHUT_RD)


class LoopbackServer:
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
        self._answered, self._stopped = Event(), Event()

    def wait(self, timeout: float) -> Secret:
        """Return the address that the browser was sent to."""
        end = time.monotonic() + timeout
        while not self._answered.is_set() and time.monotonic() < end and not self._stopped.is_set():
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
        take, answered = self._take, self._answered

        class Handler(BaseHTTPRequestHandler):
            timeout = 5.0  # a browser opens connections that it never uses

            def do_GET(self) -> None:
                is_it = take(self.path)
                self.send_response(200 if is_it else 404)
                self.send_header("content-type", "text/html; charset=utf-8")
                self.send_header("referrer-policy", "no-referrer")
                self.end_headers()
                self.wfile.write(_DONE if is_it else b"Not here.")
                if is_it:
                    answered.set()

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing: the request line has the code in it."""

        self._server = _Server((self._host, self._port), Handler)
        self._server.timeout = 0.2
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        self._server.server_close()
