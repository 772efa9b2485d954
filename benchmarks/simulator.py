"""What a Zoom that remembers costs: its start, a call, and a list in an account of 100,000 meetings."""

import json
from collections.abc import Iterator
from typing import Any

from benchmarks.figure import Figure, seconds
from benchmarks.rounds import Spread, fresh, interleave, worked
from zoom_api_client.testing.exchange import IncomingRequest
from zoom_api_client.testing.simulator import Simulator

ROUNDS = 7
START, CALL, LIST = 1, 0.002, 0.005
USERS, MEETINGS_EACH = 1_000, 100
HEADERS = {"Authorization": "Bearer any", "Content-Type": "application/json"}

START_UP = """
import json, time
began = time.process_time()
from zoom_api_client.testing.exchange import IncomingRequest
from zoom_api_client.testing.simulator import Simulator
simulator = Simulator(open=True)
simulator.answer(IncomingRequest("GET", "https://api.zoom.us/v2/users/me", {"Authorization": "Bearer any"}))
print(json.dumps([time.process_time() - began]))
"""


def run() -> Iterator[Figure]:
    """Measure a simulator of few things, then one of many."""
    yield seconds("imports, start and first call", Spread(fresh("-c", START_UP)[0][0] for _ in range(ROUNDS)), START)
    few, many = Simulator(open=True), _many()
    meeting = _ask(few, "POST", "/users/me/meetings", {"topic": "Standup"})["id"]
    calls = {
        "a new simulator, and a call that creates": lambda: _ask(
            Simulator(open=True), "POST", "/users/me/meetings", {"topic": "Standup"}
        ),
        "a call that reads": lambda: _ask(few, "GET", f"/meetings/{meeting}"),
        "a call that changes": lambda: _ask(few, "PATCH", f"/meetings/{meeting}", {"agenda": "Today"}),
    }
    lists = {
        "a user's list among 100,000 meetings, 30 a page": lambda: _ask(many, "GET", "/users/u7/meetings"),
        "the same, 100 a page": lambda: _ask(many, "GET", "/users/u7/meetings?page_size=100"),
    }
    taken = interleave({what: worked(call, times=50) for what, call in (calls | lists).items()}, ROUNDS)
    yield from (seconds(what, taken[what], CALL if what in calls else LIST) for what in taken)


def _many() -> Simulator:
    simulator = Simulator(open=True)
    meetings = [{"topic": f"Meeting {number}", "type": 2} for number in range(MEETINGS_EACH)]
    simulator.seed({"users": [{"id": f"u{number}", "meetings": meetings} for number in range(USERS)]})
    return simulator


def _ask(simulator: Simulator, method: str, path: str, body: Any = None) -> Any:
    content = b"" if body is None else json.dumps(body).encode()
    answer = simulator.answer(IncomingRequest(method, f"https://api.zoom.us/v2{path}", HEADERS, content))
    return json.loads(answer.body) if answer.body else None
