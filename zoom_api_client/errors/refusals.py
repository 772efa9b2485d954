"""Refusals: Zoom answered, and did not do what it was asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from zoom_api_client.errors.failures import ZoomError

if TYPE_CHECKING:
    from zoom_api_client.core.operation import Operation

NO_RECORDING = 3301
"""Zoom's code for a recording that it still processes, and for none at all."""

_SCOPE = re.compile(r"\b(?:scopes?:)?([a-z]\w*(?::[a-z]\w*)+)")
_SCOPE_LIST = re.compile(r"scopes?\W{0,3}\[([^\]]*)\]")


class APIError(ZoomError):
    """Zoom answered, and refused.

    Attributes:
        status: the HTTP status; 2xx for the failures that Zoom reports with success.
        code: Zoom's own code, or None where the answer has none. It means different things in different products.
        message: what Zoom says; the raw text of an answer that is not JSON.
        errors: the fields that Zoom refused, each with `field` and `message`.
        operation: the operation that was called, None for an address of the caller's own.
        tracking_id: Zoom's name for the request: their support asks for it.
        content: the answer as it came.
    """

    def __init__(
        self,
        status: int,
        code: int | None = None,
        message: str = "",
        errors: Sequence[dict[str, Any]] = (),
        operation: Operation[Any] | None = None,
        tracking_id: str | None = None,
        content: bytes = b"",
    ) -> None:
        super().__init__(status, code, message)
        self.status, self.code, self.message = status, code, message
        self.errors = list(errors)
        self.operation, self.tracking_id, self.content = operation, tracking_id, content

    def __str__(self) -> str:
        what = f"{self.operation}: " if self.operation else ""
        code = f", code {self.code}" if self.code is not None else ""
        fields = "".join(f"; {each.get('field')}: {each.get('message')}" for each in self.errors)
        tracking = f" (tracking id {self.tracking_id})" if self.tracking_id else ""
        advice = f" {self.advice()}" if self.advice() else ""
        return f"{what}{self.message or 'Zoom gave no reason'} [HTTP {self.status}{code}]{fields}{tracking}{advice}"

    def advice(self) -> str:
        """Return what the caller can do, as a sentence; empty if there is nothing to say."""
        return ""


class InvalidRequest(APIError):
    """Zoom refused a value that was sent; `errors` names the fields where Zoom does."""


class Unauthorized(APIError):
    """The access token is missing, wrong or expired."""

    def advice(self) -> str:
        return (
            "Get a new access token. Where the connection renews it by itself, look at the app's credentials, whether "
            "the app is active, and at this machine's clock."
        )


class ScopeMissing(APIError):
    """The app lacks a scope. `scopes` lists alternatives: any one of them will do."""

    @property
    def scopes(self) -> tuple[str, ...]:
        """The scopes of which the app needs one: those that Zoom lists in its text, or else the operation's."""
        listed = _SCOPE_LIST.search(self.message)
        if named := _SCOPE.findall(listed[1]) if listed else []:
            return tuple(dict.fromkeys(named))
        if self.operation:
            return self.operation.scopes or self.operation.classic_scopes
        return tuple(dict.fromkeys(_SCOPE.findall(self.message)))

    def advice(self) -> str:
        return f"Add one of these scopes to the app: {', '.join(self.scopes)}." if self.scopes else ""


class PermissionDenied(APIError):
    """The user may not do this, whatever the app's scopes are."""

    def advice(self) -> str:
        return "Use a user, or a role of the app's owner, that may do this: another token would not help."


class PlanRequired(PermissionDenied):
    """The account's plan, or a licence of the user, does not include this. `requires` says what does."""

    @property
    def requires(self) -> tuple[str, ...]:
        """The lowest plan and the licences that the operation takes (`Pro plan`, `Webinar add-on`), as Zoom says."""
        return self.operation.requires if self.operation else ()

    def advice(self) -> str:
        if self.requires:
            return f"It takes: {', '.join(self.requires)}."
        return "It takes a plan, an add-on or a permission that this account or user does not have."


class NotFound(APIError):
    """There is no such user, meeting, recording or other thing: not any more, or not for this account.

    Attributes:
        waited: the seconds for which a recording was asked for again.
    """

    waited = 0.0

    def advice(self) -> str:
        if self.code != NO_RECORDING:
            return ""
        if self.waited:
            return (
                f"Zoom has said so for {self.waited:g} s: there is none, unless it is long and the meeting just ended."
            )
        return (
            "Zoom says the same of a recording that it still processes and of none at all: ask again for some minutes "
            "after the meeting's end, or wait for the event recording.completed; then there is none."
        )


class Conflict(APIError):
    """The thing exists already, or another one is in its way."""


class RateLimited(APIError):
    """Too many requests. `retry_at` is when Zoom will take the next; `daily` tells a day's limit from a second's."""

    retry_at: datetime | None = None
    daily: bool = False

    def advice(self) -> str:
        when = f" after {self.retry_at.isoformat()}" if self.retry_at else ""
        return (
            f"The limit of the day is reached; try again{when or ' tomorrow (UTC)'}."
            if self.daily
            else f"Try again{when}."
        )


class Throttled(RateLimited):
    """The account's limit is used up, so the request was not sent. `retry_at` is when it may be; `daily` as of Zoom's.

    Attributes:
        limit: what was reached: `heavy`, `phone heavy`.
        account: the account whose limit it is.
    """

    def __init__(
        self, limit: str, account: str, retry_at: datetime, *, daily: bool, operation: Operation[Any] | None = None
    ) -> None:
        super().__init__(429, None, "", operation=operation)
        self.limit, self.account, self.retry_at, self.daily = limit, account, retry_at, daily
        what, period = f"{operation}: " if operation else "", "the day's limit" if daily else "the limit"
        self.message = f"{what}not sent: {period} of {limit} requests is used up"

    def __str__(self) -> str:
        return f"{self.message}. {self.advice()}"

    def __reduce__(self) -> Any:
        return _rebuild_throttled, (self.limit, self.account, self.retry_at, self.daily, self.operation)


def _rebuild_throttled(limit: str, account: str, retry_at: datetime, daily: bool, operation: Any) -> Throttled:
    return Throttled(limit, account, retry_at, daily=daily, operation=operation)


class ServerError(APIError):
    """Zoom failed."""
