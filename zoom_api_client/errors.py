"""Errors say what went wrong, and what to do about it. Every error of this library is a `ZoomError`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from zoom_api_client.core.conformance import Departure
    from zoom_api_client.core.operation import Operation


_SCOPE = re.compile(r"\b(?:scopes?:)?([a-z]\w*(?::[a-z]\w*)+)")
_SCOPE_LIST = re.compile(r"scopes?\W{0,3}\[([^\]]*)\]")

NO_RECORDING = 3301
"""Zoom's code for a recording that it still processes, and for none at all."""


class ZoomError(Exception):
    """Base of every error that this library raises about Zoom."""


class MissingExtra(ZoomError, ModuleNotFoundError):
    """A library is not installed that only this part needs; the message says which extra brings it."""

    def __init__(self, what: str, library: str, extra: str) -> None:
        super().__init__(f'{what} needs {library}: pip install "zoom-api-client[{extra}]"', name=library)


class ConnectionFailed(ZoomError):
    """Zoom was not reached, or did not answer in time. The cause is kept as `__cause__`.

    Attributes:
        may_have_arrived: whether Zoom may have got the request, and done what it asks.
    """

    def __init__(self, message: str, *, may_have_arrived: bool = True) -> None:
        super().__init__(message)
        self.may_have_arrived = may_have_arrived


class StoreFailed(ZoomError):
    """Tokens or a cassette could not be read or saved: the disk is full, the directory is not writable or not safe."""


class TooManyRedirects(ConnectionFailed):
    """Zoom sent the request from one address to the next without end."""


class AuthorizationFailed(ZoomError):
    """Zoom gave no token.

    Attributes:
        reason: what Zoom says.
        error: the OAuth name of the refusal: `invalid_client`, `invalid_grant`, `access_denied` …
        code: Zoom's number of it (4700 to 4741), None where the answer has none.
        status: the HTTP status, None where nobody was asked.
    """

    def __init__(
        self,
        reason: str = "",
        error: str | None = None,
        code: int | None = None,
        status: int | None = None,
        advice: str = "",
    ) -> None:
        super().__init__(reason, error, code, status, advice)
        self.reason, self.error, self.code, self.status, self._advice = reason, error, code, status, advice

    def __str__(self) -> str:
        known = [
            f"HTTP {self.status}" if self.status else "",
            self.error or "",
            f"code {self.code}" if self.code else "",
        ]
        marks = ", ".join(each for each in known if each)
        reason = self.reason or "Zoom gave no reason"
        said = f"{reason} [{marks}]" if marks else f"{reason}." if self.advice() else reason
        return f"{said} {self.advice()}".rstrip()

    def advice(self) -> str:
        """Say what the caller can do."""
        return self._advice


class ConsentNeeded(AuthorizationFailed):
    """The user must consent again: there is no refresh token, or the one there was is spent, revoked or unknown."""

    def advice(self) -> str:
        return "Send the user to authorize_url() again, and exchange() what comes back."


class UnexpectedAnswer(ZoomError):
    """A success that Zoom did not send: a page of a proxy or of a Wi-Fi login, half of an answer, a file for JSON.

    Attributes:
        reason: what is unexpected.
        status: the HTTP status.
        content: the answer as it came.
        operation: the operation that was called, None for an address of the caller's own.
        tracking_id: Zoom's name for the request, None where it went through somebody else's hands.
    """

    def __init__(
        self,
        reason: str,
        status: int,
        content: bytes = b"",
        operation: Operation[Any] | None = None,
        tracking_id: str | None = None,
    ) -> None:
        super().__init__(reason, status)  # the content may hold secrets, and a repr shows these
        self.reason, self.status, self.content = reason, status, content
        self.operation, self.tracking_id = operation, tracking_id

    def __str__(self) -> str:
        what = f"{self.operation}: " if self.operation else ""
        tracking = f" (tracking id {self.tracking_id})" if self.tracking_id else ""
        return (
            f"{what}{self.reason} [HTTP {self.status}]{tracking}: a proxy or a login page may have answered instead. "
            "What was asked for may have been done all the same"
        )


