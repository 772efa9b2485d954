"""A receiver of events on loopback, which knows the secret that they are signed with."""

import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import attrs

SECRET = "secret-of-a-receiver"
CHALLENGE = "endpoint.url_validation"


@attrs.define
class Receiver:
    """What came, and the statuses that are answered: the last one from then on."""

    statuses: list[int] = attrs.field(factory=lambda: [200])
    secret: str = SECRET
    url: str = ""
    challenges: int = 0
    came: list[tuple[dict[str, str], bytes]] = attrs.field(factory=list)
    heard: Event = attrs.field(factory=Event, init=False)

    @property
    def events(self) -> list[str]:
        """The names of the events that came."""
        return [json.loads(body)["event"] for _, body in self.came]

    def wait(self) -> list[str]:
        """Return the names of the events that came, as soon as there is one."""
        assert self.heard.wait(20), "no event came"
        return self.events

    def answer(self, headers: dict[str, str], body: bytes) -> tuple[int, Any]:
        """Return the status and the JSON of an answer."""
        content = json.loads(body)
        if content["event"] == CHALLENGE:
            self.challenges += 1
            plain = content["payload"]["plainToken"]
            return 200, {"plainToken": plain, "encryptedToken": sign(self.secret, plain.encode())}
        self.came.append((headers, body))
        self.heard.set()
        return (self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]), {}


def sign(secret: str, message: bytes) -> str:
    """Return the HMAC of a message, as Zoom's pages have it."""
    return hmac.digest(secret.encode(), message, "sha256").hex()


@contextmanager
def receiving(receiver: Receiver) -> Iterator[Receiver]:
    """Serve a receiver, from `with` to its end."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, said = receiver.answer({name.lower(): text for name, text in self.headers.items()}, body)
            content = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    receiver.url = f"http://127.0.0.1:{server.server_port}/zoom"
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
