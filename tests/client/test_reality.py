"""What Zoom was seen to answer and to send, beyond its documents, is not drift: a strict client works with it.

The shapes were recorded or captured by others (see `overlays/*/reality*.yaml`); the values are made up.
"""

from typing import Any

import httpx
import pytest

from tests.client.worlds import World
from zoom_api_client import UNSET, errors, events
from zoom_api_client.api.accounts import get_sub_account_details, list_data_request_history
from zoom_api_client.api.meetings import (
    get_meeting_participant_reports,
    get_meeting_recordings,
    get_past_meeting_participants,
    list_all_recordings,
)
from zoom_api_client.api.users import list_users
from zoom_api_client.core.conformance import departures
from zoom_api_client.core.operation import Operation
from zoom_api_client.testing.validator import check_event

FILE = {
    "id": "f1",
    "meeting_id": "u==",
    "recording_start": "2026-01-01T10:00:00Z",
    "recording_end": "2026-01-01T10:05:00Z",
    "file_type": "TIMELINE",
    "file_extension": "JSON",
    "file_size": 21,
    "download_url": "https://zoom.us/rec/download/x",
    "status": "completed",
    "recording_type": "timeline",
}
IN_PROCESS = {**FILE, "status": "processing", "file_size": 0} | dict.fromkeys(
    ("recording_end", "file_type", "file_extension", "recording_type"), ""
)
RECORDING = {
    "uuid": "u==",
    "id": 81234567890,
    "account_id": "a",
    "host_id": "h",
    "topic": "T",
    "type": 2,
    "start_time": "2026-01-01T10:00:00Z",
    "timezone": "Europe/Paris",
    "duration": 5,
    "total_size": 21,
    "recording_count": 2,
    "share_url": "https://zoom.us/rec/share/x",
    "recording_files": [FILE, IN_PROCESS],
}
GUEST = {"id": "", "user_id": "1", "name": "Guest", "user_email": "", "status": "in_meeting", "duration": 3}
TIMES = {"join_time": "2026-01-01T10:00:00Z", "leave_time": "2026-01-01T10:03:00Z"}
USER = {
    "id": "u",
    "first_name": "Ada",
    "email": "ada@example.com",
    "type": 1,
    "status": "active",
    "verified": 1,
    "created_at": "2026-01-01T10:00:00Z",
    "user_created_at": "2026-01-01T10:00:00Z",
    "role_id": "0",
    "pic_url": "https://example.com/p",
    "language": "en-US",
    "phone_number": "",
    "login_types": [1, 100],
}
ACCOUNT = {
    "id": "a",
    "account_name": "",
    "account_number": 0,
    "account_type": "Free (without credit card)",
    "owner_email": "",
    "created_at": "2026-01-01T10:00:00Z",
    "subscription_start_time": "",
    "subscription_end_time": "",
}
DATA_REQUEST = {
    "request_id": "r",
    "request_type": "EXPORT",
    "account_id": "a",
    "requestor_name": "Ada",
    "requestor_user_id": "u",
    "user_identifier": "",
    "is_current_user": True,
    "state": "Canceled",
    "data_type": ["All Internal Data"],
    "files_count": "0",
    "start_at": "2026-07-01T00:00Z",
    "end_at": "2024-12-31T23:59:59Z",
    "created_at": "2026-08-01T00:00:00.123Z",
}
ROWS = {"page_count": 1, "page_size": 30, "total_records": 1, "next_page_token": ""}

ANSWERS: list[tuple[Any, dict[str, Any]]] = [
    (list_all_recordings, {"meetings": [RECORDING]}),
    (
        list_all_recordings,
        {**ROWS, "page_size": 0, "page_count": 0, "from": "2026-01-01", "to": "2026-01-02", "meetings": []},
    ),
    (get_meeting_recordings, {**RECORDING, "recording_play_passcode": "x", "password": ""}),
    (
        get_meeting_participant_reports,
        {**ROWS, "participants": [{**GUEST, **TIMES, "attentiveness_score": "", "customer_key": "k"}]},
    ),
    (
        get_past_meeting_participants,
        {**ROWS, "participants": [{**GUEST, **TIMES, "groupId": "", "internal_user": False}]},
    ),
    (list_users, {**ROWS, "page_number": 1, "users": [USER]}),
    (get_sub_account_details, ACCOUNT),
    (list_data_request_history, {"total_records": 1, "records": [DATA_REQUEST]}),
]


