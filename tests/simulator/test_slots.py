"""What the parts of a simulator are asked, and in which order."""

from tests.simulator.calling import Calling
from tests.simulator.frozen import FrozenZoom, read
from zoom_api_client.testing.simulator import Simulator


def test_a_token_is_judged_before_the_request() -> None:
    """Zoom says nothing of a body to one whose token is not good."""
    zoom = Calling(Simulator())
    assert zoom.code("POST", "/users/me/meetings", {"nonsense": 1}) == (401, 124)
    assert [each.answer.status for each in zoom.simulator.exchanges] == [401]


def test_me_is_the_user_of_the_token() -> None:
    """`me` of two tokens are two users, each with meetings of their own."""
    zoom = FrozenZoom()
    theirs, ours = (zoom.call(zoom.give(**user), path="/v2/users/me/meetings") for user in ({"user": "another"}, {}))
    assert [each["topic"] for each in read(theirs)["meetings"]] == ["Standup"]
    assert read(ours)["meetings"] == []


def test_answers_say_how_many_requests_are_left() -> None:
    """The headers of the limits are on what is remembered and on what the contract answers."""
    zoom = Calling(Simulator(open=True, plan="pro"))
    for place in ("/users/me/meetings", "/users/me/zak"):
        assert "X-RateLimit-Remaining" in zoom.answer("GET", place).headers


def test_what_happens_is_reported() -> None:
    """A meeting that is created, changed and deleted is three events of its account."""
    zoom, heard = Calling(), list[tuple[str, str, str]]()
    zoom.simulator.events.emit = lambda name, about, account: heard.append((name, about["topic"], account))
    meeting = zoom.post("/users/me/meetings", {"topic": "Standup"})
    zoom.patch(f"/meetings/{meeting['id']}", {"topic": "Review"})
    zoom.delete(f"/meetings/{meeting['id']}")
    account = zoom.simulator.state.owner.account
    assert heard == [
        ("meeting.created", "Standup", account),
        ("meeting.updated", "Review", account),
        ("meeting.deleted", "Review", account),
    ]


def test_a_simulator_that_runs_for_days_does_not_grow() -> None:
    """The last requests are remembered, and no two have the same tracking id."""
    zoom = Calling()
    zoom.simulator.responder.keeps = 10
    tracked = {zoom.answer("GET", "/users/me").headers["x-zm-trackingid"] for _ in range(100)}
    assert 10 <= len(zoom.simulator.exchanges) <= 20
    assert len(tracked) == 100
