"""Forwarding: what happens at Zoom is reported elsewhere, and again if nobody listened."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from queue import Queue
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server

import attrs
import httpx
import pytest

from examples import forward_events as program
from zoom_api_client import Zoom
from zoom_api_client.testing import zoom_event
from zoom_api_client.testing.simulator import Simulator, serve_in_thread

SECRET = "secret of the app's page"


@attrs.define
class Chat:
    """The other chat: where its webhook is, what was posted to it, and whether it refuses."""

    url: str
    posted: Queue[object] = attrs.field(factory=Queue)
    status: int = 200


@contextmanager
def serving(server: HTTPServer) -> Iterator[str]:
    """Let a server answer, from `with` to its end; its address."""
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def chat() -> Iterator[Chat]:
    """A chat elsewhere."""

    class Webhook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            made.posted.put(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(made.status)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with serving(HTTPServer(("127.0.0.1", 0), Webhook)) as url:
        made = Chat(url)
        yield made


class Quiet(WSGIRequestHandler):
    """A server of the receiver that logs nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_what_happens_at_zoom_is_posted_to_the_chat(chat: Chat) -> None:
    """Presence, and a message: the simulated Zoom signs and sends them, the program passes them on."""
    simulator = Simulator(open=True)
    simulator.seed({"users": [{"email": "jane@example.com"}]})
    with (
        program.forwarding(SECRET, partial(program.post, chat.url), inbox="memory://") as receiver,
        serving(make_server("127.0.0.1", 0, receiver.wsgi(), handler_class=Quiet)) as url,
        serve_in_thread(simulator) as served,
        Zoom("any token", base_url=served.base_url) as zoom,
    ):
        simulator.events.subscribe(url, ["user.*", "team_chat.*"], secret_token=SECRET)
        simulator.set_presence("jane@example.com", "In_Meeting")
        zoom.chat.send_message("Hi", to_contact="jane@example.com")
        posted = [chat.posted.get(timeout=20) for _ in range(2)]
    assert {"text": "jane@example.com is in meeting"} in posted
    assert {"text": "owner@example.com: Hi"} in posted


def test_message_of_a_channel_is_reported() -> None:
    """Messages between two people are reported as well."""
    told: list[str] = []
    event = zoom_event("team_chat.channel_message_posted", operator="jane@example.com", message="Hi")
    asyncio.run(program.forwarding(SECRET, told.append, inbox="memory://").dispatch(event.body))
    assert told == ["jane@example.com: Hi"]


def test_what_the_other_side_refuses_is_not_lost(chat: Chat) -> None:
    """The failure reaches the receiver, which calls the handler again later."""
    chat.status = 503
    with pytest.raises(httpx.HTTPStatusError):
        program.post(chat.url, "Hello")
    chat.status = 200
    program.post(chat.url, "Hello")
    assert [chat.posted.get() for _ in range(2)] == [{"text": "Hello"}] * 2


def test_secret_is_not_on_the_command_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Everybody on the machine could read it there; without it the program says where it is found."""
    monkeypatch.delenv("ZOOM_SECRET_TOKEN", raising=False)
    with pytest.raises(SystemExit):
        program.main(["https://hooks.example.com"])
    assert "ZOOM_SECRET_TOKEN" in capsys.readouterr().err
