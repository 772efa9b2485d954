"""Registrations that Zoom counts: how often somebody may register for the same meeting, and be decided about, in a day.

https://developers.zoom.us/docs/api/rate-limits/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import attrs

from zoom_api_client.testing.contract import Match

REGISTERED: Final = 3
DECIDED: Final = 10

_MOST: Final = {
    "meetings.add_meeting_registrant": REGISTERED,
    "meetings.add_webinar_registrant": REGISTERED,
    "meetings.update_registrants_status_of_meeting": DECIDED,
    "meetings.update_registrants_status_of_webinar": DECIDED,
}


@attrs.frozen
class Counted:
    """A registrant in a request, who may be in so many of them a day."""

    operation: str
    session: str
    who: str
    most: int


def find(match: Match, body: Any) -> Iterator[Counted]:
    """Yield the registrants that a request counts for, by the e-mail address or the id that it has for them."""
    operation, fields = str(match.operation), body if isinstance(body, dict) else {}
    most = _MOST.get(operation)
    people = fields.get("registrants") if most == DECIDED else [fields]
    for each in people if most and isinstance(people, list) else ():
        who = (each.get("email") or each.get("id")) if isinstance(each, dict) else None
        if isinstance(who, str):
            yield Counted(operation, next(iter(match.path.values())), who.lower(), most)
