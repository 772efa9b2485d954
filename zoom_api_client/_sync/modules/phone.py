"""Phone: the methods of `zoom.phone`."""

# Derived from zoom_api_client/_async/modules/phone.py by `python -m generator build`: do not edit.
from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

from zoom_api_client._sync.pages import Pages
from zoom_api_client.arguments import dates
from zoom_api_client.arguments.dates import Moment
from zoom_api_client.core.unset import UNSET, Unset
from zoom_api_client.transport.page_turning import turn

if TYPE_CHECKING:
    from zoom_api_client._sync.protocols import Sender
    from zoom_api_client.models.phone import (
        UsersCallHistory,
        UsersCallHistoryCallElement,
        UsersCallHistoryCallLog,
        UsersProfile,
        UsersProfilePhoneNumber,
    )


class CallFilters(TypedDict, total=False):
    """The filters of a list of calls, as keyword arguments."""

    keyword: str
    directions: list[Literal["inbound", "outbound"]]
    connect_types: list[Literal["external", "internal"]]
    number_types: list[
        Literal[
            "3rd_party_contact_center",
            "anonymous_number",
            "byoc",
            "byop",
            "external_contact",
            "external_pstn",
            "external_service_number",
            "meeting_id",
            "meeting_phone_number",
            "zoom_contact_center",
            "zoom_pstn",
            "zoom_revenue_accelerator",
            "zoom_service_number",
            "zoom_toll_free_number",
        ]
    ]
    call_types: list[Literal["emergency", "general"]]
    extension_types: list[
        Literal[
            "auto_receptionist",
            "call_queue",
            "cisco_room",
            "common_area",
            "external_contact",
            "group_call_pickup",
            "shared_line_group",
            "user",
            "zoom_room",
        ]
    ]
    call_results: list[
        Literal[
            "abandoned",
            "answered",
            "blocked",
            "connected",
            "hang_up",
            "invalid_operation",
            "no_answer",
            "service_unavailable",
            "voicemail",
        ]
    ]
    group_ids: list[str]
    site_ids: list[str]
    department: str
    cost_center: str
    time_type: Literal["end_time", "start_time"]
    recording_status: Literal["non_recorded", "recorded"]
    with_voicemail: bool


class Phone:
    """The phone numbers and calls of the account's users.

    They need Zoom Phone. Each method raises `APIError` if Zoom refuses, `ConnectionFailed` if it cannot be reached, and
    before anything is sent `ValueError` or `TypeError` for what Zoom would surely refuse.
    """

    def __init__(self, zoom: Sender) -> None:
        self._zoom = zoom

    def list_numbers(self, user_id: str) -> Pages[UsersProfile, UsersProfilePhoneNumber]:
        """Iterate over the phone numbers of a user; Zoom sends all at once, with the user's Phone profile.

        `GET /phone/users/{userId}`; rate limit: light; scopes, one of: phone:read:user, phone:read:user:admin.
        https://developers.zoom.us/docs/api/phone/#tag/users/GET/phone/users/{userId}

        Args:
            user_id: the id or e-mail address of the user, or `me`.
        """
        from zoom_api_client.api.phone import get_users_profile

        request = partial(get_users_profile.request, user_id)
        return Pages(self._zoom, [partial(turn, request)], "phone_numbers", page_size=None)

    def list_call_logs(
        self,
        user_id: str,
        *,
        from_: Moment | Unset = UNSET,
        to: Moment | Unset = UNSET,
        page_size: int = 300,
        **filters: Unpack[CallFilters],
    ) -> Pages[UsersCallHistory, UsersCallHistoryCallLog | UsersCallHistoryCallElement]:
        """Iterate over the calls of a user, across all pages.

        Zoom answers for a month at most, within the last six: a longer range is cut into months, the latest first, and
        joined without doubles. Within a month the order is Zoom's. Without a range Zoom lists the last 24 hours.
        The items are the `call_logs` of the pages; Zoom announced that these end in November 2026, and where there are
        none the items are the `call_elements` that follow them.

        `GET /phone/users/{userId}/call_history`; rate limit: medium; scopes, one of: phone:read:list_call_logs:admin,
        phone:read:list_call_logs.
        https://developers.zoom.us/docs/api/phone/#tag/call-logs/GET/phone/users/{userId}/call_history

        Args:
            user_id: the id or e-mail address of the user, or `me`.
            from_: the first day, or an aware datetime.
            to: the last day, or an aware datetime; now unless given.
            page_size: items Zoom sends at a time, 300 at most.
            filters: which calls: `keyword`, `directions`, `call_results` and so on, see `CallFilters`.
        """
        from zoom_api_client.api.phone import get_users_call_history

        span = dates.times(from_, to)
        if span:
            _refuse_before(dates.six_months_ago(), span[0])
        request = partial(get_users_call_history.request, user_id, **filters)
        parts = [partial(request, from_=first, to=last) for first, last in dates.months(*span)] if span else [request]
        return Pages(self._zoom, parts, "call_logs", "call_elements", page_size=page_size)


def _refuse_before(earliest: date, first: date) -> None:
    if (first.date() if isinstance(first, datetime) else first) < earliest:
        raise ValueError(f"Zoom lists calls of the last six months: from_ must be {earliest} (UTC) or later")
