"""An HTTP response: its decoded content, and the error that it is if it is one. Nothing is sent here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cached_property, partial
from typing import Any

import attrs

from zoom_api_client import errors
from zoom_api_client.core import codec
from zoom_api_client.core.operation import Operation
from zoom_api_client.core.redaction import quote_text, redact_value
from zoom_api_client.core.secret import Secret

_CODE = re.compile(r"-?[0-9]{1,18}")
_LONGEST_QUOTED = 64 * 1024  # bytes of an answer whose refused fields are listed
_PAGES = ("text/html", "application/xhtml+xml")
_EXPIRED_OR_MISSING = {124}
_SCOPE = {104, 4700, 4711}
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
        return (self.headers.get("content-type") or "application/json").partition(";")[0].strip().lower()

    @property
    def is_text(self) -> bool:
        """Tell whether the content is said to be JSON or another text, and not a file."""
        return "json" in self.media_type or self.media_type.startswith("text/")

    @property
    def is_json_or_page(self) -> bool:
        """Tell whether the content is said to be JSON, or the page of HTML that others answer with."""
        return "json" in self.media_type or self.media_type in _PAGES

    @cached_property
    def json(self) -> Any:
        """The decoded body, or the `ValueError` that it is not JSON: each answer is looked at twice."""
        try:
            return codec.loads(self.content, self.nesting)
        except ValueError as fault:
            return fault


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
    """Tell whether Zoom took an answer's request for one too many in its second or minute: then it did nothing."""
    refusal = error(answer, decode(answer)) if answer.status == 429 else None
    return isinstance(refusal, errors.RateLimited) and not refusal.daily


def error(answer: Response, content: Any, operation: Operation[Any] | None = None) -> errors.APIError:
    """Return the error that an answer is; its class by HTTP status and Zoom's code together."""
    said = content if isinstance(content, dict) else {}
    code = _code(said["code"]) if "code" in said else _code_in(content)
    message = said.get("message") or said.get("error_message") or said.get("reason") or ("" if said else _text(content))
    fields = said.get("errors") if len(answer.content) <= _LONGEST_QUOTED else []
    quote = partial(_quote, answer)
    made = _class(answer.status, code)(
        status=answer.status,
        code=code,
        message=quote(str(message)),
        errors=[redact_value("", each, quote) for each in fields if isinstance(each, dict)]
        if isinstance(fields, list)
        else [],
        operation=operation,
        tracking_id=answer.tracking_id,
        content=answer.content,
    )
    if isinstance(made, errors.RateLimited):
        made.retry_at = retry_at(answer.headers.get("retry-after"), datetime.now(UTC))
        made.daily = (
            "daily" in made.message.lower() or answer.headers.get("x-ratelimit-type", "").lower() == "daily-limit"
        )
    return made


def _quote(answer: Response, text: str) -> str:
    return quote_text(text, answer.token)


def _code(said: Any) -> int | None:
    """Return a code that is a number, or a number as text."""
    text = "" if isinstance(said, bool) else str(said)
    return int(text) if _CODE.fullmatch(text) else None


def _code_in(content: Any) -> int | None:
    """Find the code in a body that is almost JSON: Zoom does not escape the quotes in some messages."""
    found = re.search(rf'"code"\s*:\s*"?({_CODE.pattern})\b', content) if isinstance(content, str) else None
    return int(found[1]) if found else None


def _text(content: Any) -> str:
    if isinstance(content, bytes):
        return f"{len(content)} bytes that are no text"
    return "" if content is None else str(content)


def _class(status: int, code: int | None) -> type[errors.APIError]:
    if code in _SCOPE and status in (400, 401, 403):
        return errors.ScopeMissing
    if code in _EXPIRED_OR_MISSING and status in (400, 401):
        return errors.Unauthorized
    if code in _PERMISSION and status == 401:
        return errors.PermissionDenied
    if code in _PLAN and status in (200, 400, 403):
        return errors.PlanRequired
    if code in _UNKNOWN and status in (200, 400, 404):
        return errors.NotFound
    return errors.ServerError if status >= 500 else _BY_STATUS.get(status, errors.APIError)


def retry_at(header: str | None, now: datetime) -> datetime | None:
    """Read `Retry-After`: seconds, an HTTP date, or the ISO date-time that Zoom sends."""
    if not header:
        return None
    if header.strip().isascii() and header.strip().isdigit():
        return now + timedelta(seconds=int(header)) if len(header.strip()) < 9 else None
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(header.strip())
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
