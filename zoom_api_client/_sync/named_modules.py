"""The named modules of a client, each loaded when it is first used."""

# Derived from zoom_api_client/_async/named_modules.py by `python -m generator build`: do not edit.
from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from zoom_api_client._sync.base_client import BaseClient

if TYPE_CHECKING:
    from zoom_api_client._sync.modules.chat import Chat
    from zoom_api_client._sync.modules.meetings import Meetings
    from zoom_api_client._sync.modules.phone import Phone
    from zoom_api_client._sync.modules.recordings import Recordings
    from zoom_api_client._sync.modules.webinars import Webinars


class NamedModules(BaseClient):
    """A client with the named modules."""

    @cached_property
    def meetings(self) -> Meetings:
        """Meetings, and who registers for them."""
        from zoom_api_client._sync.modules.meetings import Meetings

        return Meetings(self)

    @cached_property
    def webinars(self) -> Webinars:
        """Webinars, their registrants and panelists."""
        from zoom_api_client._sync.modules.webinars import Webinars

        return Webinars(self)

    @cached_property
    def recordings(self) -> Recordings:
        """Cloud recordings of meetings and webinars."""
        from zoom_api_client._sync.modules.recordings import Recordings

        return Recordings(self)

    @cached_property
    def phone(self) -> Phone:
        """Phone numbers and calls."""
        from zoom_api_client._sync.modules.phone import Phone

        return Phone(self)

    @cached_property
    def chat(self) -> Chat:
        """Messages of Team Chat."""
        from zoom_api_client._sync.modules.chat import Chat

        return Chat(self)
