"""Sessions: what meetings and webinars have in common, for Zoom has most of their operations twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import attrs

from zoom_api_client.testing import contract
from zoom_api_client.testing.simulator import recurrence
from zoom_api_client.testing.simulator.shapes import Shape, lay, shape
from zoom_api_client.testing.simulator.state import State
from zoom_api_client.testing.simulator.store import Row

Fields = Mapping[str, Any]

_YEARS = range(1970, 9000)  # beyond them there are times that have none in another zone
_LONGEST = 1440  # minutes that a session may take

_SETTINGS = {
    "approval_type": 2, "registration_type": 1, "registrants_restrict_number": 0, "jbh_time": 0,
    "auto_recording": "none", "alternative_hosts": "", "encryption_type": "enhanced_encryption",
    **dict.fromkeys(("registrants_confirmation_email", "registrants_email_notification", "show_share_button"), True),
    **dict.fromkeys(("custom_keys", "authentication_name", "enforce_login_domains", "global_dial_in_numbers")),
}  # fmt: skip
_NO_REGISTRATION = 2

INSTANT = 1
"""The type of a meeting that is not scheduled."""


@attrs.frozen
class Kind:
    """Meetings or webinars: the name of one, and the types that Zoom has for it.

    `once` is the usual type, `unplanned` that of a series without fixed times, `series` that of one with them.
    """

    name: str
    once: int
    unplanned: int
    series: int

    @property
    def resource(self) -> str:
        """What is scheduled."""
        return f"{self.name}s"

    @property
    def live(self) -> str:
        """What is going on: a row for each that is started."""
        return f"live_{self.name}s"

    @property
    def past(self) -> str:
        """What was held: a row for each time, by its UUID."""
        return f"past_{self.name}s"


MEETINGS = Kind("meeting", once=2, unplanned=3, series=8)
WEBINARS = Kind("webinar", once=5, unplanned=6, series=9)
KINDS = (MEETINGS, WEBINARS)


def find(state: State, account: str, kind: Kind, name: str | int) -> Row | None:
    """Return the meeting or the webinar of a number or a UUID, which may be encoded twice."""
    found = (state.store.find(account, kind.resource, each) for each in (str(name), unquote(str(name))))
    return next(filter(None, found), None)


def usual(kind: Kind) -> dict[str, Any]:
    """Return the fields of a session of which nothing is said. What is None there is not shown."""
    return {
        "topic": f"Zoom {kind.name.capitalize()}", "type": kind.once, "duration": 60, "timezone": "UTC", "agenda": "",
        "status": "waiting", "settings": {**_switches(kind), **_SETTINGS},
        **dict.fromkeys(("pmi", "recurrence", "registration_url", "record_file_id", "recurrence_event_id")),
        "assistant_id": None,
    }  # fmt: skip


@cache
def _switches(kind: Kind) -> Mapping[str, Any]:
    """Return the settings that have a default, and those that are off unless somebody switches them on."""
    answers = [shape(contract.operations("meetings")[f"{verb}_{kind.name}"]) for verb in ("get", "create")]
    fields = {name: each for answer in answers for name, each in (answer.at("settings").fields or {}).items()}
    usual = {name: False if each.kinds == {"boolean"} else None for name, each in fields.items() if _is_open(each)}
    defaults = {name: each.default for answer in answers for name, each in (answer.at("settings").fields or {}).items()}
    return {**usual, **{name: each for name, each in defaults.items() if each is not None}}


def _is_open(field: Shape) -> bool:
    return field.kinds == {"boolean"} or not field.kinds


def whole(state: State, kind: Kind, number: str, host: Row, said: Fields) -> dict[str, Any]:
    """Return all fields of a session of which some are said: it has a host, a UUID and links, and a start."""
    now = {"start_time": state.now(), "created_at": state.now()}
    fields = lay(usual(kind), {**now, **_links(state, number, said), **said})
    made = {
        "uuid": state.identifiers.uuid(), "host_id": host.id, "host_email": host.fields.get("email", ""),
        "creation_source": "open_api",
    }  # fmt: skip
    planned = {**times(kind, fields), **registration(state, kind, fields)}
    return {**made, **fields, **planned}


def registration(state: State, kind: Kind, fields: Fields) -> dict[str, str | None]:
    """Return the link by which people register, as long as they can."""
    if fields["settings"]["approval_type"] == _NO_REGISTRATION:
        return {"registration_url": None}
    known = fields.get("registration_url")
    return {"registration_url": known or f"https://zoom.us/{kind.name}/register/{state.identifiers.text()}"}


def times(kind: Kind, fields: Fields) -> dict[str, Any]:
    """Return when a session begins, in UTC as Zoom answers, and the occurrences of a series."""
    start = start_of(fields)
    if start is None or fields["type"] == kind.unplanned:
        return {"start_time": None, "occurrences": None}
    if fields["type"] != kind.series or not fields.get("recurrence"):
        return {"start_time": _text(start), "occurrences": None, "recurrence": None}
    begun = recurrence.starts(fields["recurrence"], start.astimezone(_zone(fields)))
    parts = [occurrence(each, fields["duration"]) for each in begun]
    rule = {**dict.fromkeys(recurrence.FIELDS), **fields["recurrence"]}
    return {"start_time": _text(begun[0] if begun else start), "occurrences": parts, "recurrence": rule}


def occurrence(start: datetime, duration: int) -> dict[str, Any]:
    """Return an occurrence as Zoom shows it: its id is its first start, in milliseconds."""
    made = {"occurrence_id": str(int(start.timestamp() * 1000)), "start_time": _text(start)}
    return {**made, "duration": duration, "status": "available"}


def utc(fields: Fields, text: str) -> str:
    """Return a time as Zoom answers it; one without a zone is one in the `timezone` of the session."""
    start = start_of({**fields, "start_time": text})
    return _text(start) if start else text


def start_of(fields: Fields) -> datetime | None:
    """Return when a session begins; a time without a zone is one in its `timezone`. None if it is not said."""
    try:
        start = datetime.fromisoformat(str(fields.get("start_time")))
    except ValueError:
        return None
    if start.year not in _YEARS:
        return None
    return start if start.tzinfo else start.replace(tzinfo=_zone(fields))


def is_ahead(row: Row, now: datetime) -> bool:
    """Return True if a session goes on, or is still to come: a series as long as one occurrence is."""
    fields = row.fields
    parts = [each for each in fields.get("occurrences") or () if each["status"] == "available"] or [fields]
    starts = [(start_of(each), each.get("duration", 60)) for each in parts]
    ahead = (
        start is None or start >= now - timedelta(minutes=min(max(0, duration), _LONGEST)) for start, duration in starts
    )
    return fields.get("status") == "started" or any(ahead)


def begins_within(row: Row, now: datetime, later: datetime) -> bool:
    """Return True if a session, or an occurrence of it, begins between two times."""
    starts = (start_of(each) for each in row.fields.get("occurrences") or [row.fields])
    return any(start is not None and now <= start <= later for start in starts)


def _zone(fields: Fields) -> tzinfo:
    try:
        return ZoneInfo(str(fields.get("timezone") or "UTC"))
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a name that is none, or is a path
        return UTC


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _links(state: State, number: str, said: Fields) -> dict[str, str]:
    code = said.get("password") or state.identifiers.text()[:6]
    return {
        "password": code,
        "join_url": f"https://zoom.us/j/{number}?pwd={code}",
        "start_url": f"https://zoom.us/s/{number}?zak={state.identifiers.text()}",
    }
