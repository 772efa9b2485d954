"""What was held, as the simulator tells it: each time of a meeting, and who was there for how long."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from zoom_api_client import UNSET, Zoom, errors
from zoom_api_client.testing import mock_zoom
from zoom_api_client.testing.simulator import Simulator


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    """Return a simulator at a Monday in March, that the clients of a test reach."""
    with mock_zoom(stateful=True) as mock:
        mock.simulator.clock.set(datetime(2026, 3, 23, 8, tzinfo=UTC), frozen=True)
        yield mock.simulator


@pytest.fixture
def zoom(simulator: Simulator) -> Iterator[Zoom]:
    """Return a client of it."""
    with Zoom("any token") as zoom:
        yield zoom


def hold(simulator: Simulator, meeting_id: int, *names: str) -> None:
    """Hold a meeting of half an hour, to which some come after ten minutes."""
    simulator.start_meeting(meeting_id)
    simulator.clock.advance(600)
    for name in names:
        simulator.join(meeting_id, name, f"{name.lower()}@example.com")
    simulator.clock.advance(1190)
    simulator.end_meeting(meeting_id)
    simulator.clock.advance(timedelta(days=1))


def test_a_past_meeting_says_how_long_and_how_many(simulator: Simulator, zoom: Zoom) -> None:
    """Minutes that have begun are counted: 29 minutes and 50 seconds are 30."""
    meeting = zoom.meetings.create("me", {"topic": "Standup"})
    with pytest.raises(errors.NotFound):
        zoom.api.meetings.get_past_meeting_details(str(meeting.id))
    hold(simulator, meeting.id, "Mei", "Omar")
    past = zoom.api.meetings.get_past_meeting_details(str(meeting.id))
    assert (past.topic, past.duration, past.participants_count, past.total_minutes) == ("Standup", 30, 3, 70)
    assert (past.id, past.user_email) == (meeting.id, "owner@example.com")


def test_participants_are_reported_with_their_times(simulator: Simulator, zoom: Zoom) -> None:
    """Registrants and users are known by their e-mail addresses; guests have no id."""
    meeting = zoom.meetings.create("me", {"settings": {"approval_type": 0}})
    mei = zoom.meetings.add_registrant(meeting.id, {"email": "mei@example.com", "first_name": "Mei"})
    hold(simulator, meeting.id, "Mei", "Omar")
    listed = zoom.api.meetings.get_past_meeting_participants(str(meeting.id), page_size=2)
    host, guest = listed.participants
    assert (host.name, host.duration, host.internal_user) == ("Olga Owner", 1790, True)
    assert (guest.name, guest.duration, guest.id) == ("Mei", 1190, "")
    assert guest.status is UNSET  # it would say that she is in the meeting
    assert guest.registrant_id == mei.registrant_id
    rest = zoom.api.meetings.get_past_meeting_participants(
        str(meeting.id), page_size=2, next_page_token=listed.next_page_token
    )
    assert [each.name for each in rest.participants] == ["Omar"]


@pytest.mark.parametrize("kind", ["meeting", "webinar"])
def test_reports_tell_the_same(simulator: Simulator, zoom: Zoom, kind: str) -> None:
    """A report is of what was held, and of nothing else."""
    api, session = zoom.api.meetings, getattr(zoom, f"{kind}s").create("me", {"topic": "Launch"})
    details, participants = (getattr(api, f"get_{kind}_{what}_reports") for what in ("detail", "participant"))
    for report in (details, participants):
        with pytest.raises(errors.NotFound) as refused:
            report(str(session.id))
        assert refused.value.code == 3001
    getattr(simulator, f"start_{kind}")(session.id)
    simulator.join(session.id, "Mei", "mei@example.com")
    simulator.clock.advance(600)
    getattr(simulator, f"end_{kind}")(session.id)
    assert (details(str(session.id)).topic, details(str(session.id)).participants_count) == ("Launch", 2)
    assert [(each.name, each.duration) for each in participants(str(session.id)).participants] == [
        ("Olga Owner", 600), ("Mei", 600),
    ]  # fmt: skip


def test_each_time_is_reported_by_its_uuid(simulator: Simulator, zoom: Zoom) -> None:
    """The number of a meeting is the last time that it was held; a UUID is one time, also with slashes in it."""
    meeting = zoom.meetings.create("me", {"type": 3})
    for number in range(12):
        hold(simulator, meeting.id, f"Guest {number}")
    times = zoom.api.meetings.list_past_meeting_instances(meeting.id).meetings
    assert len({each.uuid for each in times}) == 12
    assert any("/" in each.uuid for each in times)
    for number, each in enumerate(times):
        guests = zoom.api.meetings.get_past_meeting_participants(each.uuid).participants
        assert [guest.name for guest in guests][1:] == [f"Guest {number}"]
    assert zoom.api.meetings.get_past_meeting_details(str(meeting.id)).uuid == times[-1].uuid


def test_what_was_held_outlives_the_meeting(simulator: Simulator, zoom: Zoom) -> None:
    """A meeting that is deleted was held all the same; Zoom tells of it for a year."""
    meeting = zoom.meetings.create("me", {"topic": "Standup"})
    hold(simulator, meeting.id)
    zoom.meetings.delete(meeting.id)
    assert zoom.api.meetings.get_past_meeting_details(str(meeting.id)).topic == "Standup"
    simulator.clock.advance(timedelta(days=365))
    with pytest.raises(errors.APIError) as refused:
        zoom.api.meetings.get_past_meeting_details(str(meeting.id))
    assert refused.value.code == 12702


def test_what_goes_on_is_kept_in_a_dump(simulator: Simulator, zoom: Zoom) -> None:
    """A simulator that is loaded in the middle of a meeting knows who is in it."""
    meeting = zoom.meetings.create("me", {"topic": "Standup"})
    simulator.start_meeting(meeting.id)
    simulator.join(meeting.id, "Mei")
    other = Simulator()
    other.load(simulator.dump())
    other.leave(meeting.id, "Mei")
    other.end_meeting(meeting.id)
    assert other.state.store.counts(other.state.owner.account)["past_meetings"] == 1
