"""Steering: what a test of any language does to a simulator over HTTP, and who may not."""

from typing import Any

import pytest

from tests.simulator.frozen import FrozenZoom
from zoom_api_client.core import codec
from zoom_api_client.testing import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.simulator import Simulator
from zoom_api_client.testing.simulator.steering import Steering


@pytest.fixture
def zoom() -> FrozenZoom:
    """Return a simulator that takes any token."""
    return FrozenZoom(open=True)


def ask(
    zoom: Simulator, method: str, name: str, body: Any = None, headers: dict[str, str] | None = None
) -> OutgoingAnswer:
    """Return the answer of a control."""
    content = body if isinstance(body, bytes) else b"" if body is None else codec.dumps(body)
    request = IncomingRequest(method, f"http://127.0.0.1:8080/_simulator/{name}", headers or {}, content)
    answer = Steering(zoom).answer(request)
    assert answer is not None
    return answer


def read(zoom: Simulator, name: str) -> Any:
    """Return what a control shows."""
    answer = ask(zoom, "GET", name)
    assert answer.status == 200, answer.body
    return codec.loads(answer.body)


def test_clock_is_set_advanced_and_let_run(zoom: FrozenZoom) -> None:
    """A test begins on the day that it needs."""
    ask(zoom, "PUT", "clock", {"now": "2026-03-31T09:00:00Z", "frozen": True})
    ask(zoom, "PUT", "clock", {"advance": 3600})
    assert read(zoom, "clock") == {"now": "2026-03-31T10:00:00+00:00", "frozen": True}
    ask(zoom, "PUT", "clock", {"frozen": False})
    assert read(zoom, "clock")["frozen"] is False


def test_state_is_seeded_dumped_loaded_and_reset(zoom: FrozenZoom) -> None:
    """What a test needs is there in a line, and gone for the next."""
    before = read(zoom, "accounts")
    assert ask(zoom, "POST", "seed", b"users: [{email: jane@example.com, meetings: [{topic: Sync}]}]").status == 204
    dumped = ask(zoom, "GET", "state").body
    assert {"meetings": 2, "users": 3} == read(zoom, "accounts")[0]["holds"] != before[0]["holds"]
    assert ask(zoom, "DELETE", "state").status == 204
    assert read(zoom, "accounts")[0]["holds"] == {"users": 1}
    assert ask(zoom, "PUT", "state", dumped).status == 204
    assert [each["fields"]["topic"] for each in read(zoom, "rows?resource=meetings")] == ["Standup", "Sync"]


def test_requests_and_violations_are_shown_without_secrets(zoom: FrozenZoom) -> None:
    """A test in another language asserts what was asked; tokens are nobody's business."""
    zoom.call("a-token", "POST", "/v2/users/me/meetings?access_token=hidden", body={"tipic": "Sync"})
    zoom.ask("/oauth/token", grant_type="account_credentials", account_id="x")
    shown = read(zoom, "requests")
    assert [each["operation"] for each in shown] == ["meetings.create_meeting", None]
    assert shown[0]["body"] == {"tipic": "Sync"}
    assert "unknown" in {each["rule"] for each in read(zoom, "violations")}
    text = ask(zoom, "GET", "overview").body.decode()
    assert not [each for each in ("a-token", "hidden", "simulated-client-secret") if each in text]
    ask(zoom, "DELETE", "requests")
    assert read(zoom, "requests") == read(zoom, "violations") == []


def test_faults_are_switched_on_and_off(zoom: FrozenZoom) -> None:
    """A number switches one off; without a number all are."""
    for status in (500, 503):
        assert ask(zoom, "POST", "faults", {"on": "users.*", "raises": status}).status == 201
    assert zoom.call("any").status == 500
    ask(zoom, "DELETE", "faults/0")
    assert read(zoom, "faults") == [{"on": "users.*", "raises": 503}]
    ask(zoom, "DELETE", "faults")
    assert zoom.call("any").status == 200
    assert ask(zoom, "DELETE", "faults/7").status == 404


def test_apps_and_subscriptions_show_no_secret(zoom: FrozenZoom) -> None:
    """They are made here, and their secrets go one way only."""
    app = {"client_id": "mine", "client_secret": "very-hidden", "kind": "server-to-server"}
    assert ask(zoom, "POST", "apps", app).status == 201
    subscription = {"url": "http://app:8000/zoom", "events": ["meeting.*"], "secret_token": "very-hidden"}
    made = codec.loads(ask(zoom, "POST", "subscriptions", subscription).body)
    assert zoom.authorization.apps.find("mine") is not None
    shown = [ask(zoom, "GET", each).body for each in ("apps", "subscriptions", "overview")]
    shown.append(ask(zoom, "GET", "rows?resource=marketplace.app.event_subscription").body)
    assert not [each for each in shown if b"very-hidden" in each]
    assert ask(zoom, "DELETE", f"subscriptions/{made['id']}").status == 204
    assert read(zoom, "subscriptions") == []


