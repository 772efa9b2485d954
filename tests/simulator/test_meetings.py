"""Meetings of a simulator: scheduled, in series, started and ended, as a program sees them through this library."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest

from tests.simulator.hearing import Hearing, hear
from zoom_api_client import AsyncZoom, Zoom, errors
from zoom_api_client.models.meetings import Meeting
from zoom_api_client.testing import mock_zoom
from zoom_api_client.testing.simulator import Simulator

NOW = datetime(2026, 3, 23, 8, tzinfo=UTC)
SERIES = {
    "topic": "Standup",
    "type": 8,
    "start_time": "2026-03-27T09:00:00",
    "timezone": "Europe/Berlin",
    "duration": 15,
    "recurrence": {"type": 2, "weekly_days": "2,6", "end_times": 4},
}


@attrs.define
class World:
    """A simulator at a Monday in March, a client of it, and who hears what happens."""

    simulator: Simulator
    zoom: Zoom
    hearing: Hearing

    def create(self, **fields: Any) -> Meeting:
        """Schedule a meeting."""
        return self.zoom.meetings.get(self.zoom.meetings.create("me", fields).id)

    def starts(self, meeting: Meeting, **query: Any) -> list[str]:
        """Return when the occurrences of a series begin that are not deleted."""
        occurrences = self.zoom.meetings.get(meeting.id, **query).occurrences
        return [f"{each.start_time:%m-%d %H:%M}" for each in occurrences if each.status == "available"]

    def topics(self, kind: str) -> list[str]:
        """Return the topics of the meetings in a list."""
        return [each.topic for each in self.zoom.meetings.list("me", type=kind)]


@pytest.fixture
def world() -> Iterator[World]:
    """Return a world in which every event is judged when the test is over."""
    with mock_zoom(stateful=True) as mock, Zoom("any token") as zoom:
        mock.simulator.clock.set(NOW, frozen=True)
        world = World(mock.simulator, zoom, hear(mock.simulator))
        yield world
        assert not world.hearing.violations


def test_a_time_without_a_zone_is_one_of_the_meeting(world: World) -> None:
    """Zoom takes the time of the place, and answers in UTC."""
    meeting = world.create(start_time="2026-03-31T09:00:00", timezone="Europe/Berlin")
    assert meeting.start_time == datetime(2026, 3, 31, 7, tzinfo=UTC)
    assert world.create(start_time="2026-03-31T09:00:00Z").start_time == datetime(2026, 3, 31, 9, tzinfo=UTC)


def test_a_meeting_of_which_little_is_said_is_an_hour_from_now(world: World) -> None:
    """What is shown of a meeting must not be made up: no recurrence, no registration, nobody's number."""
    meeting = world.create()
    assert (meeting.topic, meeting.type, meeting.duration, meeting.start_time) == ("Zoom Meeting", 2, 60, NOW)
    assert (meeting.status, meeting.settings.approval_type) == ("waiting", 2)
    assert not meeting.occurrences
    assert not meeting.recurrence


def test_a_meeting_that_is_made_for_another_is_theirs(world: World) -> None:
    """`schedule_for` names the host, who has it in their list; nobody can be host who is not there."""
    world.simulator.seed({"users": [{"id": "jane", "email": "jane@example.com"}]})
    assert world.create(schedule_for="jane@example.com").host_id == "jane"
    assert [each.host_id for each in world.zoom.meetings.list("jane@example.com")] == ["jane"]
    with pytest.raises(errors.NotFound):
        world.create(schedule_for="nobody@example.com")


def test_a_series_has_its_occurrences(world: World) -> None:
    """Mondays and Fridays at nine in Berlin, where the clocks are changed after the first."""
    series = world.create(**SERIES)
    assert world.starts(series) == ["03-27 08:00", "03-30 07:00", "04-03 07:00", "04-06 07:00"]
    assert series.occurrences[0].occurrence_id == str(int(series.occurrences[0].start_time.timestamp() * 1000))


