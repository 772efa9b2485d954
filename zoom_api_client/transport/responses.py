"""From a request to what goes over the wire, and from an answer to its result or error. Nothing is sent here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import unquote, urljoin, urlsplit

import attrs

from zoom_api_client import errors
from zoom_api_client.core import codec, decoding
from zoom_api_client.core.model import Model
from zoom_api_client.core.operation import Operation, Request
from zoom_api_client.core.unset import UNSET, File

T = TypeVar("T")

_HOSTS = ("zoom.us", "zoomgov.com")

BASE_URL = "https://api.zoom.us/v2"

_CODE = re.compile(r"-?[0-9]{1,18}")
_PAGES = ("text/html", "application/xhtml+xml")
_LONGEST_REFUSAL = 64 * 1024  # bytes
_EXPIRED_OR_MISSING = {124}
_SCOPE = {104, 4700, 4711}
_PLAN = {200}
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

Part = tuple[str, tuple[str | None, Any, str | None]]
Target = Operation[Any] | tuple[str, str]
"""What a request is for: an operation, or a method and a path below the base URL, without the query."""


@attrs.frozen(slots=False)
class Answer:
    """What came back: the status, the headers (names in lower case) and the body."""

    status: int
    headers: Mapping[str, str] = attrs.field(repr=False)  # cookies, signed links
    content: bytes = attrs.field(repr=False)
    nesting: int = attrs.field(default=codec.NESTING, repr=False)

    @property
    def media_type(self) -> str:
        """What the content is said to be: Zoom leaves it out where it is JSON."""
        return (self.headers.get("content-type") or "application/json").partition(";")[0].strip().lower()

    @property
    def is_text(self) -> bool:
        """Whether it is said to be JSON or another text, and not a file."""
        return "json" in self.media_type or self.media_type.startswith("text/")

    @property
    def is_json_or_page(self) -> bool:
        """Whether it is said to be JSON, or the page of HTML that others answer with."""
        return "json" in self.media_type or self.media_type in _PAGES

    @cached_property
    def json(self) -> Any:
        """The decoded body, or the `ValueError` that it is not JSON: each answer is looked at twice."""
        try:
            return codec.loads(self.content, self.nesting)
        except ValueError as fault:
            return fault


def operation_of(target: Target) -> Operation[Any] | None:
    """Return the operation that a request is for, if it is known."""
    return target if isinstance(target, Operation) else None


def spoken(target: Target) -> str:
    """Say what a request is for, in messages and logs."""
    return str(target) if isinstance(target, Operation) else " ".join(target)


def is_zoom(url: str) -> bool:
    """Tell whether an address is Zoom's own: credentials go nowhere else."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return parts.scheme == "https" and any(host == own or host.endswith(f".{own}") for own in _HOSTS)


def address(request: Request[Any], base_url: str) -> str:
    """Return the URL of a request. Uploads go to Zoom's upload hosts, or to the stand-in that the client talks to."""
    server = request.operation.server
    if not server:
        return base_url + request.path
    if not is_zoom(server):
        raise errors.AddressRefused(
            f"{request.operation} is at {server}, which is not Zoom's: the token is not sent there"
        )
    if urlsplit(server).path.rstrip("/") != "/v2":  # SCIM lies beside /v2
        return base_url.removesuffix("/v2") + request.path
    return (server if is_zoom(base_url) else base_url) + request.path


def check_path(path: str) -> None:
    """Raise `AddressRefused` for a path that leads to another host, or above the base URL.

    Some servers decode a path again, and some take a backslash for a slash: it is refused as any of them would see it.
    """
    if not path.startswith("/"):
        raise errors.AddressRefused(f"the path {path!r} must begin with a slash: a token goes to no other address")
    plain, decoded = "", path.partition("?")[0].partition("#")[0]
    while plain != decoded:
        plain, decoded = decoded, unquote(decoded)
    if "\\" in plain or not {".", ".."}.isdisjoint(plain.split("/")):
        raise errors.AddressRefused(
            f"the path {path.partition('?')[0]!r} leads out of the account, or above the base URL: "
            "spell it without `.`, `..` and backslashes"
        )


def accepted(operation: Operation[Any]) -> str:
    """Return what a request says it understands: SCIM has a media type of its own, a file may be of any."""
    if "bytes" in operation.results.values():
        return "*/*"
    return "application/scim+json, application/json" if operation.path.startswith("/scim2/") else "application/json"


