"""The sender that stands in for Zoom: what it sends must be what Zoom sends."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import attrs
import pytest

from tests.triggers.conftest import NOW
from zoom_api_client import events
from zoom_api_client.errors import InvalidSignature
from zoom_api_client.testing.events import SECRET_TOKEN, deliveries, zoom_event
from zoom_api_client.testing.sender import REPEATS, EventSender
from zoom_api_client.testing.validator import check_event
from zoom_api_client.triggers import verify


@attrs.define
class Answering:
    """A receiver that answers what a test wants."""

    url: str
    statuses: list[int]
    got: list[tuple[dict[str, str], bytes]] = attrs.field(factory=list)


@pytest.fixture
def answering() -> Iterator[Answering]:
    """A server on loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            headers = {name.lower(): text for name, text in self.headers.items()}
            made.got.append((headers, self.rfile.read(int(headers["content-length"]))))
            self.send_response(made.statuses.pop(0))
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        made = Answering(f"http://127.0.0.1:{server.server_port}/", [])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("answers", "sent"),
    [
        ([200], 1),
        ([204], 1),
        ([400], 1),
        ([401], 1),
        ([302], 1),
        ([500, 200], 2),
        ([503, 500, 201], 3),
        ([500, 502, 503, 504], 4),
    ],
)
def test_repeats_come_as_zooms_do(answering: Answering, answers: list[int], sent: int) -> None:
    """Three after a failure, after 5, 20 and 60 minutes; none after a 4xx."""
    answering.statuses = list(answers)
    waits: list[float] = []
    event = zoom_event("meeting.started")
    with EventSender(answering.url, faster=60, sleep=waits.append) as zoom:
        assert zoom.send(event) == answers[:sent]
    assert waits == [5, 20, 60][: sent - 1]
    assert list(REPEATS) == [300, 1200, 3600]
    assert {body for _, body in answering.got} == {event.body}
    assert len({headers["x-zm-request-id"] for headers, _ in answering.got}) == 1


def test_delivery_to_nobody_is_repeated() -> None:
    """A receiver that restarts gets the event later."""
    with socket.create_server(("127.0.0.1", 0)) as gone:
        url = f"http://127.0.0.1:{gone.getsockname()[1]}/"
    waits: list[float] = []
    with EventSender(url, sleep=waits.append) as zoom:
        assert zoom.send(zoom_event("meeting.started")) == [-1] * 4
    assert waits == list(REPEATS)


@pytest.mark.parametrize("name", list(events.registry()))
def test_every_event_can_be_sent_and_fits_the_contract(name: str) -> None:
    """Its signature is good."""
    for seed in (0, 1):
        made = zoom_event(name, seed=seed, full=not seed)
        assert check_event(name, made.json) == []
        verify(made.body, made.headers, secret_token=SECRET_TOKEN)


def test_forged_and_stale_events_are_refused() -> None:
    """A test that forges, and is believed, proves nothing."""
    made = zoom_event("meeting.started", topic="Résumé review")
    assert made.json["payload"]["object"]["topic"] == "Résumé review"
    moment = float(made.headers["x-zm-request-timestamp"])
    for wrong in (made.forged(), made.truncated(), made.signed_at(moment - 400), zoom_event("meeting.started", at=NOW)):
        with pytest.raises(InvalidSignature):
            verify(wrong.body, wrong.headers, secret_token=SECRET_TOKEN)
    verify(made.body, made.signed_at(moment - 200).headers, secret_token=SECRET_TOKEN)
    assert SECRET_TOKEN not in repr(made)


def test_fields_go_to_the_innermost_that_has_them() -> None:
    """`account_id` of a recording stands in the object too, and the token beside the payload."""
    made = zoom_event("recording.completed", account_id="a", download_token="t").json
    assert made["payload"]["object"]["account_id"] == "a"
    assert made["download_token"] == "t"
    assert zoom_event("meeting.started", account_id="a").json["payload"]["account_id"] == "a"


@pytest.mark.parametrize(
    ("name", "fields", "said"),
    [
        ("meeting.strated", {}, "did you mean 'meeting.started'"),
        ("meeting.started", {"topik": "x"}, "has no field 'topik'; did you mean 'topic'"),
        ("xyz", {}, "Zoom has no event .xyz.$"),  # and not the names of all there are
        (
            "meeting.started",
            {"topic": 5},
            r"meeting\.started: event.*\.topic must be a string, but is 5",
        ),
    ],
)
def test_what_zoom_would_not_send_is_refused(name: str, fields: dict[str, Any], said: str) -> None:
    """A test with such an event tests nothing."""
    with pytest.raises(ValueError, match=said):
        zoom_event(name, **fields)


def test_deliveries_come_in_disorder_and_some_of_them_twice() -> None:
    """The same seed gives the same disorder."""
    made = deliveries(["meeting.started", "meeting.ended"], 100, doubled=0.2)
    ids = [each.headers["x-zm-request-id"] for each in made]
    assert (len(made), len(set(ids))) == (120, 100)
    names = [each.json["event"] for each in made]
    assert names != sorted(names)
    again = deliveries(["meeting.started", "meeting.ended"], 100, doubled=0.2)
    assert [each.json["payload"] for each in again] == [each.json["payload"] for each in made]
