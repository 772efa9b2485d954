"""Which error an answer is, and what it says."""

import copy
import json
import pickle
import traceback
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.client.failures import JSON, error
from tests.client.reading import read
from zoom_api_client import errors
from zoom_api_client.api.meetings import create_meeting, get_meeting, list_webinars, update_meeting
from zoom_api_client.core.operation import Operation
from zoom_api_client.transport import responses

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, 300, errors.InvalidRequest),
        (400, None, errors.InvalidRequest),
        (400, 124, errors.Unauthorized),
        (401, 124, errors.Unauthorized),
        (401, None, errors.Unauthorized),
        (401, 201, errors.PermissionDenied),
        (400, 104, errors.ScopeMissing),
        (400, 4711, errors.ScopeMissing),
        (401, 4700, errors.ScopeMissing),
        (403, 104, errors.ScopeMissing),
        (200, 200, errors.PlanRequired),
        (201, 1001, errors.NotFound),
        (200, 4711, errors.ScopeMissing),
        (200, 124, errors.Unauthorized),
        (200, 300, errors.APIError),
        (400, 200, errors.PlanRequired),
        (403, 200, errors.PlanRequired),
        (403, 201, errors.PermissionDenied),
        (403, None, errors.PermissionDenied),
        (404, 3001, errors.NotFound),
        (400, 1001, errors.NotFound),
        (400, 1010, errors.NotFound),
        (404, 2001, errors.NotFound),
        (404, 3301, errors.NotFound),
        (404, None, errors.NotFound),
        (404, 1005, errors.NotFound),
        (409, 1005, errors.Conflict),
        (422, None, errors.InvalidRequest),
        (429, 429, errors.RateLimited),
        (429, 104, errors.RateLimited),
        (500, 104, errors.ServerError),
        (503, None, errors.ServerError),
        (504, 200, errors.ServerError),
        (410, 3001, errors.APIError),
        (302, None, errors.APIError),
    ],
)
def test_class_of_an_error_tells_what_to_do_about_it(
    status: int, code: int | None, kind: type[errors.APIError]
) -> None:
    """The same code means different things with different statuses: the two count together."""
    found = error(status, b'{"code": %d, "message": "No."}' % code if code is not None else b'{"message": "No."}')
    assert type(found) is kind
    assert (found.status, found.code, found.message) == (status, code, "No.")
    assert isinstance(found, errors.ZoomError)


def test_plan_that_is_missing_is_also_a_permission_that_is_denied() -> None:
    """`except PermissionDenied` must not miss it."""
    assert issubclass(errors.PlanRequired, errors.PermissionDenied)


def test_plan_that_is_missing_is_named() -> None:
    """Zoom says that a plan is missing; which one stands on the page of the operation."""
    answer = responses.Response(400, JSON, b'{"code": 200, "message": "No."}')
    for operation, requires in ((list_webinars.OPERATION, ("Pro plan", "Webinar add-on")), (get_meeting.OPERATION, ())):
        with pytest.raises(errors.PlanRequired) as caught:
            read(answer, operation)
        assert caught.value.requires == requires
        assert all(each in str(caught.value) for each in requires)


def test_fields_that_zoom_refused_are_named() -> None:
    """`Validation Failed.` alone helps nobody; odd entries do not matter."""
    found = error(
        400,
        b'{"code": 300, "message": "Validation Failed.","errors": [{"field": "topic", "message": "Too long."}, "odd"]}',
    )
    assert found.errors == [{"field": "topic", "message": "Too long."}]
    assert str(found) == "meetings.get_meeting: Validation Failed. [HTTP 400, code 300]; topic: Too long."
    assert error(400, b'{"code": 300, "message": "No.", "errors": "odd"}').errors == []


def test_tracking_id_is_kept_and_reported() -> None:
    """Zoom's support asks for it first."""
    found = error(500, b"", **{"x-zm-trackingid": "WEB_1a2b"})
    assert found.tracking_id == "WEB_1a2b"
    assert str(found) == "meetings.get_meeting: Zoom gave no reason [HTTP 500] (tracking id WEB_1a2b)"


