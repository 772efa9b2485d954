"""An HTTP response: its decoded content, and the error that it is if it is one. Nothing is sent here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache, partial
from typing import Any

import attrs

from zoom_api_client import errors
from zoom_api_client.core import codec
from zoom_api_client.core.operation import Operation
from zoom_api_client.core.redaction import quote_text, redact_value
from zoom_api_client.core.secret import Secret
from zoom_api_client.transport import daily_limit, http_date, refusal

_LONGEST_QUOTED = 64 * 1024  # bytes of an answer whose refused fields are listed
_PAGES = ("text/html", "application/xhtml+xml")
# Zoom's codes by what they mean; `_class` asks for the status too, since products use a number for other things.
_EXPIRED_OR_MISSING = {124}
_SCOPE = {104, 4700, 4711}
_SCOPE_LIST = re.compile(r"scopes?\W{0,3}\[")  # also with 201, and in any language
_PLAN = {200}
_PERMISSION = {200, 201}  # of a 401: no other token would help
_UNKNOWN = {1001, 1010, 2001, 3001, 3301}
_BY_STATUS: dict[int, type[errors.APIError]] = {
    400: errors.InvalidRequest,
    401: errors.Unauthorized,
    403: errors.PermissionDenied,
    404: errors.NotFound,
    409: errors.Conflict,
    422: errors.InvalidRequest,
    429: errors.RateLimited,
}


@attrs.frozen(slots=False)
class Response:
    """A response as it came: the status, the headers (names in lower case) and the body.

    Attributes:
        nesting: how deep its JSON may be nested.
        token: the access token that was sent: Zoom may quote it.
    """

    status: int
    headers: Mapping[str, str] = attrs.field(repr=False)  # cookies, signed links
    content: bytes = attrs.field(repr=False)
    nesting: int = attrs.field(default=codec.NESTING, repr=False)
    token: Secret | None = attrs.field(default=None, repr=False)

    @property
    def tracking_id(self) -> str | None:
        """Zoom's name for the request, as messages and logs may show it."""
        given = self.headers.get("x-zm-trackingid")
        return quote_text(given) if given else None

    @property
    def media_type(self) -> str:
        """The media type of the content: Zoom leaves it out where it is JSON."""
        return _media_type(self.headers.get("content-type"))

    @property
    def is_text(self) -> bool:
        """Return whether the content is said to be JSON or another text, and not a file."""
        return "json" in self.media_type or self.media_type.startswith("text/")

    @property
    def is_page(self) -> bool:
        """Return whether the content is said to be the page of HTML that others answer with."""
        return self.media_type in _PAGES

    @property
    def is_json_or_page(self) -> bool:
        """Return whether the content is said to be JSON or a page of HTML."""
        return "json" in self.media_type or self.is_page

    @cached_property
    def json(self) -> Any:
        """The decoded body, or the `ValueError` that it is not JSON: each answer is looked at twice."""
        try:
            return codec.loads(self.content, self.nesting)
        except ValueError as fault:
            return fault


@lru_cache(maxsize=64)  # each call asks several times
def _media_type(header: str | None) -> str:
    return (header or "application/json").partition(";")[0].strip().lower()


def decode(answer: Response) -> Any:
    """Return the body of an answer: JSON as values, a file as bytes, other text as it is, None if there is none."""
    if not answer.content:
        return None
    if not answer.is_text and answer.status < 400:
        return answer.content
    if not isinstance(answer.json, ValueError):
        return answer.json
    return answer.content.decode("utf-8", "replace") if answer.is_text else answer.content


def is_refused_per_second(answer: Response) -> bool:
    """Return whether Zoom took an answer's request for one too many in its second or minute: then it did nothing."""
    failure = error(answer, decode(answer)) if answer.status == 429 else None
    return isinstance(failure, errors.RateLimited) and not failure.daily


def error(answer: Response, content: Any, operation: Operation[Any] | None = None) -> errors.APIError:
    """Return the error that an answer is; its class by HTTP status and Zoom's code together."""
    said = refusal.read(content)
    quote = partial(_quote, answer)
    message = quote(said.message)
    fields = said.fields if len(answer.content) <= _LONGEST_QUOTED else ()
    made = _class(answer.status, said.code, message)(
        status=answer.status,
        code=said.code,
        message=message,
        errors=[redact_value("", each, quote) for each in fields],
        operation=operation,
        tracking_id=answer.tracking_id,
        content=answer.content,
    )
    if isinstance(made, errors.RateLimited):
        now = datetime.now(UTC)
        made.retry_at = retry_at(answer.headers.get("retry-after"), now)
        made.daily = daily_limit.is_daily(message, answer.headers, made.retry_at, operation, now)
    return made


def _quote(answer: Response, text: str) -> str:
    return quote_text(text, answer.token)


def _class(status: int, code: int | None, message: str) -> type[errors.APIError]:
    as_failure = 400 if 200 <= status < 300 else status  # the code alone says what a success stands for
    if as_failure in (400, 401, 403) and (code in _SCOPE or _SCOPE_LIST.search(message)):
        return errors.ScopeMissing
    if code in _EXPIRED_OR_MISSING and as_failure in (400, 401):
        return errors.Unauthorized
    if code in _PERMISSION and status == 401:
        return errors.PermissionDenied
    if code in _PLAN and as_failure in (400, 403):
        return errors.PlanRequired
    if code in _UNKNOWN and as_failure in (400, 404):
        return errors.NotFound
    return errors.ServerError if status >= 500 else _BY_STATUS.get(status, errors.APIError)


def retry_at(header: str | None, now: datetime) -> datetime | None:
    """Read `Retry-After`: seconds, an HTTP date, or the ISO date-time that Zoom sends."""
    if not header:
        return None
    if header.strip().isascii() and header.strip().isdigit():
        return now + timedelta(seconds=int(header)) if len(header.strip()) < 9 else None
    return http_date.read(header)
