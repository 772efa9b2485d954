"""Webinars: the methods of `zoom.webinars`."""

# Derived from zoom_api_client/_async/modules/webinars.py by `python -m generator build`: do not edit.
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, Unpack

from zoom_api_client._sync.modules import batches
from zoom_api_client._sync.pages import Pages
from zoom_api_client.arguments import identifiers, registrants as people
from zoom_api_client.arguments.bodies import body_of
from zoom_api_client.core.operation import Request
from zoom_api_client.core.unset import UNSET, Unset
from zoom_api_client.transport.page_turning import turn

if TYPE_CHECKING:
    from zoom_api_client._sync.protocols import Sender
    from zoom_api_client.models.meetings import (
        AddPanelistsResponse,
        AddWebinarRegistrantBody,
        AddWebinarRegistrantBodyFields,
        AddWebinarRegistrantResponse,
        CreateWebinarBody,
        CreateWebinarBodyFields,
        CreateWebinarResponse,
        Panelist,
        PanelistList,
        PanelistListPanelist,
        UpdateWebinarBody,
        UpdateWebinarBodyFields,
        Webinar,
        WebinarList,
        WebinarListWebinar,
        WebinarRegistrantList,
        WebinarRegistrantListRegistrant,
    )

Category = Literal["scheduled", "upcoming"]


