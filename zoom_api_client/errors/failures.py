"""The base of all errors, and those that are not a refusal by Zoom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from zoom_api_client.core.conformance import Departure
    from zoom_api_client.core.operation import Operation


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
        """Return what the caller can do, as a sentence; empty if there is nothing to say."""
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


class CredentialsMissing(ZoomError, ValueError):
    """The environment does not say who connects to Zoom, or the file that should cannot be read."""


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