def multipart(body: Any) -> list[Part]:
    """Return the parts of a multipart body: files as they are, values as text, objects as JSON."""
    return list(_parts("", body))


def _parts(prefix: str, body: Any) -> Iterator[Part]:
    fields: Mapping[str, Any] = body.__dict__ if isinstance(body, Model) else body
    for name, value in fields.items():
        several = isinstance(value, list | tuple)
        for index, each in enumerate(value if several else [] if value is UNSET or value is None else [value]):
            place = f"{prefix}{name}"
            if _holds_files(each):  # JSON cannot carry a file: its object is sent field by field, `items[0].file`
                yield from _parts(f"{place}[{index}]." if several else f"{place}.", each)
            else:
                yield place, _part(name, each)


def _holds_files(value: Any) -> bool:
    if isinstance(value, Model | Mapping):
        fields = value.__dict__ if isinstance(value, Model) else value
        return any(isinstance(each, File | bytes) or _holds_files(each) for each in fields.values())
    return isinstance(value, list | tuple) and any(
        isinstance(each, File | bytes) or _holds_files(each) for each in value
    )


def _part(name: str, value: Any) -> tuple[str | None, Any, str | None]:
    if isinstance(value, File):
        return value.name, _lasting(value.content), value.media_type
    if isinstance(value, bytes) or hasattr(value, "read"):
        return name, _lasting(value), "application/octet-stream"
    plain = codec.plain(value)
    if isinstance(plain, dict | list):
        return None, codec.dumps(plain), "application/json"
    text = str(plain).lower() if isinstance(plain, bool) else str(plain)
    return None, text.encode(), None


def _lasting(content: Any) -> Any:
    """Return what can be sent again, with a new token for example: what can be read but once is read now."""
    if isinstance(content, bytes) or (hasattr(content, "seekable") and content.seekable()):
        return content
    return content.read()


def redirect(request_url: str, answer: Answer, method: str, *, keeps_authorization: bool) -> tuple[str, bool] | None:
    """Return where an answer sends the request on to, and whether the credentials may go along; None if it does not.

    Zoom's upload hosts redirect to each other and want the credentials again: they get them, and nobody else does.
    """
    location = answer.headers.get("location")
    if answer.status not in (301, 302, 303, 307, 308) or not location:
        return None
    if method != "GET" and not keeps_authorization:
        return None
    target = urljoin(request_url, location)
    same_origin = urlsplit(target)[:2] == urlsplit(request_url)[:2]
    return target, same_origin or is_zoom(target)


def read(operation: Operation[T], answer: Answer) -> T:
    """Return the typed result of an answer, or raise the error that it is."""
    content = value(answer, operation)
    if _hint(operation, answer.status) == "bytes":
        return operation.adopt(answer.status, answer.content)
    return operation.adopt(answer.status, content)


def value(answer: Answer, operation: Operation[Any] | None = None) -> Any:
    """Return the decoded body of an answer (None without one, bytes of a file), or raise the error it is."""
    failure = failure_of(answer, operation)
    if failure is None:
        return decoded(answer)
    raise failure


def decoded(answer: Answer) -> Any:
    """Return the body of an answer: JSON as values, a file as bytes, other text as it is, None if there is none."""
    if not answer.content:
        return None
    if not answer.is_text and answer.status < 400:
        return answer.content
    if not isinstance(answer.json, ValueError):
        return answer.json
    return answer.content.decode("utf-8", "replace") if answer.is_text else answer.content


def failure_of(answer: Answer, operation: Operation[Any] | None = None) -> errors.ZoomError | None:
    """Return the error that an answer is: a refusal of Zoom's, or a success that Zoom did not send."""
    if not 200 <= answer.status < 300:
        return error(answer, decoded(answer), operation)
    if not answer.content:
        return _unexpected("the answer is empty", answer, operation) if _needs_content(answer, operation) else None
    is_short_json = answer.content.startswith(b"{") and len(answer.content) < _LONGEST_REFUSAL
    said = answer.json if answer.is_text or is_short_json else None  # refusals come as octet-stream too
    if _is_failure(said) and not _declares_code(operation):
        return error(answer, said, operation)
    if (operation is None and not answer.is_json_or_page) or _hint(operation, answer.status) == "bytes":
        return None
    if isinstance(said, codec.TooDeep):
        return errors.BoundExceeded("nesting", answer.nesting)
    if not answer.is_text or isinstance(said, ValueError):
        what = f"the answer is not JSON ({answer.media_type}, {len(answer.content):,} bytes)"
        return _unexpected(what, answer, operation)
    return None


