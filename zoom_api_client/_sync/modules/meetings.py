"""Meetings: the methods of `zoom.meetings`."""

# Derived from zoom_api_client/_async/modules/meetings.py by `python -m generator build`: do not edit.
from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, Unpack

from zoom_api_client._sync.modules import batches
from zoom_api_client._sync.pages import Pages
from zoom_api_client.arguments import identifiers, registrants as people
from zoom_api_client.arguments.bodies import body_of
from zoom_api_client.arguments.dates import Moment, day
from zoom_api_client.core.unset import UNSET, Unset

if TYPE_CHECKING:
    from zoom_api_client._sync.protocols import Sender
    from zoom_api_client.models.meetings import (
        AddMeetingRegistrantBody,
        AddMeetingRegistrantBodyFields,
        AddMeetingRegistrantResponse,
        CreateMeetingBody,
        CreateMeetingBodyFields,
        CreateMeetingResponse,
        Meeting,
        MeetingList,
        MeetingListMeeting,
        MeetingRegistrantList,
        MeetingRegistrantListRegistrant,
        UpdateMeetingBody,
        UpdateMeetingBodyFields,
    )

Category = Literal["scheduled", "live", "upcoming", "upcoming_meetings", "previous_meetings"]


class Meetings:
    """The meetings of the account's users, and who registers for them.

    A meeting is named by its number, as a number or as text with or without spaces. Each method raises `APIError` if
    Zoom refuses, `ConnectionFailed` if it cannot be reached, and before anything is sent `ValueError` or `TypeError`
    for what Zoom would surely refuse.
    """

    def __init__(self, zoom: Sender) -> None:
        self._zoom = zoom

    def create(
        self, user_id: str, body: CreateMeetingBody | None = None, **fields: Unpack[CreateMeetingBodyFields]
    ) -> CreateMeetingResponse:
        """Create a meeting for a user: the host.

        Give the fields by keyword (`topic="Standup", duration=30`), or a body. Zoom takes 100 of these a day
        and user.

        An aware `start_time` is sent in UTC with Z; beside a `timezone` as the local time of that zone without Z, so
        that a series keeps its hour when daylight saving time changes. A naive one is local to `timezone`. Known: Zoom
        takes a time with Z as it is, whatever the zone, and reads an offset as UTC, so texts with one are converted
        too. Not known: how it reads an hour that a zone has twice in a night; that is sent with Z.

        `POST /users/{userId}/meetings`; rate limit: light; scopes, one of: meeting:write:meeting,
        meeting:write:meeting:admin.
        https://developers.zoom.us/docs/api/meetings/#tag/meetings/POST/users/{userId}/meetings

        Args:
            user_id: the id or e-mail address of the host, or `me`.
            body: instead of fields.
            fields: those of `CreateMeetingBody`; `duration` in minutes.
        """
        from zoom_api_client.api.meetings import create_meeting
        from zoom_api_client.models.meetings import CreateMeetingBody

        return self._zoom.send(create_meeting.request(user_id, body=body_of(CreateMeetingBody, body, fields)))

    def get(
        self,
        meeting_id: int | str,
        *,
        occurrence_id: int | str | Unset = UNSET,
        show_previous_occurrences: bool | Unset = UNSET,
    ) -> Meeting:
        """Return the details of a meeting.

        `NotFound` also means expired: a number may lapse 30 days after its last use.

        `GET /meetings/{meetingId}`; rate limit: light; scopes, one of: meeting:read:meeting,
        meeting:read:meeting:admin.
        https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/meetings/{meetingId}

        Args:
            meeting_id: the meeting's number.
            occurrence_id: one occurrence of a recurring meeting.
            show_previous_occurrences: include the past occurrences of a recurring meeting.
        """
        from zoom_api_client.api.meetings import get_meeting

        request = get_meeting.request(
            identifiers.meeting(meeting_id),
            occurrence_id=identifiers.occurrence(occurrence_id),
            show_previous_occurrences=show_previous_occurrences,
        )
        return self._zoom.send(request)

    def list(
        self,
        user_id: str,
        *,
        type: Category | Unset = UNSET,
        from_: Moment | Unset = UNSET,
        to: Moment | Unset = UNSET,
        timezone: str | Unset = UNSET,
        page_size: int = 300,
    ) -> Pages[MeetingList, MeetingListMeeting]:
        """Iterate over the meetings of a user, across all pages; instant meetings are never in it.

        `GET /users/{userId}/meetings`; rate limit: medium; scopes, one of: meeting:read:list_meetings,
        meeting:read:list_meetings:admin.
        https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/users/{userId}/meetings

        Args:
            user_id: the id or e-mail address of the user, or `me`.
            type: the category; Zoom's default is `scheduled`.
            from_: the first day (UTC, or in `timezone`), for categories with a range; at most six months. A datetime
                stands for its day in UTC.
            to: the last day.
            timezone: the IANA name of the time zone of `from_` and `to`.
            page_size: items Zoom sends at a time, 300 at most.
        """
        from zoom_api_client.api.meetings import list_meetings

        request = partial(list_meetings.request, user_id, type=type, from_=day(from_), to=day(to), timezone=timezone)
        return Pages(self._zoom, [request], "meetings", page_size=page_size)

    def update(
        self,
        meeting_id: int | str,
        body: UpdateMeetingBody | None = None,
        *,
        occurrence_id: int | str | Unset = UNSET,
        **fields: Unpack[UpdateMeetingBodyFields],
    ) -> None:
        """Change a meeting, or one occurrence of it; what is not given stays as it is.

        Give the fields by keyword, or a body. A start in the past is ignored. Get the meeting to see what the account's
        rules made of the change.

        `PATCH /meetings/{meetingId}`; rate limit: light; scopes, one of: meeting:update:meeting:admin,
        meeting:update:meeting.
        https://developers.zoom.us/docs/api/meetings/#tag/meetings/PATCH/meetings/{meetingId}

        Args:
            meeting_id: the meeting's number.
            body: instead of fields.
            occurrence_id: the one occurrence to change; without it a recurring meeting changes as a whole.
            fields: those of `UpdateMeetingBody`; `duration` in minutes.
        """
        from zoom_api_client.api.meetings import update_meeting
        from zoom_api_client.models.meetings import UpdateMeetingBody

        made = body_of(UpdateMeetingBody, body, fields)
        number, occurrence = identifiers.meeting(meeting_id), identifiers.occurrence(occurrence_id)
        self._zoom.send(update_meeting.request(number, body=made, occurrence_id=occurrence))

    def end(self, meeting_id: int | str) -> None:
        """End a running meeting, for all who are in it.

        `PUT /meetings/{meetingId}/status`; rate limit: light; scopes, one of: meeting:update:status,
        meeting:update:status:admin.
        https://developers.zoom.us/docs/api/meetings/#tag/meetings/PUT/meetings/{meetingId}/status

        Args:
            meeting_id: the meeting's number.
        """
        from zoom_api_client.api.meetings import update_meeting_status
        from zoom_api_client.models.meetings import UpdateMeetingStatusBody

        body = UpdateMeetingStatusBody(action="end")
        self._zoom.send(update_meeting_status.request(identifiers.meeting(meeting_id), body=body))

    def delete(
        self,
        meeting_id: int | str,
        *,
        occurrence_id: int | str | Unset = UNSET,
        schedule_for_reminder: bool | Unset = UNSET,
        cancel_meeting_reminder: bool | Unset = UNSET,
    ) -> None:
        """Delete a meeting, or one occurrence of it. Without `occurrence_id` a recurring meeting goes as a whole.

        `DELETE /meetings/{meetingId}`; rate limit: light; scopes, one of: meeting:delete:meeting,
        meeting:delete:meeting:admin.
        https://developers.zoom.us/docs/api/meetings/#tag/meetings/DELETE/meetings/{meetingId}

        Args:
            meeting_id: the meeting's number.
            occurrence_id: the one occurrence to delete.
            schedule_for_reminder: tell the host and the alternative host by e-mail.
            cancel_meeting_reminder: tell the registrants by e-mail.
        """
        from zoom_api_client.api.meetings import delete_meeting

        request = delete_meeting.request(
            identifiers.meeting(meeting_id),
            occurrence_id=identifiers.occurrence(occurrence_id),
            schedule_for_reminder=schedule_for_reminder,
            cancel_meeting_reminder=cancel_meeting_reminder,
        )
        self._zoom.send(request)

    def add_registrant(
        self,
        meeting_id: int | str,
        body: AddMeetingRegistrantBody | None = None,
        *,
        occurrence_ids: int | str | Iterable[int | str] | Unset = UNSET,
        **fields: Unpack[AddMeetingRegistrantBodyFields],
    ) -> AddMeetingRegistrantResponse:
        """Register a participant for a meeting that takes registrations.

        Give the fields by keyword (`email=…, first_name=…`), or a body. Zoom takes 3 registrations a day of one person
        for one meeting. Where the host approves by hand, the answer has no `join_url`.

        `POST /meetings/{meetingId}/registrants`; rate limit: light; scopes, one of: meeting:write:registrant,
        meeting:write:registrant:admin.
        https://developers.zoom.us/docs/api/meetings/#tag/invitation--registration/POST/meetings/{meetingId}/registrants

        Args:
            meeting_id: the meeting's number.
            body: instead of fields.
            occurrence_ids: the occurrences of a recurring meeting to register for, one or several.
            fields: those of `AddMeetingRegistrantBody`.
        """
        from zoom_api_client.api.meetings import add_meeting_registrant
        from zoom_api_client.models.meetings import AddMeetingRegistrantBody

        made = body_of(AddMeetingRegistrantBody, body, fields)
        number, occurrences = identifiers.meeting(meeting_id), identifiers.occurrences(occurrence_ids)
        return self._zoom.send(add_meeting_registrant.request(number, body=made, occurrence_ids=occurrences))

    def list_registrants(
        self,
        meeting_id: int | str,
        *,
        status: people.Status | Unset = UNSET,
        occurrence_id: int | str | Unset = UNSET,
        page_size: int = 300,
    ) -> Pages[MeetingRegistrantList, MeetingRegistrantListRegistrant]:
        """Iterate over the registrants of a meeting, across all pages: the approved ones unless told otherwise.

        `GET /meetings/{meetingId}/registrants`; rate limit: medium; scopes, one of: meeting:read:list_registrants,
        meeting:read:list_registrants:admin.
        https://developers.zoom.us/docs/api/meetings/#tag/invitation--registration/GET/meetings/{meetingId}/registrants

        Args:
            meeting_id: the meeting's number.
            status: `approved` (Zoom's default), `pending` or `denied`; `all` lists the pending, then the approved, then
                the denied ones.
            occurrence_id: those of one occurrence of a recurring meeting.
            page_size: items Zoom sends at a time, 300 at most.
        """
        from zoom_api_client.api.meetings import list_meeting_registrants

        number, occurrence = identifiers.meeting(meeting_id), identifiers.occurrence(occurrence_id)
        request = partial(list_meeting_registrants.request, number, occurrence_id=occurrence)
        parts = [partial(request, status=each) for each in people.statuses(status)]
        return Pages(self._zoom, parts, "registrants", page_size=page_size)

    def update_registrant_status(
        self,
        meeting_id: int | str,
        action: people.Action,
        registrants: Iterable[people.Registrant],
        *,
        occurrence_id: int | str | Unset = UNSET,
    ) -> None:
        """Approve, deny or cancel registrants of a meeting, 30 at a time.

        With more than 30, a failure is `BatchFailed`: it tells which were done and which were not. Zoom takes 10
        changes a day of one registrant of one meeting.

        `PUT /meetings/{meetingId}/registrants/status`; rate limit: medium; scopes, one of:
        meeting:update:registrant_status, meeting:update:registrant_status:admin.
        https://developers.zoom.us/docs/api/meetings/#tag/invitation--registration/PUT/meetings/{meetingId}/registrants/status

        Args:
            meeting_id: the meeting's number.
            action: `approve`, `deny`, or `cancel` for one who was approved.
            registrants: ids, e-mail addresses, or what `list_registrants` gave.
            occurrence_id: for one occurrence of a recurring meeting.
        """
        from zoom_api_client.api.meetings import update_registrants_status_of_meeting
        from zoom_api_client.models.meetings import (
            UpdateRegistrantsStatusOfMeetingBody,
            UpdateRegistrantsStatusOfMeetingRegistrant,
        )

        number, occurrence = identifiers.meeting(meeting_id), identifiers.occurrence(occurrence_id)

        def request(batch: list[dict[str, Any]]) -> Any:
            named = [UpdateRegistrantsStatusOfMeetingRegistrant(**each) for each in batch]
            body = UpdateRegistrantsStatusOfMeetingBody(action=action, registrants=named)
            return update_registrants_status_of_meeting.request(number, body=body, occurrence_id=occurrence)

        batches.send(self._zoom, request, people.identify(registrants))
