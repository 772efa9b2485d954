"""Steering by whoever sends anything: each control answers, and the simulator works as before."""

import json
import random
from collections import Counter
from typing import Any

from zoom_api_client.testing.exchange import IncomingRequest
from zoom_api_client.testing.simulator import Simulator, controls
from zoom_api_client.testing.simulator.steering import Steering

ORDERS = 500
FIELDS = {
    "PUT clock": ["now", "frozen", "advance"],
    "POST faults": ["raises", "fails", "times", "delays", "pages", "returns", "truncates"],
    "POST apps": ["client_id", "client_secret", "kind", "redirect_uris", "scopes"],
    "POST subscriptions": ["url", "events", "secret_token", "client_id"],
    "POST events": ["event", "about"],
    "POST deauthorizations": ["client_id", "user_id"],
    "POST do": ["meeting_id", "session_id", "name", "minutes", "caller", "callee", "user_id", "status"],
    "POST seed": ["users", "meetings", "recordings", "phone.users", "live_meetings"],
}
VALUES = [
    None, True, 0, -1, 7, 1e308, 10**30, "", "x", "*", "\ud800", [], {}, [[]], {"id": 1}, ["*"], [{"id": []}],
    "2026-03-31T09:00:00Z",
    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "meeting.created", "users.get_user", "/v2/*",
    [{"email": "a@example.com", "meetings": [7]}], [{"type": 8, "recurrence": {"type": 1}, "duration": "long"}],
]  # fmt: skip
LISTING = IncomingRequest("GET", "https://api.zoom.us/v2/users/me/meetings", {"Authorization": "Bearer any"})
BODIES = [b"", b"{", b"[", b"\xff", b"users: &a [*a]", b"1e999", b"[" * 3000]


def order(chance: random.Random, state: bytes) -> IncomingRequest:
    """Return an order, often with fields that its control has."""
    control = chance.choice(list(controls._CONTROLS))
    method, name = control.split()
    fields = {each: chance.choice(VALUES) for each in chance.choices(FIELDS.get(control, ["id"]), k=2)}
    fields |= {"on": chance.choice(["*", "users.get_user", "/v2/*", 7])} if name == "faults" else {}
    body = damage(chance, state) if name == "state" else json.dumps(fields).encode()
    body = chance.choice(BODIES) if chance.random() < 0.2 else body
    name += f"/{chance.choice(controls._DONE_BY_PEOPLE)}" if name == "do" else ""
    name += chance.choice(["", "", "", "/0", "/x", "?limit=x", "?limit=" + "9" * 30, "?resource=x&account=y"])
    return IncomingRequest(method, f"http://127.0.0.1/_simulator/{name}", {}, body)


def damage(chance: random.Random, state: bytes) -> bytes:
    """Return a state with something else at one place."""
    whole = place = json.loads(state)
    while True:
        key: Any = chance.choice(list(place if isinstance(place, dict) else range(len(place))))
        if not place[key] or not isinstance(place[key], dict | list) or chance.random() < 0.3:
            place[key] = chance.choice(VALUES)
            return json.dumps(whole).encode()
        place = place[key]


def test_hostile_orders_are_answered() -> None:
    """An order is done or refused with a sentence; what was sent before and after it is answered as usual."""
    chance, simulator = random.Random(0), Simulator(open=True)
    steering, state = Steering(simulator), json.dumps(simulator.dump()).encode()
    statuses = Counter[int]()
    for _ in range(ORDERS):
        sent = order(chance, state)
        answer = steering.answer(sent)
        assert answer is not None
        statuses[answer.status] += 1
        assert answer.status < 400 or json.loads(answer.body)["message"], sent.body
        overview = steering.answer(IncomingRequest("GET", "http://127.0.0.1/_simulator/overview"))
        assert overview is not None
        assert overview.status == 200, sent.body
        usual = simulator.answer(LISTING)
        assert usual.status < 500 or list(simulator.faults), sent.body
    assert {200, 201, 204, 400, 404} <= statuses.keys()
    assert max(statuses) < 500
