"""The receiver as others' servers see it: ASGI, WSGI, AWS Lambda and uvicorn."""

import base64
import io
import json
import socket
import subprocess
import sys
import threading
import time
import wsgiref.simple_server
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from tests.triggers.conftest import Seen
from zoom_api_client.testing.events import SECRET_TOKEN, SignedEvent, sign, zoom_event
from zoom_api_client.testing.sender import EventSender
from zoom_api_client.triggers import Receiver
from zoom_api_client.triggers.inbox import Counts

STARTED = zoom_event("meeting.started", topic="Résumé review")


class Connection:
    """One request to an ASGI app, part by part."""

    def __init__(self, *parts: bytes, method: str = "POST", headers: Mapping[str, str] | None = None) -> None:
        pairs = [(name.lower().encode(), text.encode()) for name, text in (headers or {}).items()]
        self.scope: dict[str, Any] = {"type": "http", "method": method, "path": "/", "headers": pairs}
        self.incoming: list[dict[str, Any]] = [
            {"type": "http.request", "body": part, "more_body": True} for part in parts
        ]
        self.sent: list[Any] = []

    async def receive(self) -> dict[str, Any]:
        return self.incoming.pop(0) if self.incoming else {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.sent.append(message)

    @property
    def status(self) -> int | None:
        """The status of the answer, None if there was none."""
        return self.sent[0]["status"] if self.sent else None


async def asked(receiver: Receiver, connection: Connection, *, complete: bool = True) -> int | None:
    """Return the status of the answer to a request."""
    if complete and connection.incoming:
        connection.incoming[-1]["more_body"] = False
    app: Any = receiver.asgi(work=False)
    await app(connection.scope, connection.receive, connection.send)
    return connection.status


async def test_asgi_body_comes_in_parts(receiver: Receiver) -> None:
    """Servers hand over what a packet has."""
    parts = [STARTED.body[:10], b"", STARTED.body[10:]]
    connection = Connection(*parts, headers=STARTED.headers)
    assert await asked(receiver, connection) == 200
    assert connection.sent[0]["headers"] == [(b"content-type", b"text/plain"), (b"content-length", b"0")]
    assert receiver.inbox.counts().waiting == 1


async def test_asgi_body_that_is_not_complete_is_not_answered(receiver: Receiver) -> None:
    """Nobody is there to read an answer."""
    connection = Connection(STARTED.body[:10], headers=STARTED.headers)
    assert await asked(receiver, connection, complete=False) is None
    assert receiver.inbox.counts().waiting == 0


async def test_asgi_body_over_the_limit_is_not_read_to_its_end() -> None:
    """Whether the request says how long it is or not."""
    receiver = Receiver(secret_token=SECRET_TOKEN, inbox="memory://", max_body=100)
    said = Connection(b"x" * 101, headers={"content-length": "101"})
    assert await asked(receiver, said) == 413
    assert len(said.incoming) == 1
    unsaid = Connection(*[b"x" * 60] * 10, headers=STARTED.headers)
    assert await asked(receiver, unsaid) == 413
    assert len(unsaid.incoming) == 8
    receiver.close()


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
async def test_asgi_takes_nothing_but_post(receiver: Receiver, method: str) -> None:
    """And reads nothing of it."""
    connection = Connection(STARTED.body, method=method, headers=STARTED.headers)
    assert await asked(receiver, connection) == 405
    assert len(connection.incoming) == 1


async def test_asgi_closes_a_websocket(receiver: Receiver) -> None:
    """It is the wrong address for one."""
    connection = Connection()
    connection.scope = {"type": "websocket"}
    app: Any = receiver.asgi(work=False)
    await app(connection.scope, connection.receive, connection.send)
    assert connection.sent == [{"type": "websocket.close", "code": 1000}]


class Served:
    """An app, served by uvicorn on loopback."""

    def __init__(self, app: Any) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.socket]})

    def __enter__(self) -> "Served":
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.should_exit = True
        self.thread.join()
        self.socket.close()


def wait_for(true: Any) -> None:
    """Wait until something is so."""
    until = time.monotonic() + 10
    while not true():
        assert time.monotonic() < until
        time.sleep(0.005)


@pytest.mark.parametrize("mounted", [False, True], ids=["alone", "in Starlette"])
def test_events_reach_handlers_over_http(receiver: Receiver, seen: Seen, mounted: bool) -> None:
    """From a signed POST to the handler, which is started by the server or by the first request."""
    receiver.watch_meetings("started")(seen)
    app: Any = receiver.asgi()
    path = "/hooks/zoom" if mounted else ""
    with Served(Starlette(routes=[Mount(path, app=app)]) if mounted else app) as served:
        with EventSender(served.url + path + "/") as zoom:
            assert zoom.send(STARTED) == [200]
            assert zoom.send(STARTED) == [200]
            assert zoom.send(STARTED.forged()) == [401]
            assert zoom.send(STARTED.truncated()) == [401]
        wait_for(lambda: seen.events)
    assert [each.to_dict() for each in seen.events] == [STARTED.json]


def test_asgi_lifespan_stops_the_handlers(receiver: Receiver) -> None:
    """A handler that runs comes to its end before the server goes."""
    begun, ended = threading.Event(), threading.Event()

    @receiver.on()
    def slow(event: object) -> None:
        begun.set()
        time.sleep(0.2)
        ended.set()

    with Served(receiver.asgi()) as served, EventSender(served.url) as zoom:
        zoom.send(STARTED)
        assert begun.wait(10)
    assert ended.is_set()


