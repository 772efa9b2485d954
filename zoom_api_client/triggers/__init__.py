"""Zoom's events as triggers: received, verified, kept, and handed to typed handlers.

    from zoom_api_client.events.meetings import MeetingStarted
    from zoom_api_client.triggers import Receiver

    receiver = Receiver(secret_token="secret of the app's page")

    @receiver.watch_meetings("started")
    def on_start(event: MeetingStarted) -> None: ...

Importing this loads nothing: each name is loaded when it is first used.
"""

from typing import TYPE_CHECKING

from zoom_api_client.core import lazy

if TYPE_CHECKING:
    from zoom_api_client.triggers.health import Health
    from zoom_api_client.triggers.inbox import HandlerRetry
    from zoom_api_client.triggers.receiver import Receiver
    from zoom_api_client.triggers.reply import Reply
    from zoom_api_client.triggers.scopes import scopes
    from zoom_api_client.triggers.signature import verify
    from zoom_api_client.triggers.subscriptions import AsyncEventSubscriptions, EventSubscriptions

__all__ = [
    "AsyncEventSubscriptions",
    "EventSubscriptions",
    "HandlerRetry",
    "Health",
    "Receiver",
    "Reply",
    "scopes",
    "verify",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy.names(
        __name__,
        {
            "AsyncEventSubscriptions": "subscriptions",
            "EventSubscriptions": "subscriptions",
            "HandlerRetry": "inbox",
            "Health": "health",
            "Receiver": "receiver",
            "Reply": "reply",
            "scopes": "scopes",
            "verify": "signature",
        },
    )
