"""Chat messages before they are sent: who is mentioned where, and what Zoom would refuse."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeVar

import attrs

from zoom_api_client.arguments.dates import now
from zoom_api_client.core.unset import UNSET, Unset
from zoom_api_client.models.team_chat import SendChatMessageAtItem

T = TypeVar("T")

_LONGEST = 1024  # characters of a message
_SOONEST, _LATEST = timedelta(minutes=30), timedelta(days=180)


@attrs.frozen
class Mention:
    """A contact who is mentioned in a message to a channel, or everybody in it.

    Args:
        contact: the contact's e-mail address or member id; None for everybody.
        at: the words of the message that are the mention, with their `@`: `Mention("jane@example.com", at="@Jane")`.
    """

    contact: str | None
    at: str = attrs.field(kw_only=True)


def place_mentions(message: str, mentions: Iterable[Mention]) -> list[SendChatMessageAtItem]:
    """Return where the mentions stand in the message; equal ones stand one after the other.

    Zoom counts characters from 0, and the end is the last character of the mention: "@Jane" at the beginning is 0 to 4.
    Its document does not say how it counts characters beyond the basic plane, such as emoji; we count each as one.
    """
    items: list[SendChatMessageAtItem] = []
    after: dict[str, int] = {}
    for each in mentions:
        start = message.find(each.at, after.get(each.at, 0)) if each.at else -1
        if start < 0:
            raise ValueError(f"the message has no {each.at!r} to mention {each.contact or 'everybody'} by")
        after[each.at] = start + len(each.at)
        items.append(_item(each, start))
    return items


def _item(mention: Mention, start: int) -> SendChatMessageAtItem:
    return SendChatMessageAtItem(
        at_type=1 if mention.contact else 2,
        at_contact=mention.contact or UNSET,
        start_position=start,
        end_position=start + len(mention.at) - 1,
    )


def check_message(
    message: str, to_contact: str | Unset, to_channel: str | Unset, scheduled_time: datetime | Unset
) -> None:
    """Raise `ValueError` for a message to nobody or to two, one that is empty or too long, or at a wrong time."""
    if bool(to_contact) == bool(to_channel):
        raise ValueError("give exactly one of to_contact and to_channel")
    if not message:
        raise ValueError("the message is empty")
    if len(message) > _LONGEST:
        raise ValueError(f"the message has {len(message)} characters, and Zoom takes {_LONGEST} at most")
    if not isinstance(scheduled_time, Unset):
        _check_time(scheduled_time)


def check_list(name: str, things: Iterable[T], most: int) -> list[T] | Unset:
    """Return the things as a list, or `UNSET` if there are none; raise `ValueError` for too many."""
    if isinstance(things, str):
        raise TypeError(f"{name} is text: give a list")
    listed = list(things)
    if len(listed) > most:
        raise ValueError(f"{name} has {len(listed)} items, and Zoom takes {most} at most")
    return listed or UNSET


def _check_time(scheduled_time: datetime) -> None:
    if scheduled_time.tzinfo is None:
        raise ValueError("scheduled_time has no time zone, and Zoom takes none here: give it one")
    if not _SOONEST < scheduled_time - now() <= _LATEST:
        raise ValueError("scheduled_time must be more than 30 minutes and at most 180 days ahead")
