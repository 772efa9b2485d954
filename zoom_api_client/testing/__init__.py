"""Zoom's contract as a kit for tests: data that fits it, a judge of requests, and what answers like Zoom.

    with EmbeddedZoom() as zoom:
        client = Zoom("any token", base_url=zoom.base_url)
        ...
        assert not zoom.violations

Needs the extra: `pip install "zoom-api-client[testing]"`.
"""

from zoom_api_client.testing.exchange import Exchange, IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.responder import Responder
from zoom_api_client.testing.server import EmbeddedZoom
from zoom_api_client.testing.violation import Violation

__all__ = ["EmbeddedZoom", "Exchange", "IncomingRequest", "OutgoingAnswer", "Responder", "Violation"]