def test_one_occurrence_is_moved_and_the_others_stay(world: World) -> None:
    """`occurrence_id` changes that one time; without it the series would move."""
    series = world.create(**SERIES)
    moved = series.occurrences[1].occurrence_id
    world.zoom.meetings.update(
        series.id, {"start_time": "2026-03-31T12:00:00", "duration": 45, "agenda": "Numbers"}, occurrence_id=moved
    )
    assert world.starts(series) == ["03-27 08:00", "03-31 10:00", "04-03 07:00", "04-06 07:00"]
    shown = world.zoom.meetings.get(series.id, occurrence_id=moved)
    assert shown.status == "waiting"
    assert (shown.start_time, shown.duration, shown.agenda) == (datetime(2026, 3, 31, 10, tzinfo=UTC), 45, "Numbers")
    assert world.zoom.meetings.get(series.id).agenda == ""
    world.simulator.start_meeting(series.id)
    assert world.zoom.meetings.get(series.id, occurrence_id=moved).status == "started"


def test_one_occurrence_is_deleted_and_the_series_stays(world: World) -> None:
    """A program that deletes Monday's must not lose Friday's, and cannot delete it twice."""
    series = world.create(**SERIES)
    gone = series.occurrences[1].occurrence_id
    world.zoom.meetings.delete(series.id, occurrence_id=gone)
    assert world.starts(series) == ["03-27 08:00", "04-03 07:00", "04-06 07:00"]
    with pytest.raises(errors.NotFound):
        world.zoom.meetings.delete(series.id, occurrence_id=gone)
    assert [each["occurrence_id"] for each in world.hearing.last("meeting.deleted")["occurrences"]] == [gone]


def test_a_series_is_over_when_its_last_occurrence_is(world: World) -> None:
    """What was deleted of it is not to come."""
    series = world.create(**SERIES)
    for each in series.occurrences[1:]:
        world.zoom.meetings.delete(series.id, occurrence_id=each.occurrence_id)
    assert world.topics("upcoming") == ["Standup"]
    world.simulator.clock.advance(timedelta(days=5))
    assert world.topics("upcoming") == []
    assert world.topics("previous_meetings") == ["Standup"]


def test_a_series_that_is_planned_anew_has_new_occurrences(world: World) -> None:
    """A change of the recurrence must not leave the old days in the calendar; a change of the topic must."""
    series = world.create(**SERIES)
    world.zoom.meetings.update(series.id, {"topic": "Sync"})
    assert len(world.starts(series)) == 4
    world.zoom.meetings.update(series.id, {"recurrence": {"type": 1, "end_times": 2, "repeat_interval": 3}})
    assert world.starts(series) == ["03-27 08:00", "03-30 07:00"]
    assert not world.zoom.meetings.get(series.id).recurrence.weekly_days
    world.zoom.meetings.update(series.id, {"type": 2})
    assert not world.zoom.meetings.get(series.id).occurrences


def test_occurrences_that_are_over_are_shown_if_they_are_asked_for(world: World) -> None:
    """Zoom shows those that are still to come."""
    series = world.create(**SERIES)
    world.simulator.clock.advance(timedelta(days=7))
    assert world.starts(series) == ["04-03 07:00", "04-06 07:00"]
    assert len(world.starts(series, show_previous_occurrences=True)) == 4


def test_each_list_has_its_meetings(world: World) -> None:
    """Live, upcoming and previous are what the clock and the host say, and no list has what was not scheduled."""
    for topic, begin in (("Past", "2026-03-20T09:00:00Z"), ("Next", "2026-03-23T20:00:00Z")):
        world.create(topic=topic, start_time=begin)
    world.create(topic="At any time", type=3)
    world.create(topic="At once", type=1)
    live = world.create(topic="Live", start_time="2026-03-20T09:00:00Z")
    world.simulator.start_meeting(live.id)
    assert world.topics("scheduled") == ["Past", "Next", "At any time", "Live"]
    assert world.topics("live") == ["Live"]
    assert world.topics("upcoming") == ["Next", "At any time", "Live"]
    assert world.topics("previous_meetings") == ["Past"]
    soon = world.zoom.api.meetings.list_upcoming_meetings("me").meetings
    assert [each.topic for each in soon] == ["Next"]


