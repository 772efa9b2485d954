"""Every trigger that the list of modules promises, row by row: a signed request in, the typed event out."""

from queue import SimpleQueue
from typing import Any

from zoom_api_client.core.event import Event
from zoom_api_client.events.meetings import MeetingEnded, MeetingStarted, RecordingCompleted, WebinarStarted
from zoom_api_client.events.phone import PhoneCalleeAnswered
from zoom_api_client.events.team_chat import (
    ChatChannelCreated,
    ChatMessageReplied,
    TeamChatChannelMessagePosted,
)
from zoom_api_client.events.users import UserPresenceStatusUpdated
from zoom_api_client.testing import zoom_event
from zoom_api_client.testing.events import SECRET_TOKEN
from zoom_api_client.triggers import Receiver

NOBODY_ELSE = ("user.created", "meeting.started", "webinar.started", "recording.completed", "phone.callee_answered")


def heard(trigger: str, names: tuple[str, ...], *happened: str) -> list[type[Event]]:
    """Let Zoom send what happened, and return the types of the events that reach a handler of the trigger, in turn."""
    events: SimpleQueue[Event] = SimpleQueue()
    with Receiver(secret_token=SECRET_TOKEN, inbox="memory://") as receiver:
        register: Any = getattr(receiver, trigger)
        register(*names)(events.put)
        found = []
        for name in happened:
            sent = zoom_event(name)
            assert receiver.handle(sent.headers, sent.body).status == 200
            found.append(type(events.get(timeout=10)))
        for name in NOBODY_ELSE:
            if name.split(".")[0] != happened[0].split(".")[0]:
                sent = zoom_event(name)
                receiver.handle(sent.headers, sent.body)
        receiver.stop()  # waits for the handlers
    assert events.empty()
    return found


def test_row_01_watches_meetings() -> None:
    """Triggers when a meeting event occurs."""
    assert heard("watch_meetings", (), "meeting.started", "meeting.ended") == [MeetingStarted, MeetingEnded]
    assert heard("watch_meetings", ("ended",), "meeting.ended") == [MeetingEnded]


def test_row_11_watches_webinars() -> None:
    """Triggers when a webinar event occurs."""
    assert heard("watch_webinars", ("webinar.started",), "webinar.started") == [WebinarStarted]


def test_row_23_watches_recordings() -> None:
    """Triggers when a recording event occurs."""
    assert heard("watch_recordings", (), "recording.completed") == [RecordingCompleted]


def test_row_27_watches_phone_calls() -> None:
    """Triggers when a phone call event occurs."""
    assert heard("watch_phone_calls", (), "phone.callee_answered") == [PhoneCalleeAnswered]


def test_row_30_watches_chat_channels() -> None:
    """Triggers when a chat channel event occurs."""
    assert heard("watch_chat_channels", (), "chat_channel.created") == [ChatChannelCreated]


def test_row_31_watches_chat_messages() -> None:
    """Triggers when a message is sent, updated, replied or deleted: by the older events and by the newer ones."""
    happened = "chat_message.replied", "team_chat.channel_message_posted"
    assert heard("watch_chat_messages", (), *happened) == [ChatMessageReplied, TeamChatChannelMessagePosted]


def test_row_33_watches_user_activity() -> None:
    """Triggers when the presence of a user changes."""
    assert heard("watch_user_activity", (), "user.presence_status_updated") == [UserPresenceStatusUpdated]
