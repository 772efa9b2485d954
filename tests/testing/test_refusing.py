"""Refusals that a test wants of the mock."""

from typing import Any

import pytest

from zoom_api_client import Zoom, errors
from zoom_api_client.testing import ContractViolation, MockZoom

MEETING = 85746065432


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, errors.InvalidRequest),
        (401, errors.Unauthorized),
        (403, errors.PermissionDenied),
        (404, errors.NotFound),
        (429, errors.RateLimited),
        (500, errors.ServerError),
        (503, errors.ServerError),
    ],
)
def test_status_is_the_error_that_it_is(
    mock_zoom: MockZoom, client: Zoom, status: int, kind: type[errors.APIError]
) -> None:
    """`raises(404)` must be what the code under test catches."""
    mock_zoom.meetings.get.raises(status)
    with pytest.raises(kind) as caught:
        client.meetings.get(MEETING)
    assert type(caught.value) is kind
    assert caught.value.status == status
    assert caught.value.message


def test_limit_of_the_day_is_told_from_that_of_the_second(mock_zoom: MockZoom, client: Zoom) -> None:
    """One passes by itself in a moment, the other at midnight."""
    mock_zoom.meetings.get.raises(429, daily=True).then.raises(429)
    with pytest.raises(errors.RateLimited) as daily:
        client.meetings.get(MEETING)
    with pytest.raises(errors.RateLimited) as passing:
        client.meetings.get(MEETING)
    assert (daily.value.daily, passing.value.daily) == (True, False)
    assert daily.value.retry_at
    assert daily.value.retry_at.hour == 0
    assert passing.value.retry_at


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        (3001, 404, errors.NotFound),
        (3000, 400, errors.InvalidRequest),
        (124, 401, errors.Unauthorized),
        (4711, 400, errors.ScopeMissing),
        (200, 400, errors.PlanRequired),
    ],
)
def test_code_has_the_status_that_zoom_has_for_it(
    mock_zoom: MockZoom, client: Zoom, code: int, status: int, kind: type[errors.APIError]
) -> None:
    """Nobody knows by heart with which status a code comes."""
    mock_zoom.meetings.get.fails(code)
    with pytest.raises(kind) as caught:
        client.meetings.get(MEETING)
    assert (caught.value.status, caught.value.code) == (status, code)


def test_failure_that_comes_with_success_is_an_error(mock_zoom: MockZoom, client: Zoom) -> None:
    """Zoom says "plan missing" with status 200: the code must not take that for an answer."""
    mock_zoom.accounts.get_locked_settings.fails(200, status=200)
    with pytest.raises(errors.PlanRequired) as caught:
        client.call("GET", "/accounts/me/lock_settings")
    assert caught.value.status == 200


@pytest.mark.parametrize(
    ("refuse", "says"),
    [
        (lambda stub: stub.raises(409), "is never 409, only one of 400, "),
        (lambda stub: stub.fails(9999), "is never 9999, only one of 3000, "),
        (lambda stub: stub.fails(3001, status=409), "is never 3001 with the status 409"),
    ],
)
def test_refusal_that_zoom_never_gives_is_refused(mock_zoom: MockZoom, refuse: Any, says: str) -> None:
    """Code that survives what cannot happen may still fall over what can."""
    with pytest.raises(ContractViolation, match=says):
        refuse(mock_zoom.meetings.get)
    mock_zoom.meetings.get.raises(409, unchecked=True)
    mock_zoom.meetings.get.fails(9999, status=409, unchecked=True)
