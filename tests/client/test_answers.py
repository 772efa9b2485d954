"""What each kind of answer of Zoom's becomes, and whether the request is sent again: one row a kind."""

import json
from datetime import UTC, datetime
from typing import Any

import attrs
import pytest

from tests.client.reading import read
from zoom_api_client import errors
from zoom_api_client.core.operations import operations
from zoom_api_client.transport import responses
from zoom_api_client.transport.retry import Attempt, Retry

NOW = datetime(2026, 5, 30, 12, 0, tzinfo=UTC)
GET_MEETING = next(each for each in operations() if str(each) == "meetings.get_meeting")
QPS = {"x-ratelimit-type": "QPS", "x-ratelimit-category": "Light"}
DAILY = {"x-ratelimit-type": "Daily-limit", "x-ratelimit-category": "Heavy", "retry-after": "2026-05-31T00:00:00Z"}
PER_SECOND = "You have reached the maximum per-second rate limit for this API."
PER_DAY = "You have reached the maximum daily rate limit for this API."
PER_USER = "You have exceeded the daily rate limit (100) of Meeting Create/Update API requests permitted for this user."


@attrs.frozen
class Row:
    """An answer, what it becomes, and whether a read and a write are sent again."""

    status: int
    body: Any
    error: type[errors.APIError]
    read_again: bool = False
    write_again: bool = False
    headers: dict[str, str] = attrs.field(factory=dict)
    fields: dict[str, Any] = attrs.field(factory=dict)


def said(code: int, message: str = "No.", **more: Any) -> dict[str, Any]:
    """Return the body of a refusal."""
    return {"code": code, "message": message, **more}


ROWS = {
    "expired token": Row(401, said(124, "Access token is expired."), errors.Unauthorized, fields={"code": 124}),
    "invalid token": Row(401, said(124, "Invalid access token."), errors.Unauthorized),
    "token refused with 400": Row(400, said(124), errors.Unauthorized),
    "no body at all": Row(401, None, errors.Unauthorized, fields={"code": None, "message": ""}),
    "scope missing, 104": Row(400, said(104), errors.ScopeMissing, fields={"scopes": GET_MEETING.scopes}),
    "scope missing, 4711": Row(400, said(4711), errors.ScopeMissing, fields={"code": 4711}),
    "scope missing, 4700": Row(401, said(4700), errors.ScopeMissing),
    "scope missing, with 403": Row(403, said(104), errors.ScopeMissing),
    "quotes that are not escaped": Row(
        400,
        b'{"code":104,"message":"Invalid access token, does not contain scopes:["a:b"]."}',
        errors.ScopeMissing,
        fields={"code": 104},
    ),
    "plan missing": Row(400, said(200, "Webinar plan is missing."), errors.PlanRequired),
    "plan missing, with 403": Row(403, said(200), errors.PlanRequired),
    "plan missing, with 200": Row(
        200, said(200, "Webinar plan is missing."), errors.PlanRequired, fields={"status": 200}
    ),
    "failure with 201": Row(201, said(3161), errors.APIError, fields={"code": 3161, "status": 201}),
    "no permission": Row(403, said(201), errors.PermissionDenied),
    "no permission, without a code": Row(403, {"message": "Forbidden"}, errors.PermissionDenied),
    "no such user": Row(404, said(1001), errors.NotFound),
    "no such user, with 400": Row(400, said(1001), errors.NotFound),
    "user of another account": Row(400, said(1010), errors.NotFound),
    "no such account": Row(404, said(2001), errors.NotFound),
    "no such meeting": Row(404, said(3001), errors.NotFound, fields={"code": 3001}),
    "no recording": Row(404, said(3301), errors.NotFound),
    "invitation expired": Row(404, said(1120), errors.NotFound),
    "no such channel": Row(404, said(4130), errors.NotFound),
    "no such address": Row(
        404, b"<html>Not Found</html>", errors.NotFound, fields={"message": "<html>Not Found</html>"}
    ),
    "e-mail is taken": Row(409, said(1005), errors.Conflict),
    "validation failed": Row(
        400,
        said(300, "Validation Failed.", errors=[{"field": "topic", "message": "too long"}]),
        errors.InvalidRequest,
        fields={"errors": [{"field": "topic", "message": "too long"}]},
    ),
    "page token expired": Row(400, said(300, "The next page token is invalid or expired."), errors.InvalidRequest),
    "cannot be processed": Row(422, said(300), errors.InvalidRequest),
    "meeting is over": Row(400, said(3038), errors.InvalidRequest, fields={"code": 3038}),
    "data older than a year": Row(400, said(12702), errors.InvalidRequest),
    "error_message": Row(400, {"error_message": "Bad."}, errors.InvalidRequest, fields={"message": "Bad."}),
    "reason, as OAuth has it": Row(400, {"reason": "Invalid Token!", "error": "invalid_grant"}, errors.InvalidRequest),
    "code as text": Row(400, {"code": "300", "message": "No."}, errors.InvalidRequest, fields={"code": 300}),
    "a list": Row(400, [1], errors.InvalidRequest, fields={"message": "[1]"}),
    "per second": Row(429, said(429, PER_SECOND), errors.RateLimited, True, True, QPS, {"daily": False}),
    "per second, without headers": Row(429, said(429, PER_SECOND), errors.RateLimited, True, True),
    "too many at once": Row(429, said(429, "Too many concurrent requests."), errors.RateLimited, True, True),
    "retry after seconds": Row(429, said(429), errors.RateLimited, True, True, {"retry-after": "3"}),
    "retry after a minute": Row(429, said(429), errors.RateLimited, headers={"retry-after": "60"}),
    "per day": Row(
        429,
        said(429, PER_DAY),
        errors.RateLimited,
        headers=DAILY,
        fields={"daily": True, "retry_at": datetime(2026, 5, 31, tzinfo=UTC)},
    ),
    "per day, by its text alone": Row(429, said(429, PER_DAY), errors.RateLimited, fields={"daily": True}),
    "per user and day": Row(429, said(429, PER_USER), errors.RateLimited, fields={"daily": True, "retry_at": None}),
    "429 in HTML": Row(429, b"<html>", errors.RateLimited, True, True),
    "internal error": Row(500, said(500), errors.ServerError, True),
    "bad gateway in HTML": Row(502, b"<html>", errors.ServerError, True, fields={"message": "<html>"}),
    "unavailable": Row(503, None, errors.ServerError, True),
    "gateway timeout": Row(504, b"", errors.ServerError, True),
    "not implemented": Row(501, said(501), errors.ServerError),
    "method not allowed": Row(405, None, errors.APIError, fields={"status": 405}),
    "gone": Row(410, said(410), errors.APIError),
    "teapot": Row(418, said(7), errors.APIError, fields={"code": 7}),
    "redirect that leads nowhere": Row(302, None, errors.APIError, fields={"status": 302}),
}


