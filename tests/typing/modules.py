"""What type checkers know of the named modules: an editor completes every field. It is checked and never run."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, assert_type

from zoom_api_client import AsyncZoom, Mention, Zoom, errors
from zoom_api_client.models.meetings import (
    AddMeetingRegistrantResponse,
    AddPanelistsResponse,
    AddWebinarRegistrantResponse,
    CreateWebinarResponse,
    MeetingRecordings,
    MeetingRegistrantListRegistrant,
    Panelist,
    PanelistListPanelist,
    RecordingFile,
    RecordingList,
    RecordingListMeeting,
    UpdateMeetingBody,
    Webinar,
    WebinarListWebinar,
    WebinarRegistrantListRegistrant,
)
from zoom_api_client.models.phone import (
    UsersCallHistoryCallElement,
    UsersCallHistoryCallLog,
    UsersProfilePhoneNumber,
)
from zoom_api_client.models.team_chat import SendChatMessageResponse


def meetings(zoom: Zoom) -> None:
    """Changing, ending, and registrants: fields are keywords, and a body does as well."""
    zoom.meetings.update(1, topic="Retro", duration=45, occurrence_id=1767225600000)
    zoom.meetings.update("938 4756 6001", UpdateMeetingBody(topic="Retro"))
    zoom.meetings.end(1)
    made = zoom.meetings.add_registrant(1, email="jane@example.com", first_name="Jane", occurrence_ids=["1", 2])
    assert_type(made, AddMeetingRegistrantResponse)
    listed = zoom.meetings.list_registrants(1, status="all")
    for registrant in listed:
        assert_type(registrant, MeetingRegistrantListRegistrant)
    assert_type(listed.first(), MeetingRegistrantListRegistrant | None)
    zoom.meetings.update_registrant_status(1, "approve", listed)
    zoom.meetings.update_registrant_status(1, "deny", ["jane@example.com", {"id": "9t"}])


def webinars(zoom: Zoom) -> None:
    """The same of webinars, and panelists."""
    made = zoom.webinars.create("me", topic="Launch", settings={"practice_session": True})
    assert_type(made, CreateWebinarResponse)
    assert_type(zoom.webinars.get(made.id), Webinar)
    assert_type(zoom.webinars.list("me", type="upcoming").first(), WebinarListWebinar | None)
    zoom.webinars.update(made.id, agenda="Now")
    assert_type(zoom.webinars.add_registrant(1, email="j@example.com", first_name="J"), AddWebinarRegistrantResponse)
    for registrant in zoom.webinars.list_registrants(1, status="pending"):
        assert_type(registrant, WebinarRegistrantListRegistrant)
    jane, joe = Panelist(name="Jane", email="jane@example.com"), {"name": "Joe", "email": "joe@example.com"}
    assert_type(zoom.webinars.add_panelists(1, [jane, joe]), AddPanelistsResponse)
    for panelist in zoom.webinars.list_panelists(1):
        assert_type(panelist, PanelistListPanelist)
        zoom.webinars.remove_panelist(1, panelist.id)
    zoom.webinars.delete(1)


def recordings(zoom: Zoom) -> None:
    """Days may be days, times or text."""
    listed = zoom.recordings.list("me", from_=date(2026, 1, 1), to=datetime.now(UTC))
    assert_type(listed.pages(), Iterator[RecordingList])
    assert_type(listed.first(), RecordingListMeeting | None)
    assert_type(zoom.recordings.for_meeting("/a//b==", include_fields="download_access_token"), MeetingRecordings)
    zoom.recordings.delete(1, "a file", action="delete")


def phone(zoom: Zoom) -> None:
    """Filters of calls are completed, too."""
    assert_type(zoom.phone.list_numbers("me").first(), UsersProfilePhoneNumber | None)
    for call in zoom.phone.list_call_logs("me", from_="2026-06-01", directions=["inbound"], with_voicemail=True):
        assert_type(call, UsersCallHistoryCallLog | UsersCallHistoryCallElement)
        assert_type(call.call_id, str)


def chat(zoom: Zoom) -> None:
    """A message, and whom it mentions."""
    sent = zoom.chat.send_message("Hello @Jane", to_channel="abc", mentions=[Mention("jane@example.com", at="@Jane")])
    assert_type(sent, SendChatMessageResponse)
    assert_type(sent.id, str)


def downloads(zoom: Zoom, file: RecordingFile, meeting: MeetingRecordings) -> None:
    """One file is a path, the files of a meeting are several."""
    assert_type(zoom.recordings.download(file, to="."), Path)
    assert_type(zoom.recordings.download(meeting, to="."), list[Path])
    assert_type(zoom.recordings.download(93847566001, to="."), list[Path])


def anything(zoom: Zoom) -> None:
    """A list that no module names."""
    for user in zoom.pages("GET", "/users", params={"status": "active"}):
        assert_type(user, Any)


def failures(zoom: Zoom) -> None:
    """How far several batches got."""
    try:
        zoom.webinars.add_panelists(1, [])
    except errors.BatchFailed as failed:
        assert_type(failed.done, list[Any])
        assert_type(failed.failed, list[Any])
        assert_type(failed.left, list[Any])


async def asynchronous(zoom: AsyncZoom) -> None:
    """The same, awaited."""
    assert_type(await zoom.webinars.create("me", topic="Launch"), CreateWebinarResponse)
    assert_type(await zoom.webinars.list("me").first(), WebinarListWebinar | None)
    async for meeting in zoom.recordings.list("me"):
        assert_type(meeting, RecordingListMeeting)
    assert_type(zoom.recordings.list("me").pages(), AsyncIterator[RecordingList])
    await zoom.meetings.update_registrant_status(1, "cancel", ["9t"])
    assert_type(await zoom.chat.send_message("Hello", to_contact="j@example.com"), SendChatMessageResponse)
    async for user in zoom.pages("GET", "/users"):
        assert_type(user, Any)
