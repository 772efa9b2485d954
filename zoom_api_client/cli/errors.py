"""The errors of the command itself."""

from __future__ import annotations

from zoom_api_client.errors import ZoomError


class Misused(ZoomError):
    """The arguments do not go together; the message says which to give instead."""


class NotLoggedIn(ZoomError):
    """There are no credentials; the message says where they may come from."""


class NotThere(ZoomError):
    """There is no such thing on this machine; the message says where to look."""


class Declined(ZoomError):
    """Somebody was asked, and did not say yes: nothing was sent."""
