"""The events of each trigger, and names of events as people write them."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

import attrs

from zoom_api_client.core.event import homes


@attrs.frozen
class Family:
    """The events of a trigger.

    Attributes:
        what: what they are about.
        prefixes: what their names begin with.
        other: what the names of others' events begin with, which one of the prefixes would take in.
        product: whose documents have them: Quality of Service Subscription calls its own events `meeting.…` too. They
            are taken if they come, and not subscribed to unless they are named.
    """

    what: str
    prefixes: tuple[str, ...]
    product: str
    other: tuple[str, ...] = ()

    def takes(self, event: str) -> bool:
        """Tell whether an event is of this family, one that Zoom has invented since included."""
        return event.startswith(self.prefixes) and not event.startswith(self.other)

    @property
    def events(self) -> tuple[str, ...]:
        """The names of all its events."""
        return tuple(name for name, home in homes().items() if home[0] == self.product and self.takes(name))

    def full(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the full names of events: `started` is `meeting.started`.

        Raises `ValueError` for a name that is none of the family's, with those that are nearest.
        """
        members = {name: name for name in homes() if self.takes(name)}
        return _look_up(names, {name.partition(".")[2]: name for name in members} | members, f"event of {self.what}")


MEETINGS: Final = Family("meetings", ("meeting.",), "meetings")
WEBINARS: Final = Family("webinars", ("webinar.",), "meetings")
RECORDINGS: Final = Family("recordings", ("recording.",), "meetings")
PHONE_CALLS: Final = Family("phone calls", ("phone.",), "phone")
CHAT_CHANNELS: Final = Family(
    "chat channels", ("chat_channel.", "team_chat.channel_"), "team_chat", ("team_chat.channel_message_",)
)
CHAT_MESSAGES: Final = Family(
    "chat messages", ("chat_message.", "team_chat.channel_message_", "team_chat.dm_message_"), "team_chat"
)
USER_ACTIVITY: Final = Family(
    "user activity", ("user.presence_status_updated", "user.signed_in", "user.signed_out"), "users"
)

TRIGGERS: Final = {
    "watch_meetings": MEETINGS,
    "watch_webinars": WEBINARS,
    "watch_recordings": RECORDINGS,
    "watch_phone_calls": PHONE_CALLS,
    "watch_chat_channels": CHAT_CHANNELS,
    "watch_chat_messages": CHAT_MESSAGES,
    "watch_user_activity": USER_ACTIVITY,
}


def check_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return names of events, all of which Zoom has; raises `ValueError` with the nearest where it has not."""
    return _look_up(names, {name: name for name in homes()}, "event of Zoom's")


def _look_up(given: Iterable[str], known: dict[str, str], what: str) -> tuple[str, ...]:
    names = tuple(given)
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f"{name!r} is not the name of an event; a trigger is called: @receiver.watch_meetings()")
        if name not in known:
            raise ValueError(f"{name!r} is no {what}{_hint(name, known)}")
    return tuple(known[name] for name in names)


def _hint(name: str, known: Iterable[str]) -> str:
    if name in homes():
        triggers = [f"{trigger}()" for trigger, family in TRIGGERS.items() if family.takes(name)]
        return f": {' and '.join([*triggers, 'on()'])} can take it"
    near = get_close_matches(name, known, cutoff=0.5)
    return f"; is it {' or '.join(map(repr, near))}?" if near else ""
