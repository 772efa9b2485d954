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
    """Somebody whom a request counts for: the operation, the meeting and who it is; so many are taken in a day."""

    key: tuple[str, str, str]
    most: int

    @property
    def who(self) -> str:
        """The e-mail address or the id that the request has for them."""
        return self.key[-1]


def find(match: Match, body: Any) -> Iterator[Counted]:
    """Yield those whom a request counts for."""
    operation, session = str(match.operation), next(iter(match.path.values()), "")
    most, fields = _MOST.get(operation), body if isinstance(body, dict) else {}
    if most is None:
        return
    people = fields.get("registrants") if most == DECIDED else [fields]
    for each in people if isinstance(people, list) else ():
        who = (each.get("email") or each.get("id")) if isinstance(each, dict) else None
        if isinstance(who, str):
            yield Counted((operation, session, who.lower()), most)
