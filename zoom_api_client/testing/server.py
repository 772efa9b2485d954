"""The responder over real HTTP on loopback, for demos, for servers under test and for clients in other languages."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType

from zoom_api_client.testing.exchange import Exchange, IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.responder import Responder
from zoom_api_client.testing.violation import Violation


class EmbeddedZoom:
    """A Zoom of one's own at `base_url`, from `with` to its end."""

    def __init__(self, responder: Responder | None = None, *, port: int = 0) -> None:
        self.responder = responder or Responder()
        self._server = _Server(("127.0.0.1", port), _handler(self.responder))
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @property
    def base_url(self) -> str:
        """The address that takes the place of https://api.zoom.us/v2, and of the upload hosts'."""
        return f"http://127.0.0.1:{self._server.server_port}/v2"

    @property
    def exchanges(self) -> list[Exchange]:
        """Every request so far, with the answer to it."""
        return self.responder.exchanges

    @property
    def violations(self) -> list[Violation]:
        """Everything that left the contract so far."""
        return self.responder.violations

    def __enter__(self) -> EmbeddedZoom:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def serve(self) -> None:
        """Serve in this thread until interrupted."""
        try:
            self._server.serve_forever()
        finally:
            self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # Closing must not wait for clients that keep their connections.
    block_on_close = False


def _handler(responder: Responder) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        pass

    Handler.responder = responder
    return Handler


class _Handler(BaseHTTPRequestHandler):
    responder: Responder
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    # Buffered, so that headers and body leave in one segment.
    wbufsize = -1

    def _serve(self) -> None:
        url = f"http://{self.headers.get('Host', '127.0.0.1')}{self.path}"
        request = IncomingRequest(self.command, url, dict(self.headers.items()), self._body())
        self._send(self.responder.answer(request))

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815 - the names that http.server calls

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            return b"".join(iter(self._chunk, b""))
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _chunk(self) -> bytes:
        size = int(self.rfile.readline().partition(b";")[0], 16)
        chunk = self.rfile.read(size)
        self.rfile.readline()
        return chunk

    def _send(self, answer: OutgoingAnswer) -> None:
        if not answer.status:
            self.close_connection = True
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 204:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what happened is in `exchanges`."""