def test_a_meeting_is_started_joined_left_and_ended(world: World) -> None:
    """What nobody can do by the API is done by the simulator, and Zoom's events tell of it, in their order."""
    meeting = world.create(topic="Standup")
    world.simulator.start_meeting(meeting.id)
    started = world.zoom.meetings.get(meeting.id)
    assert (started.status, started.uuid == meeting.uuid) == ("started", False)
    world.simulator.join(meeting.id, "Mei Chen", "mei@example.com")
    world.simulator.clock.advance(600)
    world.simulator.leave(meeting.id, "mei@example.com")
    assert world.hearing.names[-1] == "meeting.participant_left"
    world.zoom.meetings.end(meeting.id)
    assert world.zoom.meetings.get(meeting.id).status == "waiting"
    assert world.hearing.names == [
        "meeting.created", "meeting.started", "meeting.participant_joined", "meeting.participant_joined",
        "meeting.participant_left", "meeting.participant_left", "meeting.ended",
    ]  # fmt: skip
    assert {about["uuid"] for name, about in world.hearing.told[1:]} == {started.uuid}


def test_what_is_started_twice_is_started_once(world: World) -> None:
    """Starting what is live, or ending what waits, sends no event."""
    meeting = world.create()
    world.zoom.meetings.end(meeting.id)
    world.simulator.start_meeting(meeting.id)
    world.simulator.start_meeting(meeting.id)
    assert world.hearing.names.count("meeting.started") == 1
    assert "meeting.ended" not in world.hearing.names


def test_what_cannot_be_done_says_what_to_do(world: World) -> None:
    """A test that forgets to create or to start must be told so."""
    meeting = world.create()
    with pytest.raises(LookupError, match="create it first"):
        world.simulator.start_meeting(123)
    with pytest.raises(LookupError, match="start_meeting"):
        world.simulator.join(meeting.id, "Mei")
    world.simulator.start_meeting(meeting.id)
    with pytest.raises(LookupError, match="Olga Owner"):
        world.simulator.leave(meeting.id, "Mei")


def test_a_meeting_in_progress_is_not_deleted(world: World) -> None:
    """Zoom refuses it; a program has to end it first."""
    meeting = world.create()
    world.simulator.start_meeting(meeting.id)
    with pytest.raises(errors.InvalidRequest) as refused:
        world.zoom.meetings.delete(meeting.id)
    assert refused.value.code == 3002
    world.simulator.end_meeting(meeting.id)
    world.zoom.meetings.delete(meeting.id)


def test_an_instant_meeting_is_gone_when_it_has_ended(world: World) -> None:
    """What was not scheduled cannot be started again, but it was held."""
    meeting = world.create(type=1)
    world.simulator.start_meeting(meeting.id)
    world.simulator.end_meeting(meeting.id)
    with pytest.raises(errors.NotFound):
        world.zoom.meetings.get(meeting.id)
    assert world.zoom.api.meetings.get_past_meeting_details(str(meeting.id)).type == 1


def test_a_deleted_meeting_is_recovered(world: World) -> None:
    """Zoom keeps it in the trash; what was never there is not recovered."""
    meeting = world.create(topic="Standup")
    world.zoom.meetings.delete(meeting.id)
    world.zoom.api.meetings.update_meeting_status(meeting.id, body={"action": "recover"})
    assert world.zoom.meetings.get(meeting.id).topic == "Standup"
    assert world.hearing.names[-1] == "meeting.recovered"
    with pytest.raises(errors.NotFound):
        world.zoom.api.meetings.update_meeting_status(meeting.id, body={"action": "recover"})


async def test_an_awaited_client_sees_the_same() -> None:
    """Both worlds call the same simulator: a series and a meeting that is held."""
    async with AsyncZoom("any token") as zoom:
        with mock_zoom(stateful=True) as mock:
            mock.simulator.clock.set(NOW, frozen=True)
            series = await zoom.meetings.create("me", SERIES)
            assert len((await zoom.meetings.get(series.id)).occurrences) == 4
            mock.simulator.start_meeting(series.id)
            assert [each.topic async for each in zoom.meetings.list("me", type="live")] == ["Standup"]
            await zoom.meetings.end(series.id)
            held = await zoom.api.meetings.get_past_meeting_details(str(series.id))
            assert held.participants_count == 1
