"""What type checkers know of code that uses triggers. It is checked and never run."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, assert_type

from zoom_api_client import events
from zoom_api_client.events.meetings import MeetingEnded, MeetingStarted, RecordingCompleted, WebinarStarted
from zoom_api_client.events.phone import PhoneCalleeRinging
from zoom_api_client.events.team_chat import ChatMessageSent, TeamChatDmMessagePosted
from zoom_api_client.events.users import UserPresenceStatusUpdated
from zoom_api_client.triggers import Receiver, Reply, verify
from zoom_api_client.triggers.handlers import Watch

receiver = Receiver(secret_token="a secret", inbox="memory://")


def names() -> None:
    """A literal name gives the type of its event, short or full."""
    assert_type(receiver.on("meeting.started"), Watch[MeetingStarted])
    assert_type(receiver.watch_meetings("started"), Watch[MeetingStarted])
    assert_type(receiver.watch_meetings("meeting.ended"), Watch[MeetingEnded])
    assert_type(receiver.watch_webinars("started"), Watch[WebinarStarted])
    assert_type(receiver.watch_recordings("completed"), Watch[RecordingCompleted])
    assert_type(receiver.watch_phone_calls("callee_ringing"), Watch[PhoneCalleeRinging])
    assert_type(receiver.watch_chat_messages("sent"), Watch[ChatMessageSent])
    assert_type(receiver.watch_chat_messages("dm_message_posted"), Watch[TeamChatDmMessagePosted])
    assert_type(receiver.watch_user_activity("presence_status_updated"), Watch[UserPresenceStatusUpdated])


def several(wanted: list[str]) -> None:
    """With several names or none a handler may take what it likes."""
    assert_type(receiver.watch_meetings(), Watch[Any])
    assert_type(receiver.watch_meetings("started", "ended"), Watch[Any])
    assert_type(receiver.on(), Watch[Any])
    assert_type(receiver.on(*wanted), Watch[Any])


@receiver.watch_meetings("started")
async def on_start(event: MeetingStarted) -> None:
    """A handler of one event."""
    assert_type(event.payload.object.topic, str)
    assert_type(event.occurred_at, datetime | None)


@receiver.watch_meetings("started", "ended")
def on_either(event: MeetingStarted | MeetingEnded) -> None:
    """A handler of two."""
    assert_type(event.event_ts, int)


@receiver.watch_meetings("started")
def on_any(event: events.Event) -> str:
    """A handler of any event takes each."""
    return repr(event)


def answers() -> None:
    """What comes back."""
    decorated: Callable[[MeetingStarted], str] = on_any
    assert_type(decorated(MeetingStarted.from_dict({})), str)
    assert_type(receiver.handle({"x-zm-signature": "v0=…"}, b""), Reply)
    assert_type(receiver.handle([(b"x-zm-signature", b"v0=")], b"", method="GET"), Reply)
    verify(b"", {"x-zm-signature": ["v0=…"]}, secret_token=["a secret", "the next"], tolerance=60)
