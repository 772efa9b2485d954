"""What type checkers know of code that uses triggers. It is checked and never run."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, assert_type

from zoom_api_client import events
from zoom_api_client.events.meetings import (
    MeetingCreated,
    MeetingDeleted,
    MeetingEnded,
    MeetingStarted,
    RecordingCompleted,
    WebinarStarted,
)
from zoom_api_client.events.phone import PhoneCalleeRinging
from zoom_api_client.events.team_chat import ChatMessageSent, TeamChatDmMessagePosted
from zoom_api_client.events.users import UserPresenceStatusUpdated
from zoom_api_client.triggers import Receiver, Reply, verify

receiver = Receiver(secret_token="a secret", inbox="memory://")


def anything(event: events.Event) -> str:
    """A handler of any event may be given to every trigger."""
    return repr(event)


def names() -> None:
    """A literal name gives the type of its event, short or full."""
    assert_type(receiver.watch_meetings("started")(anything), Callable[[MeetingStarted], str])
    assert_type(receiver.watch_meetings("meeting.ended")(anything), Callable[[MeetingEnded], str])
    assert_type(receiver.watch_webinars("started")(anything), Callable[[WebinarStarted], str])
    assert_type(receiver.watch_recordings("completed")(anything), Callable[[RecordingCompleted], str])
    assert_type(receiver.watch_phone_calls("callee_ringing")(anything), Callable[[PhoneCalleeRinging], str])
    assert_type(receiver.watch_chat_messages("sent")(anything), Callable[[ChatMessageSent], str])
    assert_type(receiver.watch_chat_messages("dm_message_posted")(anything), Callable[[TeamChatDmMessagePosted], str])
    presence = receiver.watch_user_activity("presence_status_updated")(anything)
    assert_type(presence, Callable[[UserPresenceStatusUpdated], str])


def several(wanted: list[str]) -> None:
    """Two, three or four names give the union of their events, none gives any event; of more nothing is known."""
    two = receiver.watch_meetings("started", "meeting.ended")(anything)
    assert_type(two, Callable[[MeetingStarted | MeetingEnded], str])
    three = receiver.watch_meetings("started", "ended", "created")(anything)
    assert_type(three, Callable[[MeetingStarted | MeetingEnded | MeetingCreated], str])
    four = receiver.watch_meetings("started", "ended", "created", "deleted")(anything)
    assert_type(four, Callable[[MeetingStarted | MeetingEnded | MeetingCreated | MeetingDeleted], str])
    assert_type(receiver.watch_meetings()(anything), Callable[[events.Event], str])
    assert_type(receiver.on()(anything), Callable[[events.Event], str])
    five = receiver.watch_meetings("started", "ended", "created", "deleted", "updated")(anything)
    assert_type(five, Callable[[Any], str])
    assert_type(receiver.on(*wanted)(anything), Callable[[Any], str])


@receiver.watch_meetings("started")
async def on_start(event: MeetingStarted) -> None:
    """A handler of one event."""
    assert_type(event.payload.object.topic, str)
    assert_type(event.occurred_at, datetime | None)


@receiver.watch_meetings("started", "ended")
def on_either(event: MeetingStarted | MeetingEnded) -> None:
    """A handler of two."""
    assert_type(event.event_ts, int)
    assert_type(event.payload.object.topic, str)


@receiver.on("meeting.started", "webinar.started")
def on_any_start(event: MeetingStarted | WebinarStarted) -> None:
    """A handler of two events that no trigger has together."""
    assert_type(event.payload.object.topic, str)


def answers() -> None:
    """What comes back."""
    assert_type(receiver.handle({"x-zm-signature": "v0=…"}, b""), Reply)
    assert_type(receiver.handle([(b"x-zm-signature", b"v0=")], b"", method="GET"), Reply)
    verify(b"", {"x-zm-signature": ["v0=…"]}, secret_token=["a secret", "the next"], tolerance=60)
