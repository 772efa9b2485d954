"""Event subscriptions, blocking and awaited: they are modules of the client, and belong to triggers."""

from zoom_api_client._sync.modules.event_subscriptions import EventSubscriptions
from zoom_api_client.modules.event_subscriptions import AsyncEventSubscriptions

__all__ = ["AsyncEventSubscriptions", "EventSubscriptions"]
