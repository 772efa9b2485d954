"""What people write about recordings, meetings, users and participants, as Zoom really sends them: nothing is refused.

It is checked and never run. Values that no document has can be compared with; times are times.
"""

from datetime import datetime, timedelta
from typing import assert_type

from zoom_api_client import Unset, Zoom
from zoom_api_client.events.meetings import MeetingParticipantLeft, MeetingStarted, RecordingCompleted


def lengths_of_recordings(zoom: Zoom) -> dict[str, timedelta]:
    """Sum up how long files are, without those that are still processed and the time line."""
    lengths: dict[str, timedelta] = {}
    for recording in zoom.recordings.list("me", from_="2026-01-01", to="2026-01-31"):
        if recording.type == 2 or recording.type == "99":
            print(recording.topic, recording.timezone, recording.share_url)
        for file in recording.recording_files:
            if file.file_type == "TIMELINE" or file.status == "processing" or file.recording_type == "brand_new":
                continue
            end: datetime = file.recording_end
            lengths[file.id] = end - file.recording_start
    return lengths


def meetings_by_api(zoom: Zoom) -> list[str]:
    """Compare with a source of meetings that the document does not have."""
    meeting = zoom.meetings.get(938_4756_6001)
    if meeting.creation_source in ("zoom_scheduler", "brand_new") or meeting.settings.auto_recording == "brand_new":
        print(meeting.created_at.isoformat(), meeting.settings.enable_dedicated_group_chat)
    return [each.topic for each in zoom.meetings.list("me") if each.type != 4]


def licensed_users(zoom: Zoom) -> list[str]:
    """Read fields that every account's list has, and the document does not."""
    users = [
        user for user in zoom.api.users.list_users.all(status="active") if user.type == 2 and user.status != "blocked"
    ]
    return [
        user.email for user in users if user.pic_url and user.language and user.login_types and 1 in user.login_types
    ]


def guests(zoom: Zoom) -> list[str]:
    """Tell guests from people who signed in: the first have an empty id."""
    rows = list(zoom.api.meetings.get_meeting_participant_reports.all("uuid=="))
    return [
        row.name or "" for row in rows if row.id == "" and row.status != "in_meeting" and row.attentiveness_score == ""
    ]


def events(started: MeetingStarted, left: MeetingParticipantLeft, completed: RecordingCompleted) -> None:
    """Events have the same openness."""
    assert_type(started.payload.object.host_email, str | Unset)
    if started.payload.object.type == 12:
        print(left.payload.object.participant.public_ip, left.payload.object.participant.private_ip)
    print([file.id for file in completed.payload.object.recording_files if file.recording_type == "audio_transcript"])
