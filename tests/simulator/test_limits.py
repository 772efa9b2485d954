from datetime import UTC, datetime
from typing import Any

import pytest

from tests.simulator.frozen import FrozenZoom, read
from zoom_api_client import errors
from zoom_api_client.testing import IncomingRequest, OutgoingAnswer, contract
from zoom_api_client.testing.contract import Match
from zoom_api_client.testing.simulator.state import Caller
from zoom_api_client.transport import responses
from zoom_api_client.transport.throttle.limits import FAMILIES, LABELS, PLANS, allowance

CALLER = Caller("account", "user")
OF = {
    ("", "light"): "/v2/users/me",
    ("", "medium"): "/v2/users/me/meetings",
    ("", "heavy"): "/v2/report/billing",
    ("phone", "light"): "/v2/phone/account_settings",
}


def call(zoom: FrozenZoom, path: str, method: str = "GET", body: Any = None) -> OutgoingAnswer:
    """Call with a new token: what is counted is the account's."""
    return zoom.call(zoom.give(), method, path, body=body)


def create(zoom: FrozenZoom, user: str = "me", kind: str = "meetings") -> OutgoingAnswer:
    """Create a meeting; a second later, so that no other limit is reached."""
    zoom.clock.advance(1)
    return call(zoom, f"/v2/users/{user}/{kind}", "POST", {"topic": "Standup"})


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize(("family", "label"), OF)
def test_each_plan_has_its_requests_in_a_second(plan: str, family: str, label: str) -> None:
    """The figures are those of the client's throttle: what it lets pass, the simulator takes."""
    zoom, path = FrozenZoom(plan=plan), OF[family, label]
    most = allowance(plan, label, family).requests
    assert [call(zoom, path).status for _ in range(most)] == [200] * most
    refused = call(zoom, path)
    assert refused.status == 429
    assert refused.headers["X-RateLimit-Type"] == "QPS"
    assert refused.headers["X-RateLimit-Category"] == label.capitalize()
    assert (refused.headers["X-RateLimit-Limit"], refused.headers["X-RateLimit-Remaining"]) == (str(most), "0")
    zoom.clock.advance(1)
    assert call(zoom, path).status == 200


def test_labels_and_families_are_counted_apart() -> None:
    """The phone's limits are its own: a busy import of meetings does not stop the calls."""
    zoom = FrozenZoom(plan="free")
    for _ in range(5):
        last = call(zoom, OF["", "light"])
    assert last.status == 429
    assert call(zoom, OF["", "medium"]).status == call(zoom, OF["phone", "light"]).status == 200


def test_all_of_the_account_share_its_limits_and_other_accounts_have_their_own() -> None:
    """Limits are the account's, whoever asks."""
    zoom = FrozenZoom(plan="free")
    match = contract.find("GET", "api.zoom.us", "/v2/roles")
    assert match is not None
    request = IncomingRequest("GET", "https://api.zoom.us/v2/roles")
    callers = [Caller("account", f"user {number}") for number in range(3)]
    answers = [zoom.limits.admit(match, request, caller) for caller in callers]
    assert [answer and answer.status for answer in answers] == [None, None, 429]
    assert zoom.limits.admit(match, request, Caller("another", "user")) is None


def test_limit_of_the_day_ends_with_the_day() -> None:
    """`Retry-After` is a moment and not seconds: midnight of UTC."""
    zoom = FrozenZoom(plan="free")
    for _ in range(1000):
        zoom.clock.advance(1)
        assert call(zoom, OF["", "heavy"]).status == 200
    zoom.clock.advance(1)
    refused = call(zoom, OF["", "heavy"])
    assert (refused.status, refused.headers["X-RateLimit-Type"]) == (429, "Daily-limit")
    assert refused.headers["Retry-After"] == "2026-11-26T00:00:00Z"
    zoom.clock.set(datetime(2026, 11, 26, tzinfo=UTC))
    assert call(zoom, OF["", "heavy"]).status == 200


