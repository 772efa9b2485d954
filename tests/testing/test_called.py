"""What a test sees of the calls of its code."""

from datetime import UTC, datetime

import pytest

from zoom_api_client import UNSET, Zoom
from zoom_api_client.models.meetings import CreateMeetingBody
from zoom_api_client.testing import MockZoom

MEETING = 85746065432


def test_calls_are_seen(mock_zoom: MockZoom, client: Zoom) -> None:
    """The names of the operation and of the method show the same calls, as what they mean."""
    assert not mock_zoom.meetings.create.called
    client.meetings.create("me", topic="Standup", start_time=datetime(2026, 3, 2, 9, tzinfo=UTC))
    client.meetings.get(MEETING, occurrence_id="17", show_previous_occurrences=True)
    [created], [read] = mock_zoom.meetings.create_meeting.calls, mock_zoom.meetings.get.calls
    assert created.path == {"userId": "me"}
    assert created.json == {"topic": "Standup", "start_time": "2026-03-02T09:00:00Z"}
    assert isinstance(created.body, CreateMeetingBody)
    assert created.body.start_time == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert read.path == {"meetingId": MEETING}
    assert read.query == {"occurrence_id": "17", "show_previous_occurrences": True}
    assert read.body is None
    assert [str(call.operation) for call in mock_zoom.calls] == ["meetings.create_meeting", "meetings.get_meeting"]
    assert mock_zoom.meetings.create.call_count == 1


def test_called_once_with_finds_fields_wherever_they_were_sent(mock_zoom: MockZoom, client: Zoom) -> None:
    """A test says what matters to it, by the names that the code uses, in whatever part of the request it is."""
    client.meetings.create("me", topic="Standup", settings={"waiting_room": True})
    create = mock_zoom.meetings.create
    assert create.called_once_with()
    assert create.called_once_with(user_id="me", topic="Standup", settings={"waiting_room": True})
    assert create.called_once_with(userId="me", agenda=UNSET)
    client.meetings.get(MEETING)
    assert mock_zoom.meetings.get.called_once_with(meeting_id=MEETING)
    assert mock_zoom.meetings.get.called_once_with(meeting_id=str(MEETING))
    list(client.meetings.list("me", from_="2026-03-01"))
    assert mock_zoom.meetings.list.called_once_with(from_="2026-03-01")


def test_called_once_with_says_what_was_different(mock_zoom: MockZoom, client: Zoom) -> None:
    """The message is all that there is to go by."""
    create = mock_zoom.meetings.create
    with pytest.raises(AssertionError, match=r"meetings\.create was called 0 times, not once$"):
        create.called_once_with()
    client.meetings.create("me", topic="Standup", password="hidden")
    with pytest.raises(AssertionError, match=r"topic was 'Standup', not 'Stand-up'; agenda was not given, not 'x'"):
        create.called_once_with(topic="Stand-up", agenda="x")
    with pytest.raises(AssertionError, match="has no 'topik'; did you mean 'topic'"):
        create.called_once_with(topik="Standup")
    with pytest.raises(AssertionError) as caught:
        create.called_once_with(password="other")
    assert "hidden" not in str(caught.value)
    client.meetings.create("me", topic="Standup")
    with pytest.raises(AssertionError, match=r"was called 2 times, not once:\n  POST /v2/users/me/meetings"):
        create.called_once_with(topic="Standup")
