"""Events that Zoom sends and its documents do not have: those that are known, and those that nobody knows yet."""

import json

import pytest

from tests import totals
from tests.triggers.conftest import Seen
from zoom_api_client import events
from zoom_api_client.core.event import UnknownEvent, aliases, documented, homes
from zoom_api_client.events.meetings import MeetingRtmsStarted
from zoom_api_client.testing.events import zoom_event
from zoom_api_client.triggers import Receiver

BEYOND = sorted(homes().keys() - set(documented()))


def test_events_beyond_the_documents_are_known() -> None:
    """Events that others have seen, and other names that the documents' own examples give to events."""
    assert len(documented()) == totals.EVENTS
    assert len(BEYOND) == totals.BEYOND > 0 < len(aliases())
    assert not set(aliases()) & set(homes())
    assert set(aliases().values()) <= set(documented())


@pytest.mark.parametrize("name", [*BEYOND, *aliases()])
async def test_event_beyond_the_documents_is_made_typed_and_handled(name: str, receiver: Receiver, seen: Seen) -> None:
    """It parses, comes back whole, reaches who watches it by that name, and comes out of `zoom_event`."""
    sent = zoom_event(name)
    event = events.parse(sent.body)
    assert type(event) is events.registry()[name] is not UnknownEvent
    assert name in events.registry()
    assert event.to_dict() == sent.json
    assert sent.json["event"] == name
    receiver.on(name)(seen)
    await receiver.dispatch(sent.body)
    assert len(seen.events) == 1


@pytest.mark.parametrize("name", BEYOND)
def test_event_says_who_knows_of_it(name: str) -> None:
    """Whoever relies on it should know on what."""
    assert "not in Zoom's documents, known from" in " ".join((events.registry()[name].__doc__ or "").split())


async def test_either_name_of_an_event_reaches_its_handlers(receiver: Receiver, seen: Seen) -> None:
    """Which of the two Zoom sends was never seen."""
    receiver.on("group.member_deleted")(seen)
    for name in ("group.member_deleted", "group.members_deleted"):
        await receiver.dispatch(json.dumps({"event": name}).encode())
    assert len(seen.events) == 2
    assert receiver.watched == ("group.member_deleted",)


async def test_streams_of_a_meeting_are_watched_as_its_other_events_are(receiver: Receiver, seen: Seen) -> None:
    """Real-time media streams of meetings, webinars, sessions, calls and engagements."""
    receiver.watch_meetings("rtms_started")(seen)
    receiver.watch_webinars("rtms_stopped")(seen)
    receiver.watch_phone_calls("rtms_started")(seen)
    receiver.on("session.rtms_started", "contact_center.voice_rtms_started", "rtms.concurrency_limited")(seen)
    for name in receiver.watched:
        await receiver.dispatch(zoom_event(name).body)
    assert len(seen.events) == 6


def test_stream_of_a_meeting_is_typed() -> None:
    """What a program needs to join it has a type."""
    payload = {"meeting_uuid": "u==", "operator_id": "o", "rtms_stream_id": "s", "server_urls": "wss://x.zoom.us"}
    event = events.parse({"event": "meeting.rtms_started", "event_ts": 1785369356750, "payload": payload})
    assert isinstance(event, MeetingRtmsStarted)
    assert (event.payload.rtms_stream_id, event.payload.server_urls) == ("s", "wss://x.zoom.us")


def test_what_zoom_may_refuse_is_not_subscribed_to_unasked(receiver: Receiver) -> None:
    """One unknown name would cost the whole subscription; the challenge of an address is in none at all."""
    receiver.on()(print)
    receiver.watch_meetings()(print)
    receiver.on("endpoint.url_validation")(print)
    assert set(receiver.watched) == set(documented()) - {"app_deauthorized"}
    receiver.on("meeting.rtms_started")(print)
    assert "meeting.rtms_started" in receiver.watched


@pytest.mark.parametrize(
    ("trigger", "name", "whole"),
    [
        ("on", "meeting.teleported", "meeting.teleported"),
        ("on", "hologram.call_projected", "hologram.call_projected"),
        ("watch_meetings", "teleported", "meeting.teleported"),
        ("watch_webinars", "webinar.teleported", "webinar.teleported"),
        ("watch_chat_channels", "team_chat.channel_teleported", "team_chat.channel_teleported"),
    ],
)
async def test_event_that_nobody_knows_is_watched_with_a_warning(
    trigger: str, name: str, whole: str, receiver: Receiver, seen: Seen
) -> None:
    """Zoom has it before we have: whoever waits for it needs no new version."""
    with pytest.warns(UserWarning, match=f"'{whole}' is not an event that this version knows") as caught:
        getattr(receiver, trigger)(name)(seen)
    assert caught[0].filename == __file__
    await receiver.dispatch(json.dumps({"event": whole}).encode())
    assert [type(each) for each in seen.events] == [UnknownEvent]
    assert receiver.watched == (whole,)


@pytest.mark.parametrize(
    ("trigger", "wrong"),
    [
        ("on", "meeting.strated"),
        ("on", "meetings.started"),
        ("on", "meeting_started"),
        ("on", "recording.complete"),
        ("on", "meeting.rtms_start"),
        ("on", "group.members_delete"),
        ("watch_meetings", "participant_join"),
        ("watch_recordings", "transcript_complete"),
        ("watch_chat_messages", "posted_new"),
        ("watch_phone_calls", "meeting.teleported"),
    ],
)
def test_slip_of_a_name_is_refused(trigger: str, wrong: str, receiver: Receiver) -> None:
    """A slip would be a handler that is never called; and what cannot be of a family is none of its events."""
    with pytest.raises(ValueError, match="is not an event of"):
        getattr(receiver, trigger)(wrong)
    assert receiver.watched == ()