class Webinars:
    """The webinars of the account's users, their registrants and panelists.

    They need a paid plan with the webinar add-on: `PlanRequired` says that it is missing, as Zoom does at times in an
    answer with status 200. A webinar is named by its number, as a number or as text with or without spaces. Each method
    raises `APIError` if Zoom refuses, `ConnectionFailed` if it cannot be reached, and before anything is sent
    `ValueError` or `TypeError` for what Zoom would surely refuse.
    """

    def __init__(self, zoom: Sender) -> None:
        self._zoom = zoom

    def create(
        self, user_id: str, body: CreateWebinarBody | None = None, **fields: Unpack[CreateWebinarBodyFields]
    ) -> CreateWebinarResponse:
        """Create a webinar for a user: the host.

        Give the fields by keyword (`topic="Launch", duration=60`), or a body. Zoom takes 100 creations and
        updates of meetings and webinars a day and host.

        An aware `start_time` is sent in UTC with Z; beside a `timezone` as the local time of that zone without Z, so
        that a series keeps its hour when daylight saving time changes. A naive one is local to `timezone`. Known: Zoom
        takes a time with Z as it is, whatever the zone, and reads an offset as UTC, so texts with one are converted
        too. Not known: how it reads an hour that a zone has twice in a night; that is sent with Z.

        `POST /users/{userId}/webinars`; rate limit: light; scopes, one of: webinar:write:webinar,
        webinar:write:webinar:admin.
        https://developers.zoom.us/docs/api/meetings/#tag/webinars/POST/users/{userId}/webinars

        Args:
            user_id: the id or e-mail address of the host, or `me`.
            body: instead of fields.
            fields: those of `CreateWebinarBody`; `duration` in minutes.
        """
        from zoom_api_client.api.meetings import create_webinar
        from zoom_api_client.models.meetings import CreateWebinarBody

        return self._zoom.send(create_webinar.request(user_id, body=body_of(CreateWebinarBody, body, fields)))

    def get(
        self,
        webinar_id: int | str,
        *,
        occurrence_id: int | str | Unset = UNSET,
        show_previous_occurrences: bool | Unset = UNSET,
    ) -> Webinar:
        """Return the details of a webinar.

        `NotFound` also means expired. A UUID names one instance.

        `GET /webinars/{webinarId}`; rate limit: light; scopes, one of: webinar:read:webinar,
        webinar:read:webinar:admin.
        https://developers.zoom.us/docs/api/meetings/#tag/webinars/GET/webinars/{webinarId}

        Args:
            webinar_id: the webinar's number, or the UUID of an instance.
            occurrence_id: one occurrence of a recurring webinar.
            show_previous_occurrences: include the past occurrences of a recurring webinar.
        """
        from zoom_api_client.api.meetings import get_webinar

        request = get_webinar.request(
            identifiers.meeting(webinar_id),
            occurrence_id=identifiers.occurrence(occurrence_id),
            show_previous_occurrences=show_previous_occurrences,
        )
        return self._zoom.send(request)

    def list(
        self,
        user_id: str,
        *,
        type: Category | Unset = UNSET,
        page_size: int = 300,
    ) -> Pages[WebinarList, WebinarListWebinar]:
        """Iterate over the webinars of a user, across all pages.

        `GET /users/{userId}/webinars`; rate limit: medium; scopes, one of: webinar:read:list_webinars,
        webinar:read:list_webinars:admin.
        https://developers.zoom.us/docs/api/meetings/#tag/webinars/GET/users/{userId}/webinars

        Args:
            user_id: the id or e-mail address of the user, or `me`.
            type: `scheduled` (Zoom's default: those that run, are to come or have not expired) or `upcoming`.
            page_size: items Zoom sends at a time, 300 at most.
        """
        from zoom_api_client.api.meetings import list_webinars

        request = partial(list_webinars.request, user_id, type=type)
        turned_by = ("next_page_token", "page_number")
        return Pages(self._zoom, [request], "webinars", page_size=page_size, turned_by=turned_by)

    def update(
        self,
        webinar_id: int | str,
        body: UpdateWebinarBody | None = None,
        *,
        occurrence_id: int | str | Unset = UNSET,
        **fields: Unpack[UpdateWebinarBodyFields],
    ) -> None:
        """Change a webinar, or one occurrence of it; what is not given stays as it is.

        Give the fields by keyword, or a body. Get the webinar to see what the account's rules made of the change.

        `PATCH /webinars/{webinarId}`; rate limit: light; scopes, one of: webinar:update:webinar,
        webinar:update:webinar:admin.
        https://developers.zoom.us/docs/api/meetings/#tag/webinars/PATCH/webinars/{webinarId}

        Args:
            webinar_id: the webinar's number.
            body: instead of fields.
            occurrence_id: the one occurrence to change; without it a recurring webinar changes as a whole.
            fields: those of `UpdateWebinarBody`; `duration` in minutes.
        """
        from zoom_api_client.api.meetings import update_webinar
        from zoom_api_client.models.meetings import UpdateWebinarBody

        made = body_of(UpdateWebinarBody, body, fields)
        number, occurrence = identifiers.meeting(webinar_id), identifiers.occurrence(occurrence_id)
        self._zoom.send(update_webinar.request(number, body=made, occurrence_id=occurrence))

    def delete(
        self,
        webinar_id: int | str,
        *,
        occurrence_id: int | str | Unset = UNSET,
        cancel_webinar_reminder: bool | Unset = UNSET,
    ) -> None:
        """Delete a webinar, or one occurrence of it. Without `occurrence_id` a recurring webinar goes as a whole.

        `DELETE /webinars/{webinarId}`; rate limit: light; scopes, one of: webinar:delete:webinar,
        webinar:delete:webinar:admin.
        https://developers.zoom.us/docs/api/meetings/#tag/webinars/DELETE/webinars/{webinarId}

        Args:
            webinar_id: the webinar's number.
            occurrence_id: the one occurrence to delete.
            cancel_webinar_reminder: tell panelists and registrants by e-mail.
        """
        from zoom_api_client.api.meetings import delete_webinar

        request = delete_webinar.request(
            identifiers.meeting(webinar_id),
            occurrence_id=identifiers.occurrence(occurrence_id),
            cancel_webinar_reminder=cancel_webinar_reminder,
        )
        self._zoom.send(request)

    def add_registrant(
        self,
        webinar_id: int | str,
        body: AddWebinarRegistrantBody | None = None,
        *,
        occurrence_ids: int | str | Iterable[int | str] | Unset = UNSET,
        **fields: Unpack[AddWebinarRegistrantBodyFields],
    ) -> AddWebinarRegistrantResponse:
        """Register a participant for a webinar that takes registrations.

        Give the fields by keyword (`email=…, first_name=…`), or a body. Zoom takes 3 registrations a day of one person
        for one webinar. Where the host approves by hand, the answer has no `join_url`.

        `POST /webinars/{webinarId}/registrants`; rate limit: light; scopes, one of: webinar:write:registrant,
        webinar:write:registrant:admin.
        https://developers.zoom.us/docs/api/meetings/#tag/webinars/POST/webinars/{webinarId}/registrants

        Args:
            webinar_id: the webinar's number.
            body: instead of fields.
            occurrence_ids: the occurrences of a recurring webinar to register for, one or several.
            fields: those of `AddWebinarRegistrantBody`.
        """
        from zoom_api_client.api.meetings import add_webinar_registrant
        from zoom_api_client.models.meetings import AddWebinarRegistrantBody

        made = body_of(AddWebinarRegistrantBody, body, fields)
        number, occurrences = identifiers.meeting(webinar_id), identifiers.occurrences(occurrence_ids)
        return self._zoom.send(add_webinar_registrant.request(number, body=made, occurrence_ids=occurrences))

    def list_registrants(
        self,
        webinar_id: int | str,
        *,
        status: people.Status | Unset = UNSET,
        occurrence_id: int | str | Unset = UNSET,
        page_size: int = 300,
    ) -> Pages[WebinarRegistrantList, WebinarRegistrantListRegistrant]:
        """Iterate over the registrants of a webinar, across all pages: the approved ones unless told otherwise.

        `GET /webinars/{webinarId}/registrants`; rate limit: medium; scopes, one of: webinar:read:list_registrants,
        webinar:read:list_registrants:admin.
        https://developers.zoom.us/docs/api/meetings/#tag/webinars/GET/webinars/{webinarId}/registrants

        Args:
            webinar_id: the webinar's number.
            status: `approved` (Zoom's default), `pending` or `denied`; `all` lists the pending, then the approved, then
                the denied ones.
            occurrence_id: those of one occurrence of a recurring webinar.
            page_size: items Zoom sends at a time, 300 at most.
        """
        from zoom_api_client.api.meetings import list_webinar_registrants

        number, occurrence = identifiers.meeting(webinar_id), identifiers.occurrence(occurrence_id)
        request = partial(list_webinar_registrants.request, number, occurrence_id=occurrence)
        parts = [partial(request, status=each) for each in people.statuses(status)]
        return Pages(self._zoom, parts, "registrants", page_size=page_size)

    def update_registrant_status(
        self,
        webinar_id: int | str,
        action: people.Action,
        registrants: Iterable[people.Registrant],
        *,
        occurrence_id: int | str | Unset = UNSET,
    ) -> None:
        """Approve, deny or cancel registrants of a webinar, 30 at a time.

        With more than 30, a failure is `BatchFailed`: it tells which were done and which were not. Zoom takes 10
        changes a day of one registrant of one webinar.

        `PUT /webinars/{webinarId}/registrants/status`; rate limit: medium; scopes, one of:
        webinar:update:registrant_status, webinar:update:registrant_status:admin.
        https://developers.zoom.us/docs/api/meetings/#tag/webinars/PUT/webinars/{webinarId}/registrants/status

        Args:
            webinar_id: the webinar's number.
            action: `approve`, `deny`, or `cancel` for one who was approved.
            registrants: ids, e-mail addresses, or what `list_registrants` gave.
            occurrence_id: for one occurrence of a recurring webinar.
        """
        from zoom_api_client.api.meetings import update_registrants_status_of_webinar
        from zoom_api_client.models.meetings import (
            UpdateRegistrantsStatusOfWebinarBody,
            UpdateRegistrantsStatusOfWebinarRegistrant,
        )

        number, occurrence = identifiers.meeting(webinar_id), identifiers.occurrence(occurrence_id)

        def request(batch: list[dict[str, Any]]) -> Any:
            named = [UpdateRegistrantsStatusOfWebinarRegistrant(**each) for each in batch]
            body = UpdateRegistrantsStatusOfWebinarBody(action=action, registrants=named)
            return update_registrants_status_of_webinar.request(number, body=body, occurrence_id=occurrence)

        batches.send(self._zoom, request, people.identify(registrants))

    def add_panelists(
        self, webinar_id: int | str, panelists: Iterable[Panelist | Mapping[str, Any]]
    ) -> AddPanelistsResponse:
        """Add panelists to a webinar, 30 at a time.

        With more than 30, a failure is `BatchFailed`: it tells which were done and which were not; otherwise the last
        answer is returned. It does not name the new panelists: list them to learn their ids.

        `POST /webinars/{webinarId}/panelists`; rate limit: medium; scopes, one of: webinar:write:panelist,
        webinar:write:panelist:admin.
        https://developers.zoom.us/docs/api/meetings/#tag/webinars/POST/webinars/{webinarId}/panelists

        Args:
            webinar_id: the webinar's number.
            panelists: each with `name` and `email`, as a model or a dict.
        """
        from zoom_api_client.api.meetings import add_panelists
        from zoom_api_client.models.meetings import AddPanelistsBody, Panelist

        number = identifiers.meeting(webinar_id)

        def request(batch: Sequence[Panelist]) -> Request[AddPanelistsResponse]:
            return add_panelists.request(number, body=AddPanelistsBody(panelists=[*batch]))

        made = [each if isinstance(each, Panelist) else Panelist(**each) for each in panelists]
        return batches.send(self._zoom, request, made)

    def list_panelists(self, webinar_id: int | str) -> Pages[PanelistList, PanelistListPanelist]:
        """Iterate over the panelists of a webinar; Zoom sends all at once.

        `GET /webinars/{webinarId}/panelists`; rate limit: medium; scopes, one of: webinar:read:list_panelists,
        webinar:read:list_panelists:admin.
        https://developers.zoom.us/docs/api/meetings/#tag/webinars/GET/webinars/{webinarId}/panelists

        Args:
            webinar_id: the webinar's number.
        """
        from zoom_api_client.api.meetings import list_panelists

        request = partial(list_panelists.request, identifiers.meeting(webinar_id))
        return Pages(self._zoom, [partial(turn, request)], "panelists", page_size=None)

    def remove_panelist(self, webinar_id: int | str, panelist_id: str) -> None:
        """Remove one panelist from a webinar.

        `DELETE /webinars/{webinarId}/panelists/{panelistId}`; rate limit: light; scopes, one of:
        webinar:delete:panelist, webinar:delete:panelist:admin.
        https://developers.zoom.us/docs/api/meetings/#tag/webinars/DELETE/webinars/{webinarId}/panelists/{panelistId}

        Args:
            webinar_id: the webinar's number.
            panelist_id: the panelist's id, as `list_panelists` gives it.
        """
        from zoom_api_client.api.meetings import remove_panelist

        self._zoom.send(remove_panelist.request(identifiers.meeting(webinar_id), panelist_id))
