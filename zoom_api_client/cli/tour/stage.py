"""The Zoom of the demo: a simulator with people and meetings in it, whose lists have a fault twice, as Zoom's do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs

from zoom_api_client.testing.contract import Match
from zoom_api_client.testing.exchange import Exchange, IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.simulator import Simulator, serve_in_thread
from zoom_api_client.testing.simulator.state import State
from zoom_api_client.testing.violation import Violation

NUMBER, UUID = 93847566001, "/aB3dEfGh//IjKlMnOpQ=="
FILE = "72576a1f-4e66-4a77-87c4-f13f9808bd76"
CHANNEL = "8d1f1a46a33b4de0b1a25a0b9b6b7a4d"
NOW = datetime.now(UTC).replace(microsecond=0)
PEOPLE = [{"name": f"Guest {each}", "email": f"guest{each}@example.com"} for each in range(65)]
LONG = 250
"""So many meetings, webinars and users there are, with those of the demo."""


@attrs.frozen
class Served:
    """A simulator over HTTP."""

    simulator: Simulator
    base_url: str

    @property
    def exchanges(self) -> list[Exchange]:
        """The requests and their answers, in order."""
        return self.simulator.exchanges

    @property
    def violations(self) -> list[Violation]:
        """Everything that left the contract so far."""
        return self.simulator.violations


@contextmanager
def open_stage() -> Iterator[Served]:
    """Serve the Zoom of one world, from `with` to its end."""
    simulator = Simulator(open=True)
    furnish(simulator)
    with serve_in_thread(simulator) as served:
        yield Served(simulator, served.base_url)


def furnish(simulator: Simulator) -> None:
    """Put there what the demo begins with, a call too, and let two lists fail once."""
    simulator.seed(fixture(simulator.state))
    simulator.call("+12055550199", "owner@example.com", minutes=3)
    simulator.responder.overrides = Failing(simulator)


def fixture(state: State) -> dict[str, Any]:
    """Return what is there: the owner of the account with a workshop that is recorded, and others."""
    owner = state.store.get(state.owner.account, "users", (state.owner.user,))
    assert owner is not None
    guests = [{"email": each["email"], "first_name": each["name"], "status": "pending"} for each in PEOPLE]
    workshop = {"id": NUMBER, "topic": "Workshop", "settings": {"approval_type": 1}}
    return {
        "users": [
            {
                **owner.fields,
                "meetings": [{**workshop, "registrants": guests}, *_many("Meeting", LONG - 2)],
                "webinars": [workshop, *_many("Webinar", LONG - 2)],
                "recordings": _recordings(),
            },
            {"email": "carol@example.com", "first_name": "Carol", "type": 2, "status": "active"},
            {"email": "jane@example.com", "first_name": "Jane", "type": 1, "status": "active"},
            *({"email": f"user{each}@example.com", "status": "active"} for each in range(LONG - 3)),
        ],
        "chat.channels": [{"id": CHANNEL, "name": "Launch", "type": 1}],
        "phone.users": [{"email": "owner@example.com", "phone_numbers": [{"number": "+12055550100"}]}],
    }  # fmt: skip


def _many(name: str, count: int) -> list[dict[str, Any]]:
    tomorrow = (NOW + timedelta(days=1)).isoformat()
    return [{"topic": f"{name} {each}", "start_time": tomorrow} for each in range(count)]


def _recordings() -> list[dict[str, Any]]:
    files = [{"id": FILE, "file_type": "MP4"}, {"file_type": "M4A"}, {"file_type": "TRANSCRIPT"}]
    workshop = {"id": NUMBER, "uuid": UUID, "topic": "Workshop"}
    starts = [(NOW - timedelta(days=each)).isoformat() for each in (2, 35, 70)]
    return [
        {**workshop, "start_time": starts[0], "duration": 2, "recording_files": files},
        *({"id": NUMBER + each, "topic": "Review", "start_time": starts[each], "duration": 1} for each in (1, 2)),
    ]  # fmt: skip


@attrs.define
class Failing:
    """Answers as a simulator does. A page token of the meetings expires; one of the webinars is repeated."""

    simulator: Simulator
    _failed: set[str] = attrs.field(factory=set)

    def __call__(self, match: Match, request: IncomingRequest) -> OutgoingAnswer:
        """Answer a request that is in order."""
        answer, name = self.simulator.override(match, request), str(match.operation)
        token = dict(request.query).get("next_page_token")
        if not token or name not in _FAULTS or name in self._failed:
            return answer
        self._failed.add(name)
        return _FAULTS[name](answer, token)


def _expire(answer: OutgoingAnswer, token: str) -> OutgoingAnswer:
    body = {"code": 300, "message": "The next page token is invalid or expired."}
    return OutgoingAnswer.json(400, body, operation=answer.operation)


def _repeat(answer: OutgoingAnswer, token: str) -> OutgoingAnswer:
    page = {**json.loads(answer.body), "next_page_token": token}
    return OutgoingAnswer.json(answer.status, page, operation=answer.operation)


_FAULTS = {"meetings.list_meetings": _expire, "meetings.list_webinars": _repeat}
