"""The receiver as a WSGI app."""

import io
import json
import threading
import wsgiref.simple_server
from typing import Any

import pytest

from tests.triggers.apps import STARTED, wait_for, wsgi_call
from tests.triggers.conftest import Seen
from zoom_api_client.testing.events import sign
from zoom_api_client.testing.sender import EventSender
from zoom_api_client.triggers import Receiver


def test_wsgi_keeps_the_rules_and_takes_events(receiver: Receiver) -> None:
    """Flask and Django are mounted the same way."""
    app = receiver.wsgi(work=False)
    body = json.dumps({"event": "endpoint.url_validation", "payload": {"plainToken": "abc"}}).encode()
    typed = {"CONTENT_TYPE": "application/json"}
    assert wsgi_call(app, STARTED.body, STARTED.headers, **typed) == "200 OK"
    assert wsgi_call(app, body, sign(body), **typed) == "200 OK"
    assert wsgi_call(app, STARTED.body, STARTED.forged().headers, **typed) == "401 Unauthorized"
    assert wsgi_call(app, STARTED.body[:-1], STARTED.headers, **typed) == "401 Unauthorized"
    assert wsgi_call(app, b"", {}, "GET") == "405 Method Not Allowed"
    assert wsgi_call(app, b"", {}, CONTENT_LENGTH=str(10**9)).startswith("413 ")
    assert receiver.inbox.counts().waiting == 1


@pytest.mark.parametrize("length", ["", "x", "-5"])
def test_wsgi_without_a_length_reads_only_what_the_server_ends(receiver: Receiver, length: str) -> None:
    """Reading on would wait for a client that has nothing more to say."""
    app: Any = receiver.wsgi(work=False)
    statuses: list[str] = []
    environ: dict[str, Any] = {f"HTTP_{name.upper().replace('-', '_')}": text for name, text in STARTED.headers.items()}
    for ended, status in ((False, "401"), (True, "200")):
        more = {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": length, "wsgi.input_terminated": ended}
        app({**environ, **more, "wsgi.input": io.BytesIO(STARTED.body)}, lambda line, headers: statuses.append(line))
        assert statuses[-1].startswith(status)


def test_wsgi_starts_the_handlers_with_the_first_request(receiver: Receiver, seen: Seen) -> None:
    """Before it, a server may fork."""
    receiver.on()(seen)

    class Handler(wsgiref.simple_server.WSGIRequestHandler):
        def log_message(self, format: str, *args: Any) -> None: ...

    app: Any = receiver.wsgi()
    with wsgiref.simple_server.make_server("127.0.0.1", 0, app, handler_class=Handler) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        with EventSender(f"http://127.0.0.1:{server.server_port}/any/path") as zoom:
            assert zoom.send(STARTED) == [200]
        thread.join()
    wait_for(lambda: seen.events)
