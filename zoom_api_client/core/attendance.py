"""The attendance of a meeting or webinar: who was there, and from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import attrs

from zoom_api_client.core.model import Model

Key = tuple[str, str]
Stay = tuple[datetime, datetime]

_IDS = ("participant_user_id", "id", "registrant_id", "user_email", "email")


@attrs.frozen
class Attendee:
    """A person who was there.

    Attributes:
        name: as they were called last.
        email: empty where Zoom does not say it, as of most guests.
        stays: from when to when; what overlaps, on two devices or in a breakout room, is one stay.
        joins: how often they joined.
    """

    name: str
    email: str
    stays: tuple[Stay, ...]
    joins: int

    @property
    def joined(self) -> datetime:
        """When they came first."""
        return self.stays[0][0]

    @property
    def left(self) -> datetime:
        """When they left at last."""
        return self.stays[-1][1]

    @property
    def duration(self) -> timedelta:
        """How long they were there, all stays together."""
        return sum((end - begin for begin, end in self.stays), timedelta())


def attendance(participants: Iterable[Model]) -> list[Attendee]:
    """Return who was there, in the order in which they came, of the rows that Zoom lists: one for each join.

        attendance(zoom.api.meetings.get_meeting_participant_reports.all(meeting_id))

    Rows are of one person if they share an id, a registration or an e-mail address. Guests of whom Zoom knows none of
    these are told apart by their names alone. Who saw the waiting room only was not there.
    """
    people = [_attendee(person.rows) for person in _people(row for row in participants if _stay(row))]
    return sorted(people, key=lambda each: each.joined)


@attrs.define(eq=False)
class _Person:
    keys: set[Key]
    rows: list[Model]


def _people(rows: Iterable[Model]) -> Iterable[_Person]:
    by_key: dict[Key, _Person] = {}
    for row in rows:
        person = _Person(_keys(row), [row])
        for known in {by_key[key] for key in person.keys if key in by_key}:
            person.keys |= known.keys
            person.rows = known.rows + person.rows
        by_key.update(dict.fromkeys(person.keys, person))
    return dict.fromkeys(by_key.values())


def _keys(row: Model) -> set[Key]:
    """Return what tells a person: `user_id` is not among it, since Zoom gives another at each join."""
    ids = {(_kind(name), text.casefold()) for name in _IDS if (text := _text(row, name))}
    return ids or {("name", _name(row))}


def _kind(name: str) -> str:
    return "email" if name.endswith("email") else "registrant" if name.startswith("registrant") else "user"


def _attendee(rows: list[Model]) -> Attendee:
    rows = sorted(rows, key=lambda row: _stay(row) or ())
    names = [name for row in rows if (name := _name(row))]
    emails = [text for row in rows if (text := _text(row, "user_email") or _text(row, "email"))]
    stays = tuple(_merge(stay for row in rows if (stay := _stay(row))))
    return Attendee(names[-1] if names else "", emails[-1] if emails else "", stays, len(rows))


def _merge(stays: Iterable[Stay]) -> list[Stay]:
    """Join the stays that overlap or touch; they come in the order of their beginnings."""
    merged: list[Stay] = []
    for begin, end in stays:
        if merged and begin <= merged[-1][1]:
            before = merged.pop()
            begin, end = before[0], max(end, before[1])
        merged.append((begin, end))
    return merged


def _stay(row: Model) -> Stay | None:
    """Return from when to when a row is; None if it is of the waiting room, or says no time."""
    joined, left = _moment(row, "join_time"), _moment(row, "leave_time")
    if joined is None or _text(row, "status") == "in_waiting_room":
        return None
    seconds: Any = getattr(row, "duration", None)
    if left is None:  # they are still there, or the row is not final yet
        left = joined + timedelta(seconds=seconds if isinstance(seconds, int) else 0)
    return joined, max(joined, left)


def _moment(row: Model, name: str) -> datetime | None:
    found = getattr(row, name, None)
    return found if isinstance(found, datetime) else None


def _name(row: Model) -> str:
    return _text(row, "name") or _text(row, "user_name")


def _text(row: Model, name: str) -> str:
    found = getattr(row, name, None)
    return found.strip() if isinstance(found, str) else ""
