"""Phone: who has it, which numbers they have, and the calls that they make."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.simulator.watching import Told, check
from zoom_api_client import AsyncZoom, Zoom, errors
from zoom_api_client.testing import MockZoom, mock_zoom
from zoom_api_client.testing.simulator.phone_calls import Result

NOW = datetime(2026, 3, 31, 9, tzinfo=UTC)
OUTSIDE = "+12055550100"
SEEDED = """
users: [{id: jane, email: jane@example.com, display_name: Jane Doe}, {id: omar, email: omar@example.com}]
phone.numbers: [{id: n1, number: "+12055550111", assignee: null}, {id: n2, number: "+12055550112", assignee: null}]
phone.users: [{email: jane@example.com, extension_number: 850, phone_numbers: [{id: n0, number: "+12055550110"}]}]
"""


@pytest.fixture
def mock() -> Iterator[MockZoom]:
    """Return a mock that remembers two users, at a known time."""
    with mock_zoom(stateful=True) as mock:
        mock.simulator.clock.set(NOW, frozen=True)
        mock.simulator.seed(SEEDED)
        yield mock
        check(mock.simulator)


@pytest.fixture
def zoom(mock: MockZoom) -> Iterator[Zoom]:
    """Return a client of it."""
    with Zoom("any token") as zoom:
        yield zoom


def test_numbers_are_assigned_and_taken_away(zoom: Zoom) -> None:
    """The user and the account say the same of a number."""
    zoom.call("POST", "/phone/users/jane/phone_numbers", json={"phone_numbers": [{"id": "n1"}]})
    assert [each.number for each in zoom.phone.list_numbers("jane")] == ["+12055550110", "+12055550111"]
    assigned = zoom.call("GET", "/phone/numbers", params={"type": "assigned"})["phone_numbers"]
    assert [(each["id"], each["assignee"]["id"]) for each in assigned] == [("n1", "jane")]
    zoom.call("DELETE", "/phone/users/jane/phone_numbers/+12055550111")
    assert [each.id for each in zoom.phone.list_numbers("jane@example.com")] == ["n0"]
    left = zoom.call("GET", "/phone/numbers", params={"type": "unassigned"})["phone_numbers"]
    assert [each["id"] for each in left] == ["n1", "n2"]
    with pytest.raises(errors.NotFound):
        zoom.call("DELETE", "/phone/users/jane/phone_numbers/n1")


def test_a_user_gets_zoom_phone_as_a_feature(zoom: Zoom) -> None:
    """Who has no Zoom Phone is not known to it, until they get it."""
    with pytest.raises(errors.NotFound):
        list(zoom.phone.list_numbers("omar"))
    zoom.call("PATCH", "/users/omar", json={"feature": {"zoom_phone": True}})
    assert zoom.call("GET", "/phone/users/omar")["extension_number"] == 801


def test_users_are_added_many_at_once(zoom: Zoom) -> None:
    """Each has the extension and the numbers that were asked for."""
    user = {"email": "omar@example.com", "extension_number": "820", "calling_plans": ["100"]}
    zoom.call("POST", "/phone/users/batch", json={"users": [{**user, "phone_numbers": ["+12055550112"]}]})
    users = zoom.call("GET", "/phone/users")["users"]
    assert [(each["id"], each["extension_number"]) for each in users] == [("jane", 850), ("omar", 820)]
    assert [each.id for each in zoom.phone.list_numbers("omar")] == ["n2"]


def test_a_call_is_in_the_history_of_both(mock: MockZoom, zoom: Zoom) -> None:
    """One call, seen from two sides, with one `call_id`."""
    call_id = mock.simulator.call("jane", "omar@example.com", minutes=3)
    (outbound,), (inbound,) = zoom.phone.list_call_logs("jane"), zoom.phone.list_call_logs("omar")
    assert (outbound.direction, inbound.direction) == ("outbound", "inbound")
    assert {outbound.call_id, inbound.call_id} == {call_id}
    assert (outbound.callee_email, outbound.connect_type, outbound.talk_time) == ("omar@example.com", "internal", 180)
    assert inbound.caller_did_number == "+12055550110"
    assert zoom.call("GET", "/phone/call_history")["total_records"] == 2
    assert zoom.call("GET", f"/phone/call_history/{outbound.id}")["call_id"] == call_id


async def test_a_call_tells_of_its_life(mock: MockZoom) -> None:
    """Only the side that is in the account is told of."""
    told = Told(mock.simulator)
    mock.simulator.call(OUTSIDE, "jane")
    mock.simulator.call("jane", OUTSIDE, result="no_answer")
    mock.simulator.call(OUTSIDE, "jane", result="voicemail")
    assert told.names == [
        "phone.callee_ringing", "phone.callee_answered", "phone.callee_ended", "phone.callee_call_history_completed",
        "phone.caller_ringing", "phone.caller_ended", "phone.caller_call_history_completed",
        "phone.callee_ringing", "phone.callee_ended", "phone.callee_call_history_completed",
        "phone.voicemail_received",
    ]  # fmt: skip
    async with AsyncZoom("any token") as zoom:
        results = [each.result async for each in zoom.phone.list_call_logs("jane", call_results=["voicemail"])]
        voicemails = (await zoom.call("GET", "/phone/users/jane/voice_mails"))["voice_mails"]
    assert results == ["voicemail"]
    assert [each["caller_number"] for each in voicemails] == [OUTSIDE]


@pytest.mark.parametrize(("result", "end"), [("no_answer", "missed"), ("hang_up", "rejected"), ("answered", "ended")])
def test_the_end_of_a_call_has_a_name_for_who_was_called(mock: MockZoom, result: Result, end: str) -> None:
    """Whoever watches for missed calls sees them alone."""
    told = Told(mock.simulator)
    mock.simulator.call(OUTSIDE, "jane", result=result)
    assert told.names[-2] == f"phone.callee_{end}"


def test_calls_are_listed_by_days(mock: MockZoom, zoom: Zoom) -> None:
    """Without a range the last day counts; a longer range is asked for in months."""
    mock.simulator.call("jane", OUTSIDE)
    mock.simulator.clock.advance(timedelta(days=40))
    mock.simulator.call("jane", OUTSIDE, result="no_answer")
    assert [each.result for each in zoom.phone.list_call_logs("jane")] == ["no_answer"]
    first, last = mock.simulator.clock.now() - timedelta(days=50), mock.simulator.clock.now()
    pages = [
        zoom.call("GET", "/phone/users/jane/call_history", params={"from": f"{start:%F}", "to": f"{end:%F}"})
        for start, end in ((first, first + timedelta(days=25)), (first + timedelta(days=26), last))
    ]
    assert [each["result"] for page in pages for each in page["call_logs"]] == ["answered", "no_answer"]


def test_a_call_is_deleted_from_one_history(mock: MockZoom, zoom: Zoom) -> None:
    """The other user still has it."""
    mock.simulator.call("jane", "omar")
    told = Told(mock.simulator)
    (log,) = zoom.phone.list_call_logs("jane")
    zoom.call("DELETE", f"/phone/users/jane/call_history/{log.id}")
    assert not list(zoom.phone.list_call_logs("jane"))
    assert len(list(zoom.phone.list_call_logs("omar"))) == 1
    assert told.names == ["phone.call_history_deleted"]


def test_a_call_needs_a_user(mock: MockZoom) -> None:
    """Two numbers outside the account can talk without Zoom."""
    with pytest.raises(LookupError, match="neither"):
        mock.simulator.call(OUTSIDE, "+12055550101")


def test_a_time_out_of_this_world_is_a_time(zoom: Zoom) -> None:
    """The year 1 of another zone is before the first year that there is."""
    query = dict.fromkeys(("from", "to"), "0001-01-01T00:00:00+14:00")
    assert zoom.call("GET", "/phone/users/jane/call_history", params=query)["call_logs"] == []