def test_events_are_sent_by_hand(zoom: FrozenZoom) -> None:
    """What no call of the API brings about happens all the same: somebody joins."""
    ask(zoom, "POST", "subscriptions", {"events": ["meeting.*"]})
    assert ask(zoom, "POST", "events", {"event": "meeting.started", "about": {"topic": "Sync"}}).status == 201
    zoom.events.deliver()
    sent = read(zoom, "deliveries")[0]
    assert (sent["event"], sent["body"]["payload"]["object"]["topic"]) == ("meeting.started", "Sync")
    assert sent["attempts"][0]["answer"] == "lost: no WebSocket is connected"


def test_tokens_expire_and_apps_are_removed(zoom: FrozenZoom) -> None:
    """Two things that a program has to survive on any day."""
    zoom = FrozenZoom()
    first, second = zoom.give(client_id="one"), zoom.give(client_id="two")
    assert codec.loads(ask(zoom, "POST", "deauthorizations", {"client_id": "one"}).body) == {"tokens": 1}
    assert [zoom.call(each).status for each in (first, second)] == [401, 200]
    ask(zoom, "DELETE", "tokens")
    assert zoom.call(second).status == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "rebound.example"}, {"Origin": "https://evil.example"}, {"Origin": "null"},
        {"Host": "127.0.0.1.evil.example"}, {"Host": "127.0.0.1:8080", "Origin": "http://127.0.0.1.evil.example"},
    ],
)  # fmt: skip
def test_pages_of_others_steer_nothing(zoom: FrozenZoom, headers: dict[str, str]) -> None:
    """A page in the developer's browser must not read or change anything, whatever its name stands for."""
    assert ask(zoom, "DELETE", "state", headers=headers).status == 403
    assert read(zoom, "accounts")[0]["holds"]["meetings"] == 1


def test_forwarded_host_does_not_hide_a_foreign_one(zoom: FrozenZoom) -> None:
    """What a browser cannot forge is looked at, beside what a proxy says."""
    request = IncomingRequest("GET", "http://localhost/_simulator/state", {"host": "rebound.example"})
    answer = Steering(zoom).answer(request)
    assert answer is not None
    assert answer.status == 403


@pytest.mark.parametrize(
    ("method", "name", "body"),
    [
        ("PUT", "clock", {"now": "yesterday"}), ("PUT", "clock", {"advance": "x"}),
        ("PUT", "clock", {"advance": 1e300}),
        ("PUT", "clock", {"now": "2026-03-31T09:00:00"}), ("PUT", "clock", b"[]"), ("PUT", "clock", b"not json"),
        ("PUT", "state", {"rows": 1}), ("POST", "seed", b"users: 1"), ("POST", "seed", b"\xff"), ("POST", "seed", b"{"),
        ("POST", "faults", {"on": "*"}), ("POST", "faults", {"raises": 500}), ("DELETE", "faults/x", None),
        ("POST", "apps", {}), ("POST", "apps", {"client_id": "a", "kind": "odd"}),
        ("POST", "subscriptions", {"url": "https://example.com/"}), ("POST", "subscriptions", {"events": "meeting.*"}),
        ("POST", "events", {"event": "meeting.strated"}), ("POST", "events", {"event": "meeting.started", "about": 1}),
        ("POST", "deauthorizations", {}), ("GET", "requests?limit=x", None),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said(zoom: FrozenZoom, method: str, name: str, body: Any) -> None:
    """Nobody steers by a traceback."""
    answer = ask(zoom, method, name, body)
    assert answer.status == 400, answer.body
    assert codec.loads(answer.body)["message"]


def test_people_do_over_http_what_they_do_in_python(zoom: FrozenZoom) -> None:
    """A program of another language holds a meeting, has it recorded, and makes a call."""
    meeting, jane = 85746065432, {"caller": "another@example.com", "callee": "+12055550100"}
    steps: list[tuple[str, dict[str, Any]]] = [
        ("start_meeting", {"meeting_id": meeting}),
        ("join", {"session_id": meeting, "name": "Mei", "email": "mei@example.com"}),
        ("leave", {"session_id": meeting, "who": "Mei"}),
        ("end_meeting", {"meeting_id": meeting}),
        ("record", {"meeting_id": meeting, "minutes": 2}),
        ("call", jane),
        ("set_presence", {"user_id": "another@example.com", "status": "Away"}),
    ]
    assert [ask(zoom, "POST", f"do/{name}", fields).status for name, fields in steps] == [201] * len(steps)
    assert {"past_meetings", "recordings", "phone.call_history"} <= read(zoom, "accounts")[0]["holds"].keys()
    assert ask(zoom, "POST", "do/start_meeting", {"meeting_id": 1}).status == 400
    assert ask(zoom, "POST", "do/reset").status == ask(zoom, "POST", "do/__init__").status == 404


def test_unknown_controls_are_named(zoom: FrozenZoom) -> None:
    """Whoever guesses a name is told all there are."""
    answer = ask(zoom, "GET", "clok")
    assert (answer.status, "GET clock" in answer.body.decode()) == (404, True)


def test_page_is_served_with_a_policy(zoom: FrozenZoom) -> None:
    """No script but its own, and no frame around it."""
    answer = ask(zoom, "GET", "")
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert ask(zoom, "GET", "../steering.py").status == 404
