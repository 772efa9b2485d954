"""Meetings: what `zoom.meetings` does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Unpack

from zoom_api_client.api.meetings import create_meeting, delete_meeting, get_meeting, list_meetings
from zoom_api_client.models.meetings import CreateMeetingBody
from zoom_api_client.paging import AsyncPages
from zoom_api_client.values import UNSET, Unset

if TYPE_CHECKING:
    from datetime import date

    from zoom_api_client.client import AsyncZoom
    from zoom_api_client.models.meetings import (
        CreateMeetingBodyFields,
        CreateMeetingResponse,
        Meeting,
        MeetingList,
        MeetingListMeeting,
    )

Category = Literal["scheduled", "live", "upcoming", "upcoming_meetings", "previous_meetings"]


class AsyncMeetings:
    """The meetings of the account's users."""

    def __init__(self, zoom: AsyncZoom) -> None:
        self._zoom = zoom

    async def create(
        self, user_id: str, body: CreateMeetingBody | None = None, **fields: Unpack[CreateMeetingBodyFields]
    ) -> CreateMeetingResponse:
        """Create a meeting for a user: the host.

        Give the fields by keyword (`topic="Standup", duration=30`), or a body. Zoom takes 100 of these a day and user.

        Args:
            user_id: the id or e-mail address of the host, or `me`.
            body: instead of fields.
            fields: those of `CreateMeetingBody`.
        """
        if body is not None and fields:
            raise TypeError(f"create() takes a body or fields, not both: {', '.join(fields)}")
        given: Any = fields
        return await self._zoom.send(create_meeting.request(user_id, body=body or CreateMeetingBody(**given)))

    async def get(
        self,
        meeting_id: int | str,
        *,
        occurrence_id: str | Unset = UNSET,
        show_previous_occurrences: bool | Unset = UNSET,
    ) -> Meeting:
        """Return the details of a meeting.

        Args:
            meeting_id: the meeting's number.
            occurrence_id: one occurrence of a recurring meeting.
            show_previous_occurrences: include the past occurrences of a recurring meeting.
        """
        request = get_meeting.request(
            meeting_id, occurrence_id=occurrence_id, show_previous_occurrences=show_previous_occurrences
        )
        return await self._zoom.send(request)

    def list(
        self,
        user_id: str,
        *,
        type: Category | Unset = UNSET,
        from_: date | str | Unset = UNSET,
        to: date | str | Unset = UNSET,
        timezone: str | Unset = UNSET,
        page_size: int = 300,
    ) -> AsyncPages[MeetingList, MeetingListMeeting]:
        """Iterate over the meetings of a user, across all pages; instant meetings are never in it.

        Args:
            user_id: the id or e-mail address of the user, or `me`.
            type: the category; Zoom's default is `scheduled`.
            from_: the first day (UTC, or in `timezone`), for categories with a range; at most six months.
            to: the last day.
            timezone: the IANA name of the time zone of `from_` and `to`.
            page_size: items Zoom sends at a time, 300 at most.
        """
        return AsyncPages(
            self._zoom,
            lambda token: list_meetings.request(
                user_id,
                type=type,
                from_=from_,
                to=to,
                timezone=timezone,
                page_size=page_size,
                next_page_token=token,
            ),
            "meetings",
        )

    async def delete(
        self,
        meeting_id: int | str,
        *,
        occurrence_id: str | Unset = UNSET,
        schedule_for_reminder: bool | Unset = UNSET,
        cancel_meeting_reminder: bool | Unset = UNSET,
    ) -> None:
        """Delete a meeting, or one occurrence of it. Without `occurrence_id` a recurring meeting goes as a whole.

        Args:
            meeting_id: the meeting's number.
            occurrence_id: the one occurrence to delete.
            schedule_for_reminder: tell the host and the alternative host by e-mail.
            cancel_meeting_reminder: tell the registrants by e-mail.
        """
        request = delete_meeting.request(
            meeting_id,
            occurrence_id=occurrence_id,
            schedule_for_reminder=schedule_for_reminder,
            cancel_meeting_reminder=cancel_meeting_reminder,
        )
        await self._zoom.send(request)