class BoundExceeded(ZoomError):
    """An answer goes beyond a bound of the client, and was not read to its end.

    Attributes:
        bound: its name in `Bounds`.
        value: what it is set to.
    """

    def __init__(self, bound: str, value: float) -> None:
        super().__init__(bound, value)
        self.bound, self.value = bound, value

    def __str__(self) -> str:
        return (
            f"Zoom's answer goes beyond the bound {self.bound}={self.value:,}: "
            f"Zoom(…, bounds=Bounds({self.bound}=…)) takes more"
        )


class AddressRefused(ZoomError, ValueError):
    """A request would take the token to where it must not go: nothing was sent."""


class PagingFailed(ZoomError):
    """A list could not be read to its end; what was read so far has been handed out."""


class BatchFailed(ZoomError):
    """One of several batches failed. The cause is kept as `__cause__`.

    Attributes:
        done: what was sent before, and taken.
        failed: what was in the batch that failed; a connection that broke leaves open whether Zoom took it.
        left: what was not sent any more.
    """

    def __init__(self, done: Sequence[Any], failed: Sequence[Any], left: Sequence[Any]) -> None:
        super().__init__(done, failed, left)
        self.done, self.failed, self.left = list(done), list(failed), list(left)

    def __str__(self) -> str:
        return (
            f"{len(self.done)} were done, then a batch of {len(self.failed)} failed ({self.__cause__}), "
            f"and {len(self.left)} were not sent: go on with `failed` and `left`"
        )


class ContractDrift(ZoomError):
    """An answer leaves Zoom's documents: raised by a strict client alone, for what others only count.

    Attributes:
        departures: the ways in which it does.
        result: what any other client would have returned.
    """

    def __init__(self, departures: Sequence[Departure], result: Any) -> None:
        super().__init__(departures, result)
        self.departures, self.result = list(departures), result

    def __str__(self) -> str:
        return "Zoom's answer is not as its documents say: " + "; ".join(map(str, self.departures))


class QuotaExceeded(ZoomError):
    """The user's limit of the day is used up: nothing was sent.

    Attributes:
        limit: how many requests a user has in 24 hours.
        used: how many of them count now.
        resets_at: when the next request may go, in UTC.
        user: the id of the user, where it is known.
    """

    def __init__(self, limit: int, used: int, resets_at: datetime, user: str = "") -> None:
        super().__init__(limit, used, resets_at, user)
        self.limit, self.used, self.resets_at, self.user = limit, used, resets_at, user

    def __str__(self) -> str:
        whose = f" of the user {self.user!r}" if self.user else ""
        when = self.resets_at.isoformat(timespec="seconds")
        return f"not sent: {self.used} of the {self.limit} requests{whose} in 24 hours are used; try again after {when}"


class DownloadError(ZoomError):
    """A file could not be downloaded. Its cause, if there is one, is kept as `__cause__`.

    Attributes:
        reason: what is in the way.
        url: where the file is, without what is secret in the address.
        path: where it was to be written. What has come is beside it, in `.part`: the same call goes on from there.
        saved: where the other files of the meeting are, if all were asked for; notes name those that failed too.
    """

    def __init__(self, reason: str, url: str, path: Path) -> None:
        super().__init__(reason, url, path)
        self.reason, self.url, self.path = reason, url, path
        self.saved: list[Path] = []

    def __str__(self) -> str:
        source = f" ({self.url})" if self.url else ""
        return f"{self.path.name} was not downloaded: {self.reason}{source}"


class InvalidSignature(ZoomError):
    """A delivery is not Zoom's, or too old to be taken for it. Answer it with 401, and with nothing else."""


class NotForSubAccounts(ZoomError):
    """Zoom does not have this operation for sub-accounts: nothing was sent."""

    def __init__(self, operation: Operation[Any]) -> None:
        super().__init__(operation)
        self.operation = operation

    def __str__(self) -> str:
        what = f"{self.operation} ({self.operation.method} {self.operation.path})"
        return f"Zoom has no {what} for sub-accounts: call it on the client that `for_account` was called on"


class APIError(ZoomError):
    """Zoom answered, and refused.

    Attributes:
        status: the HTTP status; 2xx for the failures that Zoom reports with success.
        code: Zoom's own code, or None where the answer has none. It means different things in different products.
        message: what Zoom says; the raw text of an answer that is no JSON.
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
        """Say what the caller can do."""
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
