"""Mistakes that a type checker must find: each line ends with the errors that mypy gives for it.

It is never run; `test_typing.py` reads it. It does not lie in tests/typing, where everything must be right.
"""

# ruff: noqa: B018, F401 - expressions that do nothing, and imports of what is not there

from collections.abc import Callable
from typing import Any

from zoom_api_client import AsyncZoom, Zoom, Zooom, errors, events  # expect: attr-defined
from zoom_api_client.api.meetings import create_meeting, delete_meeting, get_meeting
from zoom_api_client.events.meetings import MeetingEnded, MeetingStartled  # expect: attr-defined
from zoom_api_client.models.meetings import CreateMeetingBody, CreateTrackingField, Meeting
from zoom_api_client.models.users import Usr  # expect: attr-defined
from zoom_api_client.triggers import Receiver


def blocking(zoom: Zoom, async_zoom: AsyncZoom, meeting: Meeting, error: errors.APIError, event: events.Event) -> None:
    """Each line is one mistake."""
    Zoom()  # expect: call-arg
    Zoom("a token", "https://api.zoom.us/v2")  # expect: call-arg
    Zoom(b"a token")  # expect: arg-type
    zoom.meetings.create("me", topik="Standup")  # expect: call-arg
    zoom.meetings.create("me", topic=5)  # expect: arg-type
    zoom.meetings.create("me", type=4)  # expect: arg-type
    zoom.meetings.create("me", settings="none")  # expect: arg-type
    zoom.meetings.create(topic="Standup")  # expect: call-arg
    zoom.meetings.get(1.5)  # expect: arg-type
    zoom.meetings.list("me", type="all")  # expect: arg-type
    zoom.meetings.list("me", "upcoming")  # expect: call-arg
    zoom.meetings.remove(1)  # expect: attr-defined
    zoom.meetings.delete(1, "1767225600000")  # expect: call-arg
    zoom.webinarz  # expect: attr-defined
    zoom.meetings.update(1, durration=45)  # expect: call-arg
    zoom.meetings.list_registrants(1, status="every")  # expect: arg-type
    zoom.meetings.update_registrant_status(1, "reject", [])  # expect: arg-type
    zoom.webinars.add_registrant(1, first_name="Jane")  # expect: call-arg
    zoom.webinars.add_registrant(1, email="jane@example.com", first_nam="Jane")  # expect: call-arg
    zoom.webinars.list("me", type="live")  # expect: arg-type
    zoom.recordings.delete(1, action="burn")  # expect: arg-type
    zoom.phone.list_call_logs("me", directions=["sideways"])  # expect: list-item
    zoom.chat.send_message("Hello", to="jane@example.com")  # expect: call-arg
    zoom.send(get_meeting.request(1)).topik  # expect: attr-defined
    zoom.api.meetings.get_meeting()  # expect: call-arg
    zoom.api.meetings.get_meeting(1, ocurrence_id="1")  # expect: call-arg
    zoom.api.meetings.get_meeting([1])  # expect: arg-type
    zoom.api.meetings.get_meeting.request()  # expect: call-arg
    zoom.api.meetings.get_meeting.all(1)  # expect: attr-defined
    zoom.api.meetings.get_meeting.save("a.json", 1)  # expect: attr-defined
    zoom.api.meetings.get_meeting.raw(1).result.topik  # expect: attr-defined
    zoom.api.meetings.create_meeting("me", body={"topic": "Standup"})  # expect: arg-type
    zoom.api.users.list_users(status="all")  # expect: arg-type
    zoom.api.users.list_users.all(page_size="300")  # expect: arg-type
    zoom.api.users.list_users.all().first().emial  # expect: union-attr, union-attr
    zoom.api.users.list_user  # expect: attr-defined
    zoom.api.user  # expect: attr-defined
    zoom.api.phone.download_phone_recording.save("a.mp3")  # expect: call-arg
    delete_meeting.request()  # expect: call-arg
    create_meeting.request("me", body={"topic": "Standup"})  # expect: arg-type
    create_meeting.request("me", CreateMeetingBody())  # expect: call-arg
    CreateMeetingBody(topic=5)  # expect: arg-type
    CreateMeetingBody("Standup")  # expect: call-arg
    CreateMeetingBody(topik="Standup")  # expect: call-arg
    CreateTrackingField()  # expect: call-arg
    meeting.id = "1"  # expect: assignment
    meeting.topik  # expect: attr-defined
    meeting.agenda.upper()  # expect: union-attr
    len(meeting.to_dict)  # expect: arg-type
    error.retry_at  # expect: attr-defined
    error.code + 1  # expect: operator
    event.payload  # expect: attr-defined
    number: str = zoom.meetings.get(1).id  # expect: assignment
    print(number)


def triggers(receiver: Receiver, on_end: Callable[[MeetingEnded], None]) -> None:
    """Mistakes with events and their handlers."""
    Receiver()  # expect: call-arg
    receiver.on("meeting.strated")  # expect: call-overload
    receiver.watch_meetings("webinar.started")  # expect: call-overload
    receiver.on("meeting.started")(on_end)  # expect: arg-type
    receiver.watch_meetings("started")(on_end)  # expect: arg-type
    receiver.watch_meetings("started", "ended")(on_end)  # expect: arg-type
    receiver.on("webinar.ended", "meeting.ended")(on_end)  # expect: arg-type
    receiver.watch_meetings()(on_end)  # expect: arg-type
    receiver.watch_meetings("ended", "finished")  # expect: call-overload
    receiver.watch_meetings(on_end)  # expect: call-overload
    receiver.handle({}, "text")  # expect: arg-type


async def asynchronous(zoom: AsyncZoom, blocking_zoom: Zoom) -> Any:
    """Mistakes that only the asynchronous world knows."""
    zoom.meetings.create("me").id  # expect: attr-defined
    for meeting in zoom.meetings.list("me"):  # expect: attr-defined
        print(meeting)
    with AsyncZoom("a token"):  # expect: attr-defined, attr-defined
        pass
    await zoom.api.meetings.get_meeting()  # expect: call-arg
    await zoom.api.meetings.get_meeting.raw([1])  # expect: arg-type
    (await zoom.api.meetings.get_meeting(1)).topik  # expect: attr-defined
    zoom.api.meetings.get_meeting(1).topic  # expect: attr-defined
    await zoom.api.users.list_users.all()  # expect: misc
    for user in zoom.api.users.list_users.all():  # expect: attr-defined
        print(user)
    await zoom.api.users.list_userz()  # expect: attr-defined
    await blocking_zoom.api.meetings.get_meeting(1)  # expect: misc
    await blocking_zoom.meetings.get(1)  # expect: misc
