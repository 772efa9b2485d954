"""The Zoom client: `Zoom` blocks, `AsyncZoom` is awaited, and both have the same methods.

    from zoom_api_client import Zoom

    with Zoom("an access token") as zoom:
        meeting = zoom.meetings.create("me", topic="Standup", duration=30)
        users = zoom.api.users.list_users.all(status="active")  # every operation, by product and name

Importing this loads nothing: each name is loaded when it is first used.
"""

from typing import TYPE_CHECKING

from zoom_api_client._version import __version__
from zoom_api_client.core import lazy

if TYPE_CHECKING:  # a `__getattr__` that type checkers saw would make every misspelt name one of ours
    from zoom_api_client import api, errors, events, models
    from zoom_api_client._async.client import AsyncZoom
    from zoom_api_client._sync.client import Zoom
    from zoom_api_client.arguments.chat import Mention
    from zoom_api_client.arguments.dates import month_ranges
    from zoom_api_client.core.attendance import Attendee, attendance
    from zoom_api_client.core.codec import to_jsonable
    from zoom_api_client.core.rows import rows
    from zoom_api_client.core.scopes import scopes
    from zoom_api_client.core.unset import UNSET, File, Unset
    from zoom_api_client.transport.answer import Answer
    from zoom_api_client.transport.bounds import Bounds
    from zoom_api_client.transport.retry import Retry
    from zoom_api_client.transport.throttle import Throttle

__all__ = [
    "UNSET",
    "Answer",
    "AsyncZoom",
    "Attendee",
    "Bounds",
    "File",
    "Mention",
    "Retry",
    "Throttle",
    "Unset",
    "Zoom",
    "__version__",
    "api",
    "attendance",
    "errors",
    "events",
    "models",
    "month_ranges",
    "rows",
    "scopes",
    "to_jsonable",
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy.names(
        __name__,
        {
            "Zoom": "_sync.client",
            "AsyncZoom": "_async.client",
            "Answer": "transport.answer",
            "Attendee": "core.attendance",
            "Bounds": "transport.bounds",
            "File": "core.unset",
            "Mention": "arguments.chat",
            "Retry": "transport.retry",
            "Throttle": "transport.throttle",
            "UNSET": "core.unset",
            "Unset": "core.unset",
            "api": "",
            "attendance": "core.attendance",
            "errors": "",
            "events": "",
            "models": "",
            "month_ranges": "arguments.dates",
            "rows": "core.rows",
            "scopes": "core.scopes",
            "to_jsonable": "core.codec",
        },
    )
