"""The actions that the demo shows, with the numbers of the list of modules: one table for both worlds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs

from zoom_api_client import errors
from zoom_api_client.arguments.chat import Mention

NUMBER, SPACED = 93847566001, "938 4756 6001"
UUID = "/aB3dEfGh//IjKlMnOpQ=="
FILE = "72576a1f-4e66-4a77-87c4-f13f9808bd76"
OCCURRENCE = "1767225600000"
NOW = datetime.now(UTC).replace(microsecond=0)
TOMORROW = NOW + timedelta(days=1)
LONG_AGO = NOW - timedelta(days=80)
PEOPLE = [{"name": f"Guest {each}", "email": f"guest{each}@example.com"} for each in range(65)]
EMAILS = [each["email"] for each in PEOPLE]
JANE: dict[str, Any] = {"email": "jane@example.com", "first_name": "Jane", "last_name": "Doe"}


@attrs.frozen
class Action:
    """One thing to do, in one call or several.

    Attributes:
        name: of the method, and where it is.
        title: what it does.
        calls: return what the client's methods return: a result, something to await, or a list to read.
        number: in the list of modules; "" for what is none of its rows.
        expects: the error that the last call must end with.
    """

    name: str
    title: str
    calls: tuple[Callable[[], Any], ...]
    number: str = ""
    expects: type[errors.ZoomError] | None = None


@attrs.frozen
class Stage:
    """The clients and servers that actions use.

    Attributes:
        zoom: a client, blocking or not.
        happens: lets something happen at Zoom, and returns what a trigger's handler gets.
        files: an empty directory for what is downloaded.
    """

    zoom: Any
    happens: Callable[..., Any]
    files: Path


def actions(stage: Stage) -> list[Action]:
    """Return the table."""

    def action(number: str, name: str, title: str, *calls: Callable[[], Any], expects: Any = None) -> Action:
        return Action(f"zoom.{name}", title, calls, number, expects)

    def trigger(number: str, name: str, title: str, event: str, **how: Any) -> Action:
        return Action(f"receiver.{name}", title, (lambda: stage.happens(event, **how),), number)

    zoom, files = stage.zoom, stage.files
    meetings, webinars, recordings, phone, chat = zoom.meetings, zoom.webinars, zoom.recordings, zoom.phone, zoom.chat
    return [
        trigger("1", "watch_meetings", "Hear once of what Zoom sends twice", "meeting.started", times=2),
        trigger("", "watch_meetings", "… and not of one that Zoom did not sign", "meeting.ended", forged=True),
        action(
            "2", "meetings.create", "Schedule a meeting",
            lambda: meetings.create("me", topic="Standup", duration=30, start_time=TOMORROW),
        ),
        action(
            "", "meetings.create", "… and the 101st of a day is not sent",
            *[lambda: meetings.create("carol@example.com", topic="Standup")] * 101, expects=errors.QuotaExceeded,
        ),
        action("3", "meetings.get", "Look at a meeting", lambda: meetings.get(NUMBER)),
        action(
            "4", "meetings.list", "List meetings, past an expired token",
            lambda: meetings.list("me", type="upcoming", page_size=100),
        ),
        action("5", "meetings.update", "Change a meeting", lambda: meetings.update(NUMBER, topic="Retro", duration=45)),
        action("6", "meetings.end", "End a meeting, its id with spaces", lambda: meetings.end(SPACED)),
        action(
            "7", "meetings.delete", "Delete one occurrence of a meeting",
            lambda: meetings.delete(NUMBER, occurrence_id=OCCURRENCE),
        ),
        action(
            "8", "meetings.add_registrant", "Register a guest for a meeting",
            lambda: meetings.add_registrant(NUMBER, **JANE),
        ),
        action(
            "9", "meetings.list_registrants", "List a meeting's registrants, any state",
            lambda: meetings.list_registrants(NUMBER, status="all"),
        ),
        action(
            "10", "meetings.update_registrant_status", "Approve 65 registrants, 30 at a time",
            lambda: meetings.update_registrant_status(NUMBER, "approve", EMAILS),
        ),
        trigger("11", "watch_webinars", "Hear of a webinar that ends", "webinar.ended"),
        action(
            "12", "webinars.create", "Schedule a webinar, in local time",
            lambda: webinars.create(
                "me", topic="Launch", start_time=TOMORROW.replace(tzinfo=None), timezone="Europe/Amsterdam"
            ),
        ),
        action("13", "webinars.get", "Look at a webinar", lambda: webinars.get(NUMBER)),
        action(
            "14", "webinars.list", "List webinars, past a repeated token",
            lambda: webinars.list("me", page_size=100),
        ),
        action("15", "webinars.update", "Change a webinar", lambda: webinars.update(SPACED, topic="Relaunch")),
        action("16", "webinars.delete", "Delete a webinar", lambda: webinars.delete(NUMBER)),
        action(
            "17", "webinars.add_registrant", "Register a guest for a webinar",
            lambda: webinars.add_registrant(NUMBER, **JANE),
        ),
        action(
            "18", "webinars.list_registrants", "List a webinar's registrants, any state",
            lambda: webinars.list_registrants(NUMBER, status="all"),
        ),
        action(
            "19", "webinars.update_registrant_status", "Deny one registrant",
            lambda: webinars.update_registrant_status(NUMBER, "deny", ["jane@example.com"]),
        ),
        action(
            "20", "webinars.add_panelists", "Invite 65 panelists, 30 at a time",
            lambda: webinars.add_panelists(NUMBER, PEOPLE),
        ),
        action("21", "webinars.list_panelists", "List panelists", lambda: webinars.list_panelists(NUMBER)),
        action(
            "22", "webinars.remove_panelist", "Take a panelist off",
            lambda: webinars.remove_panelist(NUMBER, "Tg2b6GhcQKKbV7nSCbDKug"),
        ),
        trigger("23", "watch_recordings", "Hear of a recording that is ready", "recording.completed"),
        action(
            "24", "recordings.list", "Search recordings of 80 days, by month",
            lambda: recordings.list("me", from_=LONG_AGO, to=NOW),
        ),
        action(
            "", "recordings.for_meeting", "… and by a UUID with slashes",
            lambda: recordings.for_meeting(UUID),
        ),
        action(
            "25", "recordings.download", "Download all files of a meeting",
            lambda: recordings.download(NUMBER, to=files),
        ),
        action(
            "", "recordings.download", "… and no page of HTML in place of one",
            lambda: recordings.download(_link(zoom), to=files / "a.mp4", token="expired"), expects=errors.DownloadError,
        ),
        action(
            "26", "recordings.delete", "Put one recording file into the trash",
            lambda: recordings.delete(UUID, FILE),
        ),
        trigger("27", "watch_phone_calls", "Hear of a phone that rings", "phone.callee_ringing"),
        action("28", "phone.list_numbers", "List the phone numbers of a user", lambda: phone.list_numbers("me")),
        action(
            "29", "phone.list_call_logs", "List calls of 80 days, by month",
            lambda: phone.list_call_logs("me", from_=LONG_AGO, to=NOW),
        ),
        trigger("30", "watch_chat_channels", "Hear of a new channel", "chat_channel.created"),
        trigger("31", "watch_chat_messages", "Hear of a message", "chat_message.sent"),
        action(
            "32", "chat.send_message", "Write to a channel, mentioning somebody",
            lambda: chat.send_message(
                "Well done, @Jane!", to_channel="8d1f1a46a33b4de0b1a25a0b9b6b7a4d",
                mentions=[Mention("jane@example.com", at="@Jane")],
            ),
            lambda: chat.send_message("See the channel", to_contact="jane@example.com"),
        ),
        trigger("33", "watch_user_activity", "Hear of who is away", "user.presence_status_updated"),
        action(
            "34", "call", "Call any path",
            lambda: zoom.call("GET", "/users/me/settings", params={"option": "meeting_security"}),
        ),
        action(
            "", "pages", "… and read any list to its end",
            lambda: zoom.pages("GET", "/users", params={"status": "active", "page_size": 100}),
        ),
    ]  # fmt: skip


def _link(zoom: Any) -> str:
    """Return the address of a file of 50,000 bytes."""
    return f"{zoom.base_url.removesuffix('/v2')}/rec/download/0123456789ab00c350"
