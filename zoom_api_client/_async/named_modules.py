"""The named modules of a client, each loaded when it is first used."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from zoom_api_client._async.base_client import AsyncBaseClient

if TYPE_CHECKING:
    from zoom_api_client._async.modules.chat import AsyncChat
    from zoom_api_client._async.modules.meetings import AsyncMeetings
    from zoom_api_client._async.modules.phone import AsyncPhone
    from zoom_api_client._async.modules.recordings import AsyncRecordings
    from zoom_api_client._async.modules.webinars import AsyncWebinars


class AsyncNamedModules(AsyncBaseClient):
    """A client with the named modules."""

    @cached_property
    def meetings(self) -> AsyncMeetings:
        """Meetings, and who registers for them."""
        from zoom_api_client._async.modules.meetings import AsyncMeetings

        return AsyncMeetings(self)

    @cached_property
    def webinars(self) -> AsyncWebinars:
        """Webinars, their registrants and panelists."""
        from zoom_api_client._async.modules.webinars import AsyncWebinars

        return AsyncWebinars(self)

    @cached_property
    def recordings(self) -> AsyncRecordings:
        """Cloud recordings of meetings and webinars."""
        from zoom_api_client._async.modules.recordings import AsyncRecordings

        return AsyncRecordings(self)

    @cached_property
    def phone(self) -> AsyncPhone:
        """Phone numbers and calls."""
        from zoom_api_client._async.modules.phone import AsyncPhone

        return AsyncPhone(self)

    @cached_property
    def chat(self) -> AsyncChat:
        """Messages of Team Chat."""
        from zoom_api_client._async.modules.chat import AsyncChat

        return AsyncChat(self)
