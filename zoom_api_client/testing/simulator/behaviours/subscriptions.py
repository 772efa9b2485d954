"""Subscriptions to events: whose app they are, whose secret signs what is delivered."""

from __future__ import annotations

from zoom_api_client.testing.simulator.behaviours.registry import behaviour
from zoom_api_client.testing.simulator.call import Call
from zoom_api_client.testing.simulator.store import Row


@behaviour("marketplace.create_event_subscription")
def create_event_subscription(call: Call) -> Row:
    """Subscribe an app to events."""
    return call.create(client_id=getattr(call.caller, "client_id", ""))
