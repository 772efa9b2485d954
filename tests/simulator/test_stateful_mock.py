"""`mock_zoom(stateful=True)`: what a program creates in a test is there, as long as the test lasts."""

from datetime import UTC, datetime

import pytest

from zoom_api_client import Zoom, errors
from zoom_api_client.models.meetings import CreateMeetingBody
from zoom_api_client.testing import mock_zoom


def test_what_is_created_is_read_and_gone_when_deleted() -> None:
    """The first thing that a program would see of a mock that forgets: its meeting has another topic."""
    with mock_zoom(stateful=True), Zoom("any token") as zoom:
        created = zoom.meetings.create("me", CreateMeetingBody(topic="Standup"))
        assert zoom.meetings.get(created.id).topic == "Standup"
        assert [each.topic for each in zoom.meetings.list("me")] == ["Standup"]
        zoom.meetings.delete(created.id)
        with pytest.raises(errors.NotFound):
            zoom.meetings.get(created.id)


def test_a_test_may_still_say_what_is_answered() -> None:
    """A script of the test comes before what is remembered."""
    with mock_zoom(stateful=True) as mock, Zoom("any token") as zoom:
        mock.meetings.get.returns(topic="Scripted")
        created = zoom.meetings.create("me", CreateMeetingBody(topic="Standup"))
        assert zoom.meetings.get(created.id).topic == "Scripted"


def test_state_is_seeded_and_its_clock_is_set() -> None:
    """A test begins with what it needs, on the day that it needs."""
    with mock_zoom(stateful=True) as mock, Zoom("any token") as zoom:
        mock.simulator.clock.set(datetime(2026, 3, 31, 9, tzinfo=UTC), frozen=True)
        mock.simulator.seed("users: [{email: jane@example.com, meetings: [{topic: Standup}]}]")
        assert [each.topic for each in zoom.meetings.list("jane@example.com")] == ["Standup"]
        assert zoom.meetings.create("me", CreateMeetingBody(topic="Now")).created_at == datetime(
            2026, 3, 31, 9, tzinfo=UTC
        )


def test_a_mock_that_forgets_says_how_to_get_one_that_remembers() -> None:
    """Who looks for the state of a plain mock is told what to write."""
    with mock_zoom() as mock, pytest.raises(LookupError, match="stateful=True"):
        _ = mock.simulator