def test_missing_scope_is_named() -> None:
    """Any one of them will do: the reader need not search Zoom's pages."""
    found = error(400, b'{"code": 4711, "message": "No scopes."}')
    assert isinstance(found, errors.ScopeMissing)
    assert found.scopes == ("meeting:read:meeting", "meeting:read:meeting:admin")
    assert str(found).endswith(" Add one of these scopes to the app: meeting:read:meeting, meeting:read:meeting:admin.")
    assert errors.ScopeMissing(400).scopes == ()


@pytest.mark.parametrize(
    "message",
    [
        "Invalid access token, does not contain scopes:[user:read:user, user:read:user:admin].",
        '{"code":4711,"message":"does not contain scopes:["user:read:user", "user:read:user:admin"]."}',
    ],
)
def test_missing_scope_of_a_path_is_named(message: str) -> None:
    """Of a path that is called without its operation, Zoom alone knows the scopes."""
    found = errors.ScopeMissing(400, 4711, message)
    assert found.scopes == ("user:read:user", "user:read:user:admin")
    assert str(found).endswith(" Add one of these scopes to the app: user:read:user, user:read:user:admin.")


@pytest.mark.parametrize(
    ("status", "code", "advice"),
    [(401, 124, "Get a new access token."), (403, 200, "plan, an add-on or a permission"), (429, 429, "Try again.")],
)
def test_error_says_what_to_do(status: int, code: int, advice: str) -> None:
    """The one who reads it is seldom the one who knows Zoom's codes."""
    assert advice in str(error(status, b'{"code": %d, "message": "No."}' % code))


@pytest.mark.parametrize(
    ("header", "moment"),
    [
        ("30", NOW + timedelta(seconds=30)),
        ("0", NOW),
        ("2026-05-31T00:00:00Z", datetime(2026, 5, 31, tzinfo=UTC)),
        ("2026-05-31T02:00:00+02:00", datetime(2026, 5, 31, tzinfo=UTC)),
        ("2026-05-31T00:00:00", datetime(2026, 5, 31, tzinfo=UTC)),
        ("Sun, 31 May 2026 00:00:00 GMT", datetime(2026, 5, 31, tzinfo=UTC)),
        (" 30 ", NOW + timedelta(seconds=30)),
        ("tomorrow", None),
        ("-1", None),
        ("1.5", None),
        ("\N{SUPERSCRIPT TWO}", None),
        ("99999999999999999", None),
        ("", None),
        (None, None),
    ],
)
def test_time_to_try_again_is_read_in_every_spelling(header: str | None, moment: datetime | None) -> None:
    """Zoom sends a date-time where HTTP has seconds; what is neither must not hide the 429."""
    assert responses.retry_at(header, NOW) == moment


@pytest.mark.parametrize(
    ("message", "headers", "daily"),
    [
        ("You have exceeded the maximum per-second rate limit.", {}, False),
        ("You have exceeded the maximum per-second rate limit.", {"x-ratelimit-type": "QPS"}, False),
        ("You have reached the maximum daily rate limit.", {}, True),
        ("You have exceeded the daily rate limit (100) of Meeting Create/Update API requests.", {}, True),
        ("Too many requests.", {"x-ratelimit-type": "Daily-limit"}, True),
        ("Too many concurrent requests.", {}, False),
        ("Ha superado el l\u00edmite (100) de solicitudes.", {"x-ratelimit-remaining": "57"}, True),
        ("\u5df2\u8fbe\u5230\u4e0a\u9650\uff08100\uff09", {}, True),
        ("L\u00edmite (30) alcanzado.", {"x-ratelimit-type": "QPS"}, False),
        ("The daily limit is not reached.", {"x-ratelimit-type": "QPS"}, False),
        ("Demasiadas solicitudes.", {}, False),
    ],
)
def test_limit_of_the_day_is_told_from_that_of_the_second(message: str, headers: dict[str, str], daily: bool) -> None:
    """One is over in a second, the other at midnight: retrying the second only makes it worse."""
    found = error(429, b'{"code": 429, "message": "%s"}' % message.encode(), **headers)
    assert isinstance(found, errors.RateLimited)
    assert found.daily is daily
    assert found.retry_at is None
    assert ("try again tomorrow" in str(found)) is daily