def answer(row: Row) -> responses.Response:
    """Return the answer of a row."""
    body = row.body if isinstance(row.body, bytes) else b"" if row.body is None else json.dumps(row.body).encode()
    media_type = "text/html" if body.startswith(b"<") else "application/json"
    return responses.Response(row.status, {"content-type": media_type, "x-zm-trackingid": "WEB_1", **row.headers}, body)


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
def test_answer_becomes_the_right_error(row: Row) -> None:
    """A caller catches by class, and reads what to do from the fields."""
    with pytest.raises(errors.APIError) as caught:
        read(answer(row), GET_MEETING)
    error = caught.value
    assert type(error) is row.error
    assert (error.status, error.tracking_id, error.operation) == (row.status, "WEB_1", GET_MEETING)
    assert {name: getattr(error, name) for name in row.fields} == row.fields
    assert str(row.status) in str(error)


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
def test_only_what_may_pass_is_sent_again(row: Row) -> None:
    """Repeating in vain gets an app disabled; not repeating what passes in a second fails for nothing."""
    error = responses.error(answer(row), responses.decode(answer(row)), GET_MEETING)
    if isinstance(error, errors.RateLimited) and row.headers.get("retry-after", "").isdigit():
        error.retry_at = responses.retry_at(row.headers["retry-after"], NOW)
    policy = Retry(now=lambda: NOW, vary=lambda: 0.5)
    again = [policy.wait(Attempt(1, method, error)) is not None for method in ("GET", "POST")]
    assert again == [row.read_again, row.write_again]


def test_there_are_enough_rows() -> None:
    """The table is the specification: it must not shrink."""
    assert len(ROWS) >= 40


@pytest.mark.parametrize(
    ("error", "method", "again"),
    [
        (errors.ConnectionFailed("refused", may_have_arrived=False), "POST", True),
        (errors.ConnectionFailed("timed out"), "POST", False),
        (errors.ConnectionFailed("timed out"), "GET", True),
        (errors.TooManyRedirects("in circles"), "GET", False),
        (errors.PagingFailed("no page"), "GET", False),
    ],
)
def test_a_write_that_may_have_arrived_is_not_sent_twice(error: errors.ZoomError, method: str, again: bool) -> None:
    """Zoom would create two meetings: it has no idempotency keys."""
    assert (Retry().wait(Attempt(1, method, error)) is not None) is again


def test_waits_grow_and_end() -> None:
    """A client that never gives up hangs; one that does not slow down makes it worse."""
    policy, error = Retry(vary=lambda: 0.5), errors.ServerError(503)
    assert [policy.wait(Attempt(number, "GET", error)) for number in (1, 2, 3, 4)] == [1.0, 2.0, 4.0, None]
    assert policy.wait(Attempt(2, "GET", error, waited=59.0)) is None
    assert Retry(attempts=1).wait(Attempt(1, "GET", error)) is None


def test_retry_after_is_waited_for_and_not_forestalled() -> None:
    """A request that comes back a moment too early is refused again."""
    error = errors.RateLimited(429)
    error.retry_at = datetime(2026, 5, 30, 12, 0, 5, tzinfo=UTC)
    policy = Retry(now=lambda: NOW, vary=lambda: 1.0)
    assert policy.wait(Attempt(1, "POST", error)) == pytest.approx(5.5)
