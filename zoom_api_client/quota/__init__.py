"""The guard of Zoom's limit of 100 a day and user: it counts before a request goes out, and lets no 101st through.

    from zoom_api_client.quota import Guard

    guard = Guard("redis://localhost/0")
    guard.status("a user's id").remaining

Clients have one of their own if none is given: see `default`.
"""

from typing import TYPE_CHECKING

from zoom_api_client import _lazy

if TYPE_CHECKING:
    from zoom_api_client.quota.attempt import Attempt, Status
    from zoom_api_client.quota.defaults import default
    from zoom_api_client.quota.guard import Guard

_HOMES = {"Attempt": "attempt", "Guard": "guard", "Status": "attempt", "default": "defaults"}
__all__ = ["Attempt", "Guard", "Status", "default"]

if not TYPE_CHECKING:
    __getattr__, __dir__ = _lazy.names(__name__, _HOMES)
