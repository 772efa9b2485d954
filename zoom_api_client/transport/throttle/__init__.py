"""Stay below Zoom's rate limits: requests wait for their turn before they are sent."""

from zoom_api_client.errors import Throttled
from zoom_api_client.transport.throttle.throttle import Throttle

__all__ = ["Throttle", "Throttled"]
