"""Event subscriptions, blocking and awaited: they are modules of the client, and belong to triggers."""

from zoom_api_client._async.modules.event_subscriptions import AsyncEventSubscriptions
from zoom_api_client._sync.modules.event_subscriptions import EventSubscriptions

__all__ = ["AsyncEventSubscriptions", "EventSubscriptions"]
