"""The embedded Zoom of the demo: it has long lists, and twice a fault that Zoom's lists have now and then."""

from __future__ import annotations

import json

import attrs

from zoom_api_client.testing.contract import Match
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.pages import Pages
from zoom_api_client.testing.responder import Responder
from zoom_api_client.testing.server import EmbeddedZoom

LENGTHS = {
    "meetings.list_meetings": 250,
    "meetings.list_webinars": 250,
    "meetings.list_meeting_registrants": 40,
    "meetings.list_webinar_registrants": 40,
    "users.list_users": 250,
}


def open_stage() -> EmbeddedZoom:
    """Return the Zoom of one world."""
    return EmbeddedZoom(Responder(overrides=Lists()))


@attrs.define
class Lists:
    """Answers for the lists. Of the meetings, one page token expires; of the webinars, one page has its own again."""

    _lists: dict[str, Pages] = attrs.field(factory=dict)
    _failed: set[str] = attrs.field(factory=set)

    def __call__(self, match: Match, request: IncomingRequest) -> OutgoingAnswer | None:
        """Answer a request for a page."""
        name = str(match.operation)
        if name not in LENGTHS:
            return None
        if name not in self._lists:
            self._lists[name] = Pages(match.operation, LENGTHS[name], seed=0, unchecked=False)
        token = dict(request.query).get("next_page_token")
        if token and name in _FAULTS and name not in self._failed:
            self._failed.add(name)
            return _FAULTS[name](self._lists[name].answer(match, request), token)
        return self._lists[name].answer(match, request)


def _expire(answer: OutgoingAnswer, token: str) -> OutgoingAnswer:
    body = {"code": 300, "message": "The next page token is invalid or expired."}
    return OutgoingAnswer.json(400, body, operation=answer.operation)


def _repeat(answer: OutgoingAnswer, token: str) -> OutgoingAnswer:
    page = {**json.loads(answer.body), "next_page_token": token}
    return OutgoingAnswer.json(answer.status, page, operation=answer.operation)


_FAULTS = {"meetings.list_meetings": _expire, "meetings.list_webinars": _repeat}
