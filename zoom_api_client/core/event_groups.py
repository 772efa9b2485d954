"""The events of each trigger, and names of events as people write them."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable
from typing import Final

import attrs

from zoom_api_client.core.event import aliases, documented, homes
from zoom_api_client.core.suggestions import did_you_mean, is_slip_of

_NAME = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")


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
        """Return whether an event is of this family, one that Zoom has invented since included."""
        return event.startswith(self.prefixes) and not event.startswith(self.other)

    @property
    def events(self) -> tuple[str, ...]:
        """The names of all its events that Zoom's documents have."""
        return tuple(name for name in documented() if homes()[name][0] == self.product and self.takes(name))

    def full(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the full names of events: `started` is `meeting.started`.

        Raises `ValueError` for a name that is none of the family's, with those that are nearest.
        """
        members = {name: name for name in homes() if self.takes(name)}
        known = {name.partition(".")[2]: name for name in members} | members
        return _look_up(names, known, f"event of {self.what}", self._complete)

    def _complete(self, name: str) -> str:
        """Return the full name of an event that nobody knows yet, "" if it cannot be one of the family's."""
        whole = f"{self.prefixes[0]}{name}" if "." not in name and len(self.prefixes) == 1 else name
        return whole if self.takes(whole) else ""


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
    """Return names of events as Zoom has them; raises `ValueError` with the nearest for a slip of one.

    A name that is like none of them is taken, with a warning: Zoom sends events before its documents have them.
    """
    return _look_up(names, {name: name for name in homes()} | aliases(), "event of Zoom's", str)


def _look_up(names: Iterable[str], known: dict[str, str], what: str, complete: Callable[[str], str]) -> tuple[str, ...]:
    found = []
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f"{name!r} is not the name of an event; a trigger is called: @receiver.watch_meetings()")
        if name not in known:
            found.append(_take_new(name, complete(name), known, what))
        else:
            found.append(known[name])
    return tuple(found)


def _take_new(name: str, whole: str, known: Iterable[str], what: str) -> str:
    """Return the name of an event that nobody knows yet, with a warning; refuse what is a slip, or no name at all."""
    if not _NAME.fullmatch(whole) or any(is_slip_of(name, each) for each in known):
        raise ValueError(f"{name!r} is not an {what}{_hint(name, known)}")
    warnings.warn(
        f"{whole!r} is not an event that this version knows; its handler is called if Zoom sends it"
        + _hint(name, known),
        stacklevel=5,  # the line that decorates the handler
    )
    return whole


def _hint(name: str, known: Iterable[str]) -> str:
    if name in homes():
        triggers = [f"{trigger}()" for trigger, family in TRIGGERS.items() if family.takes(name)]
        return f": {' and '.join([*triggers, 'on()'])} can take it"
    return did_you_mean(name, known)
