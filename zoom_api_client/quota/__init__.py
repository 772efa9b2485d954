"""The guard of Zoom's limit of 100 a day and user: it counts before a request goes out, and lets no 101st through.

    from zoom_api_client.quota import Guard

    guard = Guard("sqlite:///quota.db")
    guard.status("a user's id").remaining

Clients have one of their own if none is given: see `default`.
"""

from typing import TYPE_CHECKING

from zoom_api_client.core import lazy

if TYPE_CHECKING:
    from zoom_api_client.quota.defaults import default
    from zoom_api_client.quota.guard import Guard
    from zoom_api_client.quota.results import Attempt, Status

_HOMES = {"Attempt": "results", "Guard": "guard", "Status": "results", "default": "defaults"}
__all__ = ["Attempt", "Guard", "Status", "default"]

if not TYPE_CHECKING:
    __getattr__, __dir__ = lazy.names(__name__, _HOMES)
