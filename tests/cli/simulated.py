"""The simulator of a session: it is served once, begun anew for each test, and steered as anybody steers it."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import attrs

from zoom_api_client.testing import Exchange
from zoom_api_client.testing.simulator import Simulator, serve_in_thread
from zoom_api_client.testing.simulator.authorization.apps import DEFAULT
from zoom_api_client.testing.simulator.authorization.tokens import Grant
from zoom_api_client.testing.violation import Violation

MEETING, WEBINAR = "86080219397", "86080219399"
_PEOPLE = [
    {"email": "ann@example.com", "first_name": "Ann", "status": "approved"},
    {"email": "bob@example.com", "first_name": "Bob", "status": "pending"},
]
_PLANNED = {"start_time": "2026-10-01T09:00:00Z", "duration": 30, "timezone": "Europe/Berlin"}
ACCOUNT = {
    "users": [
        {
            "email": "owner@example.com",
            "meetings": [
                {
                    "id": MEETING,
                    "topic": "Standup",
                    "password": "p4ss",
                    **_PLANNED,
                    "settings": {"approval_type": 0, "host_video": True},
                    "registrants": _PEOPLE,
                },
                {"id": "86080219398", "topic": "Retro", **_PLANNED},
            ],
            "webinars": [
                {
                    "id": WEBINAR,
                    "topic": "Launch",
                    "settings": {"approval_type": 0},
                    "registrants": _PEOPLE,
                    "panelists": [{"id": "p-1", "email": "ann@example.com", "name": "Ann"}],
                },
                {"id": "86080219390", "topic": "Town hall"},
            ],
            "recordings": [
                {"id": MEETING, "topic": "Standup", "duration": 30},
                {"id": "86080219398", "topic": "Retro", "duration": 20},
            ],
        },
        {"email": "ann@example.com", "first_name": "Ann", "status": "active"},
    ],
    "phone.users": [
        {
            "email": "owner@example.com",
            "extension_number": 850,
            "phone_numbers": [{"id": "n1", "number": "+12055550110"}, {"id": "n2", "number": "+12055550111"}],
        }
    ],
}
"""What there is in the account of a test: the ids of all commands in `test_modules`."""


def steer(base_url: str, method: str, control: str, **fields: Any) -> Any:
    """Tell a simulator something, or ask it, at `/_simulator/`."""
    url = f"{base_url.removesuffix('/v2')}/_simulator/{control}"
    request = urllib.request.Request(url, json.dumps(fields).encode() if fields else None, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read() or "null")


@attrs.frozen
class Simulated:
    """A simulator that is served at `base_url`, and means its authorization."""

    simulator: Simulator
    base_url: str

    def steer(self, method: str, control: str, **fields: Any) -> Any:
        """Tell the simulator something."""
        return steer(self.base_url, method, control, **fields)

    def begin(self) -> None:
        """Forget what was, and have the account of `ACCOUNT`."""
        self.steer("DELETE", "state")
        self.steer("POST", "seed", **ACCOUNT)

    def fail(self, on: str, **what: Any) -> None:
        """Let something go wrong with requests."""
        self.steer("POST", "faults", on=on, **what)

    @property
    def account_id(self) -> str:
        """The account that is there without registration."""
        return self.simulator.state.owner.account

    def give_token(self, *scopes: str) -> str:
        """Return a token of the app with these scopes, with every scope for none."""
        owner = self.simulator.state.owner
        grant = Grant(owner.account, owner.user, DEFAULT.client_id, scopes=scopes or None)
        return self.simulator.authorization.tokens.issue(grant, renewable=False).access_token

    @property
    def exchanges(self) -> list[Exchange]:
        """The requests since the test began, those for tokens among them."""
        return self.simulator.exchanges

    @property
    def violations(self) -> list[Violation]:
        """What left the contract in them."""
        return self.simulator.violations


@contextmanager
def simulating() -> Iterator[Simulated]:
    """Serve a simulator from a thread, from `with` to its end."""
    simulator = Simulator()
    with serve_in_thread(simulator) as served:
        yield Simulated(simulator, served.base_url)
