"""The triggers: which handlers an event goes to. What their decorators take is spelled out in `handlers.pyi`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

from zoom_api_client.core import event_groups
from zoom_api_client.core.event import documented
from zoom_api_client.core.event_groups import Family

Handler = Callable[[Any], Any]
H = TypeVar("H", bound=Handler)

ALL: Final = "*"
_UNSUBSCRIBED: Final = {"app_deauthorized", "endpoint.url_validation"}


class HandlerRegistry:
    """Keeps handlers. Each trigger is a decorator; a handler takes the event, and may be `async` or not.

    With names a trigger takes those events, with none its whole family; an event may have several handlers.
    """

    def __init__(self) -> None:
        self._by_name: dict[str, list[Handler]] = {}
        self._by_family: list[tuple[Family | None, Handler]] = []

    def on(self, *names: str) -> Callable[[H], H]:
        """Call the handler with the events of these names (`"meeting.started"`); with none, with every event there is.

        Raises `ValueError` for a slip of a name. One that is like none of Zoom's is taken, with a warning: it may be
        newer than this version.
        """
        return self._watch(None, event_groups.check_names(names))

    def watch_meetings(self, *names: str) -> Callable[[H], H]:
        """Call the handler with events of meetings: `"started"` or `"meeting.started"`."""
        return self._watch(event_groups.MEETINGS, event_groups.MEETINGS.full(names))

    def watch_webinars(self, *names: str) -> Callable[[H], H]:
        """Call the handler with events of webinars: `"started"` or `"webinar.started"`."""
        return self._watch(event_groups.WEBINARS, event_groups.WEBINARS.full(names))

    def watch_recordings(self, *names: str) -> Callable[[H], H]:
        """Call the handler with events of cloud recordings: `"completed"` or `"recording.completed"`.

        `event.download_token`, where there is one, is good for a day, for the files of this event.
        """
        return self._watch(event_groups.RECORDINGS, event_groups.RECORDINGS.full(names))

    def watch_phone_calls(self, *names: str) -> Callable[[H], H]:
        """Call the handler with events of Zoom Phone: `"callee_ringing"` or `"phone.callee_ringing"`."""
        return self._watch(event_groups.PHONE_CALLS, event_groups.PHONE_CALLS.full(names))

    def watch_chat_channels(self, *names: str) -> Callable[[H], H]:
        """Call the handler with events of chat channels: `"created"` is `chat_channel.created`.

        The newer ones are named in full or as `"channel_archived"`: `team_chat.channel_archived`.
        """
        return self._watch(event_groups.CHAT_CHANNELS, event_groups.CHAT_CHANNELS.full(names))

    def watch_chat_messages(self, *names: str) -> Callable[[H], H]:
        """Call the handler with events of chat messages: `"sent"` is `chat_message.sent`.

        The newer ones are named in full or as `"dm_message_posted"`: `team_chat.dm_message_posted`.
        """
        return self._watch(event_groups.CHAT_MESSAGES, event_groups.CHAT_MESSAGES.full(names))

    def watch_user_activity(self, *names: str) -> Callable[[H], H]:
        """Call the handler when a user's presence changes, or a user signs in or out: `"presence_status_updated"`."""
        return self._watch(event_groups.USER_ACTIVITY, event_groups.USER_ACTIVITY.full(names))

    @property
    def watched(self) -> tuple[str, ...]:
        """The names of the events that there are handlers for: what to subscribe to.

        Those that Zoom's documents do not have are among them if they are named: Zoom may refuse a subscription to
        them. `app_deauthorized` and `endpoint.url_validation` are not: no subscription has them.
        """
        whole = (name for family, _ in self._by_family for name in (family.events if family else documented()))
        return tuple(sorted({*self._by_name, *whole} - _UNSUBSCRIBED))

    def handlers(self, name: str) -> Iterator[Handler]:
        """Yield the handlers of an event, each once."""
        named = self._by_name.get(name, ())
        yield from named
        for family, handler in self._by_family:
            if (family is None or family.takes(name)) and handler not in named:
                yield handler

    def labels(self) -> frozenset[str]:
        """Return under which labels there are handlers: names of events, and groups of them."""
        groups = {ALL if family is None else family.what for family, _ in self._by_family}
        return frozenset(groups.union(self._by_name))

    def _watch(self, family: Family | None, names: tuple[str, ...]) -> Callable[[H], H]:
        def register(handler: H) -> H:
            given: Any = handler
            if not callable(given) or inspect.isgeneratorfunction(given) or inspect.isasyncgenfunction(given):
                raise TypeError(f"{given!r} cannot handle events: give a function, `async` or not, without `yield`")
            for name in dict.fromkeys(names):
                self._by_name.setdefault(name, []).append(handler)
            if not names:
                self._by_family.append((family, handler))
            return handler

        return register


def labels_of(name: str) -> tuple[str, ...]:
    """Return the labels under which an event of this name may be wanted."""
    return (name, ALL, *(family.what for family in event_groups.TRIGGERS.values() if family.takes(name)))
