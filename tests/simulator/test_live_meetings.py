"""Meetings that go on, as an app controls them: what its events tell, and what is refused."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest

from tests.simulator.calling import Calling
from tests.simulator.watching import Told, check
from zoom_api_client.testing.simulator import Simulator
from zoom_api_client.testing.simulator.events import content
from zoom_api_client.testing.simulator.events.content import Happened
from zoom_api_client.testing.validator import check_event

FIVE_MINUTES = timedelta(minutes=5)


@attrs.define
class Meeting:
    """A meeting that is scheduled, and what is told of it."""

    zoom: Calling = attrs.field(factory=Calling)
    settings: dict[str, Any] = attrs.field(factory=dict)
    id: int = attrs.field(init=False)
    told: Told = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.simulator.clock.set(datetime(2026, 3, 31, 9, tzinfo=UTC), frozen=True)
        self.id = self.zoom.post("/users/me/meetings", {"topic": "Standup", "settings": self.settings})["id"]
        self.told = Told(self.simulator)

    @property
    def simulator(self) -> Simulator:
        """The simulator that it is in."""
        return self.zoom.simulator

    def control(self, method: str, minutes: float = 0, **params: Any) -> int:
        """Do something in it, and let some minutes go by; return the status."""
        body = {"method": method, "params": params} if params else {"method": method}
        answer = self.zoom.answer("PATCH", f"/live_meetings/{self.id}/events", body)
        self.simulator.clock.advance(minutes * 60)
        return answer.status

    def recording_events(self) -> list[str]:
        """Return the events of recordings so far."""
        return [each for each in self.told.names if each.startswith("recording.")]

    def about(self, event: str) -> Any:
        """Return what was told of last by an event, as it is sent; it fits Zoom's documents."""
        about = next(about for name, about in reversed(self.told.events) if name == event)
        sent = json.loads(content.write(Happened(event, about, "account", self.simulator.clock.now())))
        assert check_event(event, sent) == []
        return sent["payload"]["object"]


def test_recording_is_controlled_over_the_api() -> None:
    """Who starts a recording finds its files after the meeting: of each part, and without what was paused."""
    meeting = Meeting()
    meeting.simulator.start_meeting(meeting.id)
    parts = [("start", 2), ("start", 2), ("pause", 10), ("resume", 1), ("stop", 3), ("start", 1)]
    assert {meeting.control(f"recording.{method}", minutes) for method, minutes in parts} == {202}
    steps = ["recording.started", "recording.paused", "recording.resumed", "recording.stopped", "recording.started"]
    assert meeting.recording_events() == steps
    assert meeting.about("recording.stopped")["recording_file"]["recording_start"] == "2026-03-31T09:00:00Z"
    meeting.simulator.end_meeting(meeting.id)
    meeting.simulator.clock.advance(FIVE_MINUTES)
    assert meeting.recording_events() == [*steps, "recording.stopped", "recording.completed"]
    recording = meeting.zoom.get(f"/meetings/{meeting.id}/recordings")
    assert (recording["duration"], len({each["recording_start"] for each in recording["recording_files"]})) == (6, 2)
    assert recording["uuid"] == meeting.zoom.get(f"/past_meetings/{meeting.id}")["uuid"]
    check(meeting.simulator)


def test_recording_is_reported_after_the_end_and_not_after_the_stop() -> None:
    """A recording that was stopped long before the end is there at once when the meeting ends."""
    meeting = Meeting()
    meeting.simulator.start_meeting(meeting.id)
    meeting.control("recording.start", 2)
    meeting.control("recording.stop", 60)
    assert "recording.completed" not in meeting.told.names
    meeting.simulator.end_meeting(meeting.id)
    meeting.simulator.clock.run_due()
    assert meeting.told.names[-3:] == ["meeting.ended", "recording.completed", "recording.transcript_completed"]


@pytest.mark.parametrize(("setting", "recorded"), [("cloud", True), ("none", False), ("local", False)])
def test_meeting_is_recorded_by_itself_where_its_settings_say_so(setting: str, recorded: bool) -> None:
    """A program that sets it waits for a recording."""
    meeting = Meeting(settings={"auto_recording": setting})
    meeting.simulator.start_meeting(meeting.id)
    meeting.simulator.end_meeting(meeting.id)
    assert ("recording.started" in meeting.told.names) is recorded


def test_meeting_that_is_not_started_is_not_controlled() -> None:
    """The same goes for one that has ended."""
    meeting = Meeting()
    asked = ("PATCH", f"/live_meetings/{meeting.id}/events", {"method": "recording.start"})
    assert meeting.zoom.code(*asked) == (404, 3001)
    meeting.simulator.start_meeting(meeting.id)
    assert meeting.zoom.answer(*asked).status == 202
    meeting.simulator.end_meeting(meeting.id)
    assert meeting.zoom.code(*asked) == (404, 3001)
    assert meeting.recording_events() == ["recording.started", "recording.stopped"]


@pytest.mark.parametrize(
    ("method", "params", "event", "expected"),
    [
        ("participant.invite", {"contacts": [{"email": "owner@example.com"}]}, "meeting.invitation_dispatched",
         {"participant": {"email": "owner@example.com"}}),
        ("participant.invite.callout", {"invitee_name": "Mei", "phone_number": "+1 205-555-0100"},
         "meeting.participant_phone_callout_ringing",
         {"participant": {"invitee_name": "Mei", "phone_number": 12055550100}}),
        ("participant.invite.room_system_callout", {"call_type": "h323", "device_ip": "10.1.1.1"},
         "meeting.participant_room_system_callout_ringing",
         {"participant": {"call_type": "h323", "device_ip": "10.1.1.1"}}),
        ("ai_companion.start", {"ai_companion_mode": "summary"}, "meeting.ai_companion_started",
         {"ai_companion": {"questions": False, "summary": True}}),
        ("ai_companion.stop", {}, "meeting.ai_companion_stopped",
         {"ai_companion": {"questions": True, "summary": True}}),
        ("ai_companion.stop", {"delete_meeting_assets": True}, "meeting.ai_companion_assets_deleted",
         {"ai_companion": {"deleted_assets": ["transcripts", "summaries"]}}),
        ("ai_companion.disable", {}, "meeting.ai_companion_stopped", {}),
    ],
)  # fmt: skip
def test_control_is_reported(method: str, params: dict[str, Any], event: str, expected: dict[str, Any]) -> None:
    """The event is all that says that it was done, and of which meeting."""
    meeting = Meeting()
    meeting.simulator.start_meeting(meeting.id)
    assert meeting.control(method, **params) == 202
    about = meeting.about(event)
    assert str(about.get("id", about.get("meeting_number"))) == str(meeting.id)
    for name, value in expected.items():
        assert value.items() <= about[name].items()


def test_participant_is_removed() -> None:
    """Who is shown out has left; the others stay."""
    meeting = Meeting()
    meeting.simulator.start_meeting(meeting.id)
    meeting.simulator.join(meeting.id, "Mei")
    joined = meeting.about("meeting.participant_joined")["participant"]
    meeting.control("participant.remove", participant_uuid=joined["participant_uuid"])
    assert meeting.about("meeting.participant_left")["participant"]["user_name"] == "Mei"
    with pytest.raises(LookupError, match="Olga Owner"):
        meeting.simulator.leave(meeting.id, "Mei")
