"""Zoom's contract as a kit for tests: data that fits it, a judge of requests, and what answers like Zoom.

    from zoom_api_client import Zoom
    from zoom_api_client.testing import EmbeddedZoom, zoom_event

    def test_standup_is_scheduled(mock_zoom):  # a fixture; `with mock_zoom() as zoom:` elsewhere
        my_code(Zoom("any token"))
        assert mock_zoom.meetings.create.called_once_with(topic="Standup")

    with EmbeddedZoom() as zoom:  # the same over HTTP, for programs of any language
        client = Zoom("any token", base_url=zoom.base_url)

    event = zoom_event("meeting.started", topic="Standup")  # signed, for the program's own receiver
    print(event.headers, event.body)

Needs the extra: `pip install "zoom-api-client[testing]"`. Importing this loads nothing: each name is loaded when it is
first used.
"""

from typing import TYPE_CHECKING

from zoom_api_client.core import lazy

if TYPE_CHECKING:
    from zoom_api_client.testing.cassette import Cassette, record, replay
    from zoom_api_client.testing.events import SignedEvent, sign, zoom_event
    from zoom_api_client.testing.exchange import Exchange, IncomingRequest, OutgoingAnswer
    from zoom_api_client.testing.mock import MockZoom, mock_zoom
    from zoom_api_client.testing.responder import Responder
    from zoom_api_client.testing.sender import EventSender
    from zoom_api_client.testing.server import EmbeddedZoom
    from zoom_api_client.testing.violation import ContractViolation, Violation

__all__ = [
    "Cassette",
    "ContractViolation",
    "EmbeddedZoom",
    "EventSender",
    "Exchange",
    "IncomingRequest",
    "MockZoom",
    "OutgoingAnswer",
    "Responder",
    "SignedEvent",
    "Violation",
    "mock_zoom",
    "record",
    "replay",
    "sign",
    "zoom_event",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy.names(
        __name__,
        {
            "Cassette": "cassette",
            "ContractViolation": "violation",
            "EmbeddedZoom": "server",
            "EventSender": "sender",
            "Exchange": "exchange",
            "IncomingRequest": "exchange",
            "MockZoom": "mock",
            "OutgoingAnswer": "exchange",
            "Responder": "responder",
            "SignedEvent": "events",
            "Violation": "violation",
            "mock_zoom": "mock",
            "record": "cassette",
            "replay": "cassette",
            "sign": "events",
            "zoom_event": "events",
        },
    )