@pytest.mark.parametrize(("module", "answer"), ANSWERS, ids=lambda it: getattr(it, "__name__", "").rpartition(".")[2])
def test_answers_that_were_recorded_are_not_drift(module: Any, answer: dict[str, Any]) -> None:
    """Neither their fields nor their values are; and nothing of them is lost."""
    operation: Operation[Any] = module.OPERATION
    result = operation.decode(200, answer)
    assert list(departures(operation, 200, result)) == []
    assert result.to_dict() == answer


async def test_a_strict_client_reads_recordings_as_they_are(world: World) -> None:
    """A time line, a file in process, a number for the type: one exception would hide all of a user's recordings."""
    zoom = world.zoom(lambda _: httpx.Response(200, json={"meetings": [RECORDING]}), strict=True)
    [recording] = await world.all(zoom.recordings.list("me", from_="2026-01-01", to="2026-01-02"))
    done, in_process = recording.recording_files
    assert (done.recording_end - done.recording_start).seconds == 300
    assert in_process.recording_end == ""


async def test_what_nobody_has_seen_is_drift_as_ever(world: World) -> None:
    """Known departures hide no new ones, not even new values of the same field."""
    bent = {"meetings": [{**RECORDING, "recording_files": [{**FILE, "file_type": "BRAND_NEW"}]}]}
    zoom = world.zoom(lambda _: httpx.Response(200, json=bent), strict=True)
    with pytest.raises(errors.ContractDrift, match="file_type has the value 'BRAND_NEW', which is not declared"):
        await world.all(zoom.recordings.list("me", from_="2026-01-01", to="2026-01-02"))


def delivery(name: str, **object_: Any) -> dict[str, Any]:
    """Return the JSON of an event."""
    return {"event": name, "event_ts": 1785369356750, "payload": {"account_id": "a", "object": object_}}


MEETING = {"id": "81234567890", "uuid": "u==", "host_id": "h", "topic": "T", "type": 2, "timezone": "UTC"}
GOES_ON = {**MEETING, "start_time": "2026-01-01T10:00:00Z", "duration": 30}
STARTED = {**GOES_ON, "host_email": "ada@example.com"}
LEFT = {
    "user_id": "16778240",
    "user_name": "Guest",
    "leave_time": "2026-01-01T10:03:00Z",
    "leave_reason": "left the meeting.",
    "public_ip": "192.0.2.1",
    "private_ip": "10.0.0.1",
    "participant_uuid": "p",
    **dict.fromkeys(("id", "participant_user_id", "registrant_id"), ""),
    "email": "",
}


@pytest.mark.parametrize(
    "sent",
    [
        delivery("meeting.started", **STARTED),
        delivery("meeting.ended", **STARTED, end_time="2026-01-01T10:07:00Z"),
        delivery("meeting.participant_left", **GOES_ON, participant=LEFT),
    ],
    ids=lambda sent: sent["event"],
)
def test_deliveries_that_were_captured_fit_the_contract(sent: dict[str, Any]) -> None:
    """What they have beyond the documents is typed."""
    event = events.parse(sent)
    assert event.to_dict() == sent
    assert check_event(sent["event"], sent) == []


def test_empty_ids_of_a_guest_are_empty_texts() -> None:
    """A guest has no id and no address, which is not the same as fields that are not there."""
    left: Any = events.parse(delivery("meeting.participant_left", participant=LEFT))
    participant = left.payload.object.participant
    assert participant.id == participant.email == participant.registrant_id == ""
    assert participant.phone_number is UNSET
