"""The Zoom client: `Zoom` blocks, `AsyncZoom` is awaited, and both have the same methods.

    from zoom_api_client import Zoom

    with Zoom("an access token") as zoom:
        meeting = zoom.meetings.create("me", topic="Standup", duration=30)

Importing this loads nothing: each name is loaded when it is first used.
"""

from typing import TYPE_CHECKING

from zoom_api_client import _lazy

if TYPE_CHECKING:  # a `__getattr__` that type checkers saw would make every misspelt name one of ours
    from zoom_api_client import api, errors, events, models
    from zoom_api_client._sync.client import Zoom
    from zoom_api_client.client import AsyncZoom
    from zoom_api_client.messages import Mention
    from zoom_api_client.scoping import scopes
    from zoom_api_client.transport.retry import Retry
    from zoom_api_client.transport.throttle import Throttle
    from zoom_api_client.values import UNSET, File, Unset

__version__ = "0.1.0"
__all__ = [
    "UNSET",
    "AsyncZoom",
    "File",
    "Mention",
    "Retry",
    "Throttle",
    "Unset",
    "Zoom",
    "api",
    "errors",
    "events",
    "models",
    "scopes",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = _lazy.names(
        __name__,
        {
            "Zoom": "_sync.client",
            "AsyncZoom": "client",
            "File": "values",
            "Mention": "messages",
            "Retry": "transport.retry",
            "Throttle": "transport.throttle",
            "UNSET": "values",
            "Unset": "values",
            "api": "",
            "errors": "",
            "events": "",
            "models": "",
            "scopes": "scoping",
        },
    )
