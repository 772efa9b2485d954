"""Forwarding: what happens at Zoom is told elsewhere, and again if nobody listened."""

import asyncio
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.error import HTTPError

import pytest

from examples import forward_events as program
from zoom_api_client.testing import SignedEvent, zoom_event

SECRET = "secret of the app's page"


@pytest.mark.parametrize(
    ("event", "text"),
    [
        (
            zoom_event("user.presence_status_updated", email="jane@example.com", presence_status="In_Meeting"),
            "jane@example.com is in meeting",
        ),
        (zoom_event("team_chat.dm_message_posted", operator="jane@example.com", message="Hi"), "jane@example.com: Hi"),
        (zoom_event("team_chat.channel_message_posted", operator="j@example.com", message="Hi"), "j@example.com: Hi"),
    ],
)
def test_event_is_told(event: SignedEvent, text: str) -> None:
    """Presence, and messages of both kinds."""
    told: list[str] = []
    receiver = program.forwarding(SECRET, told.append, inbox="memory://")
    asyncio.run(receiver.dispatch(event.body))
    assert told == [text]


@pytest.fixture
def elsewhere() -> Iterator[HTTPServer]:
    """A webhook that refuses what comes first and takes the rest."""

    class Webhook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200 if len(taken) > 1 else 503)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    taken: list[object] = []
    with HTTPServer(("127.0.0.1", 0), Webhook) as server:
        server.taken = taken  # type: ignore[attr-defined]
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_what_the_other_side_refuses_is_not_lost(elsewhere: HTTPServer) -> None:
    """The failure reaches the receiver, which calls the handler again later."""
    address = f"http://127.0.0.1:{elsewhere.server_port}"
    with pytest.raises(HTTPError):
        program.post(address, "Hello")
    program.post(address, "Hello")
    assert elsewhere.taken == [{"text": "Hello"}] * 2  # type: ignore[attr-defined]


def test_secret_is_not_on_the_command_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Everybody on the machine could read it there; without it the program says where it is found."""
    monkeypatch.delenv("ZOOM_SECRET_TOKEN", raising=False)
    with pytest.raises(SystemExit):
        program.main(["https://hooks.example.com"])
    assert "ZOOM_SECRET_TOKEN" in capsys.readouterr().err
