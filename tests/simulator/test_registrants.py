"""Registrants of meetings and webinars in a simulator: who is approved, by whom, and how often they may try."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.simulator.calling import Calling
from tests.simulator.hearing import Hearing, hear
from zoom_api_client import AsyncZoom, Zoom, errors
from zoom_api_client.testing import mock_zoom
from zoom_api_client.testing.mock import MockZoom
from zoom_api_client.testing.simulator import Simulator

MEI = {"email": "mei@example.com", "first_name": "Mei"}
OMAR = {"email": "omar@example.com", "first_name": "Omar"}
AUTOMATIC, BY_HAND, NONE = ({"settings": {"approval_type": number}} for number in (0, 1, 2))


@pytest.fixture
def mock() -> Iterator[MockZoom]:
    """Return a mock whose events are judged when the test is over."""
    with mock_zoom(stateful=True) as mock:
        hearing = hear(mock.simulator)
        yield mock
        assert not hearing.violations


@pytest.fixture(params=["meetings", "webinars"])
def module(mock: MockZoom, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Return the module of meetings, and that of webinars: registration is the same in both."""
    with Zoom("any token") as zoom:
        yield getattr(zoom, request.param)


def heard(mock: MockZoom) -> Hearing:
    """Return who hears what happens."""
    assert isinstance(mock.simulator.events, Hearing)
    return mock.simulator.events


def statuses(module: Any, session_id: int, status: str = "all") -> dict[str, str]:
    """Return the statuses of the registrants of a list, by their names."""
    return {each.first_name: each.status for each in module.list_registrants(session_id, status=status)}


def test_who_registers_is_approved_at_once_or_by_hand(module: Any) -> None:
    """Only who is approved gets a link; who is pending is not in Zoom's usual list."""
    at_once, by_hand = module.create("me", AUTOMATIC), module.create("me", BY_HAND)
    assert module.add_registrant(at_once.id, MEI).join_url
    assert not module.add_registrant(by_hand.id, MEI).join_url
    assert statuses(module, at_once.id, "approved") == {"Mei": "approved"}
    assert statuses(module, by_hand.id, "approved") == {}
    assert statuses(module, by_hand.id, "pending") == {"Mei": "pending"}


def test_the_answer_names_the_meeting_and_the_registrant(module: Any) -> None:
    """`id` is the number of the meeting there, and elsewhere the id of the registrant."""
    session = module.create("me", AUTOMATIC)
    answer = module.add_registrant(session.id, MEI)
    assert (answer.id, answer.topic) == (session.id, session.topic)
    assert [each.id for each in module.list_registrants(session.id)] == [answer.registrant_id]


def test_nobody_registers_where_registration_is_off(module: Any) -> None:
    """It is off unless the meeting says otherwise, as at Zoom."""
    for body in ({}, NONE):
        with pytest.raises(errors.InvalidRequest) as refused:
            module.add_registrant(module.create("me", body).id, MEI)
        assert refused.value.code == 3000


def test_registration_may_be_turned_on_later(module: Any) -> None:
    """There is a link to register by, as long as one can."""
    session = module.create("me", NONE)
    assert not module.get(session.id).registration_url
    module.update(session.id, AUTOMATIC)
    assert module.get(session.id).registration_url
    assert module.add_registrant(session.id, MEI).join_url


def test_who_registers_twice_is_registered_once(module: Any) -> None:
    """The e-mail address is the registrant, in capitals too; what they say last holds."""
    session = module.create("me", AUTOMATIC)
    first = module.add_registrant(session.id, MEI)
    again = module.add_registrant(session.id, {"email": "MEI@example.com", "first_name": "Mei Lin"})
    assert first.registrant_id == again.registrant_id
    assert statuses(module, session.id) == {"Mei Lin": "approved"}


def test_registrants_are_approved_denied_and_cancelled(mock: MockZoom, module: Any) -> None:
    """Id and e-mail address both name one; who is cancelled is in no list; each change is reported."""
    session = module.create("me", BY_HAND)
    mei = module.add_registrant(session.id, MEI).registrant_id
    module.add_registrant(session.id, OMAR)
    module.update_registrant_status(session.id, "approve", [{"id": mei, "email": MEI["email"]}])
    module.update_registrant_status(session.id, "deny", [{"email": OMAR["email"]}])
    assert statuses(module, session.id) == {"Mei": "approved", "Omar": "denied"}
    assert all(each.join_url for each in module.list_registrants(session.id))
    module.update_registrant_status(session.id, "cancel", [{"email": MEI["email"]}])
    assert statuses(module, session.id) == {"Omar": "denied"}
    kind = module.__class__.__name__.lower().removesuffix("s")
    assert [name.partition(".registration_")[2] for name in heard(mock).names if "registration" in name] == [
        "created", "created", "approved", "denied", "cancelled",
    ]  # fmt: skip
    assert heard(mock).last(f"{kind}.registration_denied")["registrant"]["email"] == OMAR["email"]


