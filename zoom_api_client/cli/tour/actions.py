"""The actions that the demo shows, with the numbers of the list of modules: one table for both worlds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import attrs

from zoom_api_client import errors
from zoom_api_client.arguments.chat import Mention
from zoom_api_client.cli.tour.stage import CHANNEL, FILE, NOW, NUMBER, PEOPLE, UUID

TOMORROW = NOW + timedelta(days=1)
LONG_AGO = NOW - timedelta(days=80)
EMAILS = [each["email"] for each in PEOPLE]
DAILY: dict[str, Any] = {"type": 1, "end_times": 4}
JANE: dict[str, Any] = {"email": "jane@example.com", "first_name": "Jane", "last_name": "Doe"}


@attrs.frozen
class Action:
    """One thing to do, in one call or several.

    Attributes:
        name: of the method, and where it is.
        title: what it does.
        calls: return what the client's methods return: a result, something to await, or a list to read.
        number: in the list of modules; "" for what is not in it.
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
        results: what the actions so far came to, by their numbers.
    """

    zoom: Any
    happens: Callable[..., Any]
    files: Path
    results: dict[str, Any] = attrs.field(factory=dict)

    def id(self, number: str) -> int:
        """Return the id of what an action created."""
        created: int = self.results[number].id
        return created


def actions(stage: Stage) -> list[Action]:
    """Return the table."""

    def action(number: str, name: str, title: str, *calls: Callable[[], Any], expects: Any = None) -> Action:
        return Action(f"zoom.{name}", title, calls, number, expects)

    def trigger(number: str, name: str, title: str, event: str, **how: Any) -> Action:
        return Action(f"receiver.{name}", title, (lambda: stage.happens(event, **how),), number)

    zoom, files, results = stage.zoom, stage.files, stage.results
    meetings, webinars, recordings, phone, chat = zoom.meetings, zoom.webinars, zoom.recordings, zoom.phone, zoom.chat
    return [
        trigger("1", "watch_meetings", "Hear once of what Zoom sends twice", "meeting.started", times=2),
        trigger("", "watch_meetings", "… and not of one that Zoom did not sign", "meeting.ended", forged=True),
        action(
            "2", "meetings.create", "Schedule a meeting, four days in a row",
            lambda: meetings.create("me", topic="Standup", type=8, start_time=TOMORROW, recurrence=DAILY),
        ),
        action(
            "", "meetings.create", "… and the 101st of a day is not sent",
            *[lambda: meetings.create("carol@example.com", topic="Standup")] * 101, expects=errors.QuotaExceeded,
        ),
        action("3", "meetings.get", "Look at the meeting", lambda: meetings.get(stage.id("2"))),
        action(
            "4", "meetings.list", "List meetings, it among them, past an expired token",
            lambda: meetings.list("me", type="upcoming", page_size=100),
        ),
        action(
            "5", "meetings.update", "Change the meeting",
            lambda: meetings.update(stage.id("2"), topic="Retro", duration=45),
        ),
        action("", "meetings.get", "… and see it changed", lambda: meetings.get(stage.id("2"))),
        action("6", "meetings.end", "End the meeting, its id with spaces", lambda: meetings.end(spaced(stage.id("2")))),
        action(
            "7", "meetings.delete", "Delete one occurrence of the meeting",
            lambda: meetings.delete(stage.id("2"), occurrence_id=results["3"].occurrences[0].occurrence_id),
        ),
        action("", "meetings.delete", "… then all of it", lambda: meetings.delete(stage.id("2"))),
        action(
            "", "meetings.get", "… and find it gone",
            lambda: meetings.get(stage.id("2")), expects=errors.NotFound,
        ),
        action(
            "8", "meetings.add_registrant", "Register a guest for the workshop",
            lambda: meetings.add_registrant(NUMBER, **JANE),
        ),
        action(
            "9", "meetings.list_registrants", "List its registrants, any state, the guest among them",
            lambda: meetings.list_registrants(NUMBER, status="all"),
        ),
        action(
            "10", "meetings.update_registrant_status", "Approve 65 registrants, 30 at a time",
            lambda: meetings.update_registrant_status(NUMBER, "approve", EMAILS),
        ),
        action(
            "", "meetings.list_registrants", "… and see them approved",
            lambda: meetings.list_registrants(NUMBER, status="approved"),
        ),
        trigger("11", "watch_webinars", "Hear of a webinar that ends", "webinar.ended"),
        action(
            "12", "webinars.create", "Schedule a webinar, in local time",
            lambda: webinars.create(
                "me", topic="Launch", start_time=TOMORROW.replace(tzinfo=None), timezone="Europe/Amsterdam"
            ),
        ),
        action("13", "webinars.get", "Look at the webinar", lambda: webinars.get(stage.id("12"))),
        action(
            "14", "webinars.list", "List webinars, it among them, past a repeated token",
            lambda: webinars.list("me", page_size=100),
        ),
        action(
            "15", "webinars.update", "Change the webinar",
            lambda: webinars.update(spaced(stage.id("12")), topic="Relaunch"),
        ),
        action("", "webinars.get", "… and see it changed", lambda: webinars.get(stage.id("12"))),
        action("16", "webinars.delete", "Delete the webinar", lambda: webinars.delete(stage.id("12"))),
        action(
            "", "webinars.get", "… and find it gone",
            lambda: webinars.get(stage.id("12")), expects=errors.NotFound,
        ),
        action(
            "17", "webinars.add_registrant", "Register a guest for another webinar",
            lambda: webinars.add_registrant(NUMBER, **JANE),
        ),
        action(
            "18", "webinars.list_registrants", "List its registrants, any state",
            lambda: webinars.list_registrants(NUMBER, status="all"),
        ),
        action(
            "19", "webinars.update_registrant_status", "Deny the guest",
            lambda: webinars.update_registrant_status(NUMBER, "deny", ["jane@example.com"]),
        ),
        action(
            "20", "webinars.add_panelists", "Invite 65 panelists, 30 at a time",
            lambda: webinars.add_panelists(NUMBER, PEOPLE),
        ),
        action("21", "webinars.list_panelists", "List the panelists", lambda: webinars.list_panelists(NUMBER)),
        action(
            "22", "webinars.remove_panelist", "Take a panelist off",
            lambda: webinars.remove_panelist(NUMBER, results["21"][0].id),
        ),
        action("", "webinars.list_panelists", "… and see one less", lambda: webinars.list_panelists(NUMBER)),
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
        action("", "recordings.for_meeting", "… and see the others", lambda: recordings.for_meeting(UUID)),
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
                "Well done, @Jane!", to_channel=CHANNEL,
                mentions=[Mention("jane@example.com", at="@Jane")],
            ),
            lambda: chat.send_message("See the channel", to_contact="jane@example.com"),
        ),
        action(
            "", "pages", "… and read the channel",
            lambda: zoom.pages("GET", "/chat/users/me/messages", params={"to_channel": CHANNEL}),
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


def spaced(number: int) -> str:
    """Return an id as people read it: `938 4756 6001`."""
    text = str(number)
    return f"{text[:3]} {text[3:7]} {text[7:]}"
