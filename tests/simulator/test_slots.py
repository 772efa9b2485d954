"""The slots of a simulator: what the other parts are asked, and in which order."""

from collections.abc import Mapping
from typing import Any

from tests.simulator.calling import Calling
from zoom_api_client.testing.contract import Match
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.simulator.slots import Nothing
from zoom_api_client.testing.simulator.state import Caller


class Stranger(Nothing):
    """Refuses every token, and says that another user asks."""

    def admit(self, match: Match, asked: object) -> OutgoingAnswer | None:
        """Refuse."""
        return OutgoingAnswer.json(401, {"code": 124, "message": "Invalid access token."}, operation=match.operation)

    def caller(self, request: IncomingRequest) -> Caller:
        """Say that Jane asks."""
        return Caller("other-account", "jane")


class Remaining(Nothing):
    """Says how many requests are left."""

    def headers(self, match: Match, caller: Caller) -> Mapping[str, str]:
        """Return the header."""
        return {"X-RateLimit-Remaining": "7"}


class Ears(Nothing):
    """Hears of events."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, Any, str]] = []

    def emit(self, name: str, about: Mapping[str, Any], account: str) -> None:
        """Keep what happened."""
        self.heard.append((name, about["topic"], account))


def test_a_token_is_judged_before_the_request() -> None:
    """Zoom says nothing of a body to one whose token is not good."""
    zoom = Calling()
    zoom.simulator.authorization = Stranger()
    assert zoom.code("POST", "/users/me/meetings", {"nonsense": 1}) == (401, 124)
    assert [each.answer.status for each in zoom.simulator.exchanges] == [401]


def test_me_is_the_user_of_the_token() -> None:
    """`me` of two tokens are two users, each in its account."""
    zoom = Calling()
    stranger = Stranger()
    zoom.simulator.open = True  # it says who asks, and its refusal is not asked for
    zoom.simulator.authorization = stranger
    assert zoom.code("GET", "/users/me/meetings") == (404, 1001)
    zoom.simulator.authorization = Nothing()
    assert zoom.get("/users/me/meetings")["meetings"] == []


def test_answers_say_how_many_requests_are_left() -> None:
    """The headers of the limits are on what is remembered and on what the contract answers."""
    zoom = Calling()
    zoom.simulator.limits = Remaining()
    for place in ("/users/me/meetings", "/users/me/zak"):
        assert zoom.answer("GET", place).headers["X-RateLimit-Remaining"] == "7"


def test_what_happens_is_told() -> None:
    """A meeting that is created, changed and deleted is three events of its account."""
    zoom, ears = Calling(), Ears()
    zoom.simulator.events = ears
    meeting = zoom.post("/users/me/meetings", {"topic": "Standup"})
    zoom.patch(f"/meetings/{meeting['id']}", {"topic": "Review"})
    zoom.delete(f"/meetings/{meeting['id']}")
    account = zoom.simulator.state.owner.account
    assert ears.heard == [
        ("meeting.created", "Standup", account),
        ("meeting.updated", "Review", account),
        ("meeting.deleted", "Review", account),
    ]