def _hint(operation: Operation[Any] | None, status: int) -> str | None:
    """Return what an operation declares for a status, or for the first that it has."""
    if operation is None:
        return None
    return operation.results.get(status, next(iter(operation.results.values()), None))


def _needs_content(answer: Answer, operation: Operation[Any] | None) -> bool:
    """Tell whether an empty success says nothing. Of a write it says that Zoom took it: only a read is for its answer.

    Zoom's documents have 49 successes with 200 or 201 and no content, and it sends 200 for 204 at times.
    """
    is_read = operation is not None and operation.method == "GET"
    return is_read and answer.status == 200 and _hint(operation, 200) not in (None, "bytes")


def _unexpected(what: str, answer: Answer, operation: Operation[Any] | None) -> errors.UnexpectedAnswer:
    tracking_id = answer.headers.get("x-zm-trackingid")
    return errors.UnexpectedAnswer(what, answer.status, answer.content, operation, tracking_id)


def _is_failure(content: Any) -> bool:
    """Zoom reports some failures, a missing plan for example, with status 200 and `{"code": …, "message": …}`."""
    if not isinstance(content, dict) or not isinstance(content.get("message"), str):
        return False
    code = content.get("code")
    return isinstance(code, int) and not isinstance(code, bool) and code != 0


def _declares_code(operation: Operation[Any] | None) -> bool:
    hints = [hint for hint in operation.results.values() if hint] if operation else []
    types = [decoding.resolve(hint, operation.models) for hint in hints] if operation else []
    return any({"code", "message"} <= getattr(each, "_fields", {}).keys() for each in types)


def passing(answer: Answer, operation: Operation[Any] | None = None) -> errors.ZoomError | None:
    """Return the error of an answer that another attempt may not get.

    Too many requests, a failure of Zoom's, or a success that somebody on the way sent instead of Zoom.
    """
    if answer.status == 429 or answer.status >= 500:
        return error(answer, decoded(answer), operation)
    failure = failure_of(answer, operation) if answer.status < 300 else None
    return failure if isinstance(failure, errors.UnexpectedAnswer) else None


def error(answer: Answer, content: Any, operation: Operation[Any] | None = None) -> errors.APIError:
    """Return the error that an answer is; its class by HTTP status and Zoom's code together."""
    said = content if isinstance(content, dict) else {}
    code = _code(said["code"]) if "code" in said else _code_in(content)
    message = said.get("message") or said.get("error_message") or said.get("reason") or ("" if said else _text(content))
    fields = said.get("errors") if isinstance(said.get("errors"), list) else []
    made = _class(answer.status, code)(
        status=answer.status,
        code=code,
        message=codec.told(str(message)),
        errors=[_told(each) for each in fields or [] if isinstance(each, dict)],
        operation=operation,
        tracking_id=answer.headers.get("x-zm-trackingid"),
        content=answer.content,
    )
    if isinstance(made, errors.RateLimited):
        made.retry_at = retry_at(answer.headers.get("retry-after"), datetime.now(UTC))
        made.daily = (
            "daily" in made.message.lower() or answer.headers.get("x-ratelimit-type", "").lower() == "daily-limit"
        )
    return made


def _told(field: dict[str, Any]) -> dict[str, Any]:
    return {name: codec.told(text) if isinstance(text, str) else text for name, text in field.items()}


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
    return "" if content is None else str(content)[:2000]


def _class(status: int, code: int | None) -> type[errors.APIError]:
    if code in _SCOPE and status in (400, 401, 403):
        return errors.ScopeMissing
    if code in _EXPIRED_OR_MISSING and status in (400, 401):
        return errors.Unauthorized
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


def query_text(given: Any) -> Any:
    """Return the values of a caller's own query as Zoom spells them: `true`, times in UTC."""
    if isinstance(given, Mapping):
        return [(name, text) for name, each in given.items() for text in _texts(each)]
    return given


def _texts(given: Any) -> Iterator[str]:
    if given is None or given is UNSET:
        return
    if isinstance(given, list | tuple):
        for each in given:
            yield from _texts(each)
    elif isinstance(given, bool):
        yield str(given).lower()
    elif isinstance(given, date):
        yield str(codec.plain(given))
    else:
        yield str(given)