def wsgi_call(app: Any, body: bytes, headers: Mapping[str, str], method: str = "POST", **environ: Any) -> str:
    """Return the status line that a WSGI app answers, the standard library watching that it keeps the rules."""
    given: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "wsgi.input": io.BytesIO(body),
        "QUERY_STRING": "",
        "CONTENT_LENGTH": str(len(body)),
    }
    given |= {"HTTP_" + name.upper().replace("-", "_"): text for name, text in headers.items()}
    given |= environ
    given.pop("HTTP_CONTENT_TYPE", None)
    setup_testing_defaults(given)
    statuses: list[str] = []

    def start_response(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        statuses.append(status)
        return lambda data: None

    answer: Any = validator(app)(given, start_response)
    try:
        b"".join(answer)
    finally:
        answer.close()
    return statuses[0]


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


def invocation(version: int, event: SignedEvent, *, encoded: bool) -> dict[str, Any]:
    """Return what AWS calls a function with."""
    body = base64.b64encode(event.body).decode() if encoded else event.body.decode()
    common = {"body": body, "isBase64Encoded": encoded}
    if version == 1:
        titled = {name.title(): text for name, text in event.headers.items()}
        several = {name: [text] for name, text in titled.items()}
        return {**common, "httpMethod": "POST", "headers": titled, "multiValueHeaders": several}
    return {**common, "headers": dict(event.headers), "requestContext": {"http": {"method": "POST"}}}


@pytest.mark.parametrize("encoded", [False, True], ids=["text", "base64"])
@pytest.mark.parametrize("version", [1, 2])
def test_lambda_takes_events_of_either_gateway(version: int, encoded: bool, seen: Seen) -> None:
    """A topic with an accent is bytes, however it is wrapped. A frozen function handles nothing: so it does before."""
    receiver = Receiver(secret_token=SECRET_TOKEN, inbox="memory://")
    receiver.on()(seen)
    answer = receiver.aws_lambda(invocation(version, STARTED, encoded=encoded), None)
    assert (answer["statusCode"], answer["body"]) == (200, "")
    assert seen.events[0].to_dict() == STARTED.json
    assert receiver.aws_lambda(invocation(version, STARTED.forged(), encoded=encoded))["statusCode"] == 401
    assert receiver.inbox.counts().waiting == 0
    receiver.close()


def test_lambda_stores_in_an_inbox_that_outlives_it(receiver: Receiver, seen: Seen) -> None:
    """Others handle it."""
    lasting = Receiver(secret_token=SECRET_TOKEN, inbox=receiver.inbox)
    lasting.on()(seen)
    assert lasting.aws_lambda(invocation(2, STARTED, encoded=True))["statusCode"] == 200
    assert (receiver.inbox.counts().waiting, seen.events) == (1, [])


def test_lambda_answers_500_if_a_handler_failed(receiver: Receiver) -> None:
    """Zoom is the only one who can try again."""

    @receiver.on()
    async def fail(event: object) -> None:
        raise RuntimeError("no")

    assert receiver.aws_lambda(invocation(2, STARTED, encoded=False))["statusCode"] == 500


@pytest.mark.parametrize(
    "event", [{}, {"body": None}, {"httpMethod": "GET"}, {"requestContext": {}}, {"requestContext": None}]
)
def test_lambda_refuses_what_is_no_request(receiver: Receiver, event: dict[str, Any]) -> None:
    """Schedules and tests of AWS's console call it too."""
    assert receiver.aws_lambda(event)["statusCode"] == 405


def test_lambda_body_that_is_no_base64_is_refused(receiver: Receiver) -> None:
    """It is somebody's guess."""
    event = {**invocation(2, STARTED, encoded=True), "body": "???"}
    assert receiver.aws_lambda(event)["statusCode"] == 401


def test_run_serves_with_uvicorn(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or says what is missing."""
    ran: list[dict[str, Any]] = []
    monkeypatch.setattr(uvicorn, "run", lambda app, **options: ran.append(options))
    receiver.run(port=5)
    (options,) = ran
    assert (options["host"], options["port"]) == ("127.0.0.1", 5)
    assert {"limit_concurrency", "timeout_keep_alive", "backlog", "http"} <= set(options)
    monkeypatch.delitem(sys.modules, "zoom_api_client.triggers.serving")
    monkeypatch.delattr("zoom_api_client.triggers.serving")
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(ImportError, match=r"zoom-api-client\[server\]"):
        receiver.run()


def test_interpreter_that_ends_lets_handlers_end(tmp_path: Path) -> None:
    """A mounted app is told of no end: what was handled must be stored as handled all the same, and the process go."""
    script = f"""if True:
        import threading, time
        from zoom_api_client.testing.events import SECRET_TOKEN, zoom_event
        from zoom_api_client.triggers import Receiver
        receiver = Receiver(secret_token=SECRET_TOKEN, inbox="sqlite:///{tmp_path}/inbox.db")
        begun = threading.Event()
        @receiver.on()
        def slow(event):
            begun.set()
            time.sleep(0.3)
        receiver.start()
        receiver.start()
        event = zoom_event("meeting.started")
        receiver.handle(event.headers, event.body)
        begun.wait(10)
    """
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    left = Receiver(secret_token="x", inbox=f"sqlite:///{tmp_path}/inbox.db")
    assert left.inbox.counts() == Counts(waiting=0, running=0, dead=0)
    left.close()