def test_nobody_is_decided_about_who_did_not_register(module: Any) -> None:
    """A program that mixes up two meetings must find out: an id is more than an e-mail address."""
    session = module.create("me", BY_HAND)
    module.add_registrant(session.id, MEI)
    with pytest.raises(errors.InvalidRequest):
        module.update_registrant_status(session.id, "approve", [MEI | {"id": "somebody"}])


def test_a_webinar_has_as_many_registrants_as_it_says(mock: MockZoom) -> None:
    """`registrants_restrict_number` counts registrants; one who is there may come again."""
    with Zoom("any token") as zoom:
        webinar = zoom.webinars.create("me", {"settings": {"approval_type": 0, "registrants_restrict_number": 1}})
        zoom.webinars.add_registrant(webinar.id, MEI)
        zoom.webinars.add_registrant(webinar.id, MEI)
        with pytest.raises(errors.InvalidRequest) as refused:
            zoom.webinars.add_registrant(webinar.id, OMAR)
        assert refused.value.code == 3000


def test_registration_is_closed_when_the_meeting_is_over(mock: MockZoom, module: Any) -> None:
    """Nobody registers for what is over with `close_registration`; without it they may."""
    session = module.create("me", {"settings": {"approval_type": 0, "close_registration": True}})
    module.add_registrant(session.id, MEI)
    mock.simulator.clock.advance(timedelta(days=1))
    with pytest.raises(errors.InvalidRequest) as refused:
        module.add_registrant(session.id, OMAR)
    assert refused.value.code == 3038
    module.update(session.id, {"settings": {"close_registration": False}})
    module.add_registrant(session.id, OMAR)


def test_who_registers_for_an_occurrence_is_listed_for_it(mock: MockZoom) -> None:
    """`occurrence_ids` chooses among those of a series; without it one registers for all."""
    recurrence = {"type": 1, "end_times": 3}
    with Zoom("any token") as zoom:
        begin = (mock.simulator.clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        series = zoom.meetings.create("me", {"type": 8, "start_time": begin, "recurrence": recurrence, **AUTOMATIC})
        first, second, _ = (each.occurrence_id for each in series.occurrences)
        zoom.meetings.add_registrant(series.id, MEI, occurrence_ids=first)
        assert len(zoom.meetings.add_registrant(series.id, OMAR).occurrences) == 3
        listed = zoom.meetings.list_registrants
        assert [each.first_name for each in listed(series.id, occurrence_id=first)] == ["Mei", "Omar"]
        assert [each.first_name for each in listed(series.id, occurrence_id=second)] == ["Omar"]


def test_several_register_at_once_for_what_is_not_a_series(mock: MockZoom) -> None:
    """Zoom takes a batch for a meeting that is scheduled once, and refuses it for others."""
    with Zoom("any token") as zoom:
        batch = {"auto_approve": True, "registrants": [MEI, OMAR]}
        once, series = zoom.meetings.create("me", BY_HAND), zoom.meetings.create("me", {"type": 3, **AUTOMATIC})
        answer = zoom.api.meetings.perform_batch_registration_of_meeting(once.id, body=batch)
        assert [each.email for each in answer.registrants] == [MEI["email"], OMAR["email"]]
        assert statuses(zoom.meetings, once.id) == {"Mei": "approved", "Omar": "approved"}
        with pytest.raises(errors.APIError) as refused:
            zoom.api.meetings.perform_batch_registration_of_meeting(series.id, body=batch)
        assert refused.value.code == 303


@pytest.mark.parametrize(
    ("path", "body", "most"),
    [("", MEI, 3), ("/status", {"action": "approve", "registrants": [{"email": MEI["email"]}]}, 10)],
)
def test_a_registrant_is_counted_for_the_day(path: str, body: Any, most: int) -> None:
    """Three registrations and ten decisions a day for each in a meeting; others, and tomorrow, are not concerned."""
    zoom = Calling(Simulator(open=True, plan="pro"))
    meeting = zoom.post("/users/me/meetings", AUTOMATIC)["id"]
    for each in (MEI, OMAR):
        zoom.post(f"/meetings/{meeting}/registrants", each)
    method, place = "PUT" if path else "POST", f"/meetings/{meeting}/registrants{path}"
    answers = [zoom.answer(method, place, body).status for _ in range(most + 1)]
    assert answers.index(429) == most - (0 if path else 1)
    assert zoom.answer("POST", f"/meetings/{meeting}/registrants", OMAR).status == 201
    zoom.simulator.clock.advance(timedelta(days=1))
    assert zoom.answer(method, place, body).status < 300


async def test_an_awaited_client_registers_too() -> None:
    """Both worlds call the same simulator."""
    async with AsyncZoom("any token") as zoom:
        with mock_zoom(stateful=True):
            meeting = await zoom.meetings.create("me", BY_HAND)
            await zoom.meetings.add_registrant(meeting.id, MEI)
            await zoom.meetings.update_registrant_status(meeting.id, "approve", [{"email": MEI["email"]}])
            listed = [each.status async for each in zoom.meetings.list_registrants(meeting.id)]
            assert listed == ["approved"]