def test_host_has_a_hundred_creates_and_updates_a_day() -> None:
    """Zoom's refusal of the 101st comes without Type and Retry-After, with plenty left: waiting a second is no use."""
    zoom = FrozenZoom(plan="business+")
    assert {create(zoom, kind=kind).status for _ in range(50) for kind in ("meetings", "webinars")} == {201}
    refused = create(zoom)
    assert refused.status == 429
    assert "(100)" in read(refused)["message"]
    assert {"X-RateLimit-Type", "Retry-After"}.isdisjoint(refused.headers)
    assert int(refused.headers["X-RateLimit-Remaining"]) > 0
    assert create(zoom, "another").status == 201
    assert call(zoom, OF["", "light"]).status == 200
    zoom.clock.set(datetime(2026, 11, 26, tzinfo=UTC))
    assert create(zoom).status == 201


def test_update_counts_for_the_host_of_the_meeting() -> None:
    """Whoever changes it, it is the host's limit; me and the id are one user, and so is who a meeting is made for."""
    zoom = FrozenZoom(plan="business+")
    assert {create(zoom, "another@example.com").status for _ in range(60)} == {201}
    for _ in range(40):
        zoom.clock.advance(1)
        assert call(zoom, "/v2/meetings/85746065432", "PATCH", {"topic": "Retro"}).status == 204
    assert create(zoom, "another").status == 429
    assert create(zoom, zoom.state.owner.user).status == 201


def test_client_knows_the_refusals_apart() -> None:
    """What the library reads in the three refusals is what they are."""
    zoom = FrozenZoom(plan="free")
    assert [as_error(call(zoom, OF["", "medium"])) for _ in range(3)][-1].daily is False
    zoom = FrozenZoom(plan="pro")
    assert [as_error(create(zoom)) for _ in range(101)][-1].daily is True


def as_error(answer: OutgoingAnswer) -> Any:
    """Return what the library raises for an answer; None for a success."""
    if answer.status < 400:
        return None
    headers = {name.lower(): value for name, value in answer.headers.items()}
    came = responses.Response(answer.status, headers, answer.body)
    raised = responses.error(came, responses.decode(came))
    assert isinstance(raised, errors.RateLimited)
    return raised


def test_thing_is_written_by_one_at_a_time() -> None:
    """Only what overlaps is refused, and only on the same thing; whoever comes after gets through."""
    zoom = FrozenZoom(plan="pro")
    one, same, other = find("PATCH", 11), find("DELETE", 11), find("PATCH", 12)
    with zoom.limits.writing(one, CALLER) as first:
        assert first is None
        for match, status in [(same, 429), (other, None), (find("GET", 11), None)]:
            with zoom.limits.writing(match, CALLER) as refused:
                assert (refused and refused.status) == status
        with zoom.limits.writing(same, CALLER) as refused:
            assert refused is not None
            assert "concurrent" in read(refused)["message"]
    with zoom.limits.writing(same, CALLER) as refused:
        assert refused is None


def find(method: str, meeting: int) -> Match:
    """Return what a call for a meeting means."""
    match = contract.find(method, "api.zoom.us", f"/v2/meetings/{meeting}")
    assert match is not None
    return match


def test_without_a_plan_nothing_is_counted() -> None:
    """Most tests are about something else, and faster than any account may be."""
    zoom = FrozenZoom()
    assert {create(zoom).status for _ in range(101)} == {201}
    assert {call(zoom, OF["", "heavy"]).status for _ in range(50)} == {200}


def test_every_answer_says_what_is_left() -> None:
    """Zoom names the label with every answer, and clients learn theirs from it."""
    zoom = FrozenZoom(plan="pro")
    call(zoom, OF["", "light"])
    assert (
        call(zoom, OF["", "light"]).headers.items()
        >= {
            "X-RateLimit-Category": "Light",
            "X-RateLimit-Limit": "30",
            "X-RateLimit-Remaining": "28",
        }.items()
    )


def test_no_label_or_family_is_without_figures() -> None:
    """A table that lacks a row would be a crash in the middle of someone's test."""
    assert all(allowance(plan, label, family) for plan in PLANS for label in LABELS for family in FAMILIES)
    with pytest.raises(ValueError, match="plan"):
        FrozenZoom(plan="gold")