def limited(operation: Operation[Any], message: str, **headers: str) -> errors.RateLimited:
    """Return the error of a 429 of some operation."""
    content = json.dumps({"code": 429, "message": message}).encode()
    with pytest.raises(errors.RateLimited) as caught:
        read(responses.Response(429, {**JSON, **headers}, content), operation)
    return caught.value


@pytest.mark.parametrize("ahead", [timedelta(minutes=4), timedelta(hours=9)])
@pytest.mark.parametrize("header", ["retry-after", "x-ratelimit-reset"])
def test_limit_that_holds_for_hours_is_that_of_the_day(header: str, ahead: timedelta) -> None:
    """The text may be in any language, and the type of the limit missing: the time says it."""
    at = datetime.now(UTC) + ahead
    text = f"{at:%Y-%m-%dT%H:%M:%SZ}" if header == "retry-after" else str(int(at.timestamp()))
    found = error(429, b'{"code": 429, "message": "Demasiadas solicitudes."}', **{header: text})
    assert isinstance(found, errors.RateLimited)
    assert found.daily is (ahead > timedelta(hours=1))


def test_limit_of_a_user_is_told_by_what_the_account_has_left() -> None:
    """Zoom refuses the user, in any language, while the account may go on: its headers say so."""
    rest = {"x-ratelimit-remaining": "57"}
    assert limited(create_meeting.OPERATION, "Demasiadas solicitudes.", **rest).daily
    assert limited(update_meeting.OPERATION, "Demasiadas solicitudes.", **rest).daily
    assert not limited(get_meeting.OPERATION, "Demasiadas solicitudes.", **rest).daily
    assert not limited(create_meeting.OPERATION, "Too many concurrent requests.", **rest).daily
    assert not limited(create_meeting.OPERATION, "Demasiadas solicitudes.", **{"x-ratelimit-remaining": "0"}).daily


@pytest.mark.parametrize(("status", "code"), [(400, 104), (401, 201), (400, 201), (401, 4700), (400, 4711)])
def test_scopes_are_read_from_the_text_whatever_the_code(status: int, code: int) -> None:
    """Zoom names them with four codes, and one of these else means that the user may not."""
    text = "El token no contiene scopes:[meeting:read:meeting:master, x:read:y]."
    found = error(status, json.dumps({"code": code, "message": text}).encode())
    assert isinstance(found, errors.ScopeMissing)
    assert found.scopes == ("meeting:read:meeting:master", "x:read:y")


def test_recording_that_is_not_there_may_still_come() -> None:
    """Zoom has one code for both, and a text in the language of the account."""
    told = str(error(404, b'{"code": 3301, "message": "No."}'))
    assert "still processes" in told
    assert "none at all" in told
    assert "processes" not in str(error(404, b'{"code": 3001, "message": "No."}'))


def test_time_to_try_again_is_reported() -> None:
    """A number of seconds says nothing in a log that is read an hour later."""
    found = error(429, b"", **{"retry-after": "2026-05-31T00:00:00Z"})
    assert isinstance(found, errors.RateLimited)
    assert found.retry_at == datetime(2026, 5, 31, tzinfo=UTC)
    assert str(found).endswith("Try again after 2026-05-31T00:00:00+00:00.")


@pytest.mark.parametrize(
    "how", [copy.copy, copy.deepcopy, lambda it: pickle.loads(pickle.dumps(it))], ids=["copy", "deepcopy", "pickle"]
)
def test_error_comes_back_whole_from_another_process(how: Any) -> None:
    """Workers hand errors to their parents; one that cannot be pickled hangs a pool."""
    found = error(
        429, b'{"code": 429, "message": "daily"}', **{"retry-after": "2026-05-31T00:00:00Z", "x-zm-trackingid": "t"}
    )
    again = how(found)
    assert type(again) is errors.RateLimited
    assert (str(again), again.daily, again.retry_at) == (str(found), True, datetime(2026, 5, 31, tzinfo=UTC))
    assert (again.operation, again.tracking_id, again.content) == (found.operation, "t", found.content)


def test_an_error_is_shown_by_the_name_that_is_caught() -> None:
    """Which file of the package has its class is nobody's business, and may change."""
    shown = "".join(traceback.format_exception_only(pickle.loads(pickle.dumps(errors.NotFound(404)))))
    assert shown.startswith("zoom_api_client.errors.NotFound: ")
