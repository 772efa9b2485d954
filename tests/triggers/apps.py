"""What calls the apps of a receiver as servers do: ASGI, WSGI, Lambda, and uvicorn over HTTP."""

import base64
import io
import socket
import threading
import time
from collections.abc import Mapping
from typing import Any
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import uvicorn

from zoom_api_client.testing.events import SignedEvent, zoom_event
from zoom_api_client.triggers import Receiver

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


def invocation(version: int, event: SignedEvent, *, encoded: bool) -> dict[str, Any]:
    """Return what AWS calls a function with."""
    body = base64.b64encode(event.body).decode() if encoded else event.body.decode()
    common = {"body": body, "isBase64Encoded": encoded}
    if version == 1:
        titled = {name.title(): text for name, text in event.headers.items()}
        several = {name: [text] for name, text in titled.items()}
        return {**common, "httpMethod": "POST", "headers": titled, "multiValueHeaders": several}
    return {**common, "headers": dict(event.headers), "requestContext": {"http": {"method": "POST"}}}
