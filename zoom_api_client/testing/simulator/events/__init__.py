"""Events: who subscribed to what, what happened, and its delivery by webhook or WebSocket."""

from zoom_api_client.testing.simulator.events.events import Events

__all__ = ["Events"]
