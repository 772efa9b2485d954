"""Which requests count, and for whom."""

from typing import Any

import pytest

from zoom_api_client import errors
from zoom_api_client.api.meetings import create_meeting, create_webinar, update_meeting
from zoom_api_client.core.operation import Request
from zoom_api_client.core.operations import operations
from zoom_api_client.models.meetings import CreateMeetingBody
from zoom_api_client.quota.rules import CountedHost, Counts, find_host, is_daily


def of(request: Request[Any], counts: Counts = "create-meeting") -> CountedHost | None:
    """Return who is counted for the request of an operation."""
    return find_host(counts, request.operation.method, request.path, request.body)


def test_every_way_of_creating_a_meeting_is_counted() -> None:
    """An operation with a body or without, and a path of the caller's own, are all counted for the same user."""
    body = CreateMeetingBody(topic="Standup")
    assert of(create_meeting.request("ann@example.com", body=body)) == CountedHost("users", "ann@example.com")
    assert find_host("create-meeting", "post", "/users/ann%40example.com/meetings") == CountedHost(
        "users", "ann@example.com"
    )
    assert find_host("create-meeting", "POST", "/users/me/meetings", {"topic": "Standup"}) == CountedHost("users", "me")


@pytest.mark.parametrize(
    "path",
    [
        "/users/me/meetings?x=1",
        "/users/me/meetings/",
        "//users//me/meetings",
        "/users/me/./meetings#x",
        "/groups/../users/me/meetings",
        "/users/me/%6Deetings",
        "/users/me/Meetings",
    ],
)
def test_another_spelling_of_the_path_is_counted(path: str) -> None:
    """What a server takes for the same path is the same path."""
    assert find_host("create-meeting", "POST", path) == CountedHost("users", "me")


@pytest.mark.parametrize(
    "body", [CreateMeetingBody(schedule_for="bob@example.com"), {"schedule_for": "bob@example.com "}]
)
@pytest.mark.parametrize("path", ["/users/me/meetings", "/accounts/abc/users/me/meetings"])
def test_schedule_for_counts_for_the_host(path: str, body: Any) -> None:
    """The host is whom `schedule_for` names, in a model or in JSON."""
    about = find_host("create-meeting", "POST", path, body)
    assert about is not None
    assert (about.kind, about.name) == ("users", "bob@example.com")


@pytest.mark.parametrize("body", [{"schedule_for": ""}, {"schedule_for": None}, {"schedule_for": 7}, [1], None, "x"])
def test_an_odd_body_is_counted(body: Any) -> None:
    """A body that names nobody, or is not an object, counts for the user of the path."""
    assert find_host("create-meeting", "POST", "/users/me/meetings", body) == CountedHost("users", "me")


def test_a_sub_account_is_kept() -> None:
    """Below an account's path the user is one of that account's."""
    assert find_host("zoom", "POST", "/accounts/a%2Fb/users/me/webinars") == CountedHost("users", "me", "a/b")
    assert find_host("zoom", "PATCH", "/accounts/abc/meetings/123") == CountedHost("meetings", "123", "abc")


def test_zooms_own_rule_counts_creates_and_updates() -> None:
    """Creates and updates of meetings and webinars; by the document's rule only the creates of meetings."""
    body: Any = {}
    requests: list[tuple[Request[Any], CountedHost]] = [
        (create_webinar.request("me", body=body), CountedHost("users", "me")),
        (update_meeting.request(93847566001, body=body), CountedHost("meetings", "93847566001")),
        (create_meeting.request("me", body=body), CountedHost("users", "me")),
    ]
    assert [of(request, "zoom") for request, _ in requests] == [about for _, about in requests]
    assert [of(request) for request, _ in requests] == [None, None, CountedHost("users", "me")]
    assert find_host("zoom", "PATCH", "/webinars/123") == CountedHost("webinars", "123")


def test_other_operations_do_not_count() -> None:
    """Of all operations one counts by the document's rule, and five by Zoom's; for sub-accounts the same ones."""
    every = [(each.method, each.path) for each in operations()]
    assert [each for each in every if find_host("create-meeting", *each)] == [("POST", "/users/{userId}/meetings")]
    by_zoom = {each for each in every if find_host("zoom", *each)}
    assert by_zoom == {
        ("POST", "/users/{userId}/meetings"),
        ("POST", "/users/{userId}/webinars"),
        ("PATCH", "/meetings/{meetingId}"),
        ("PATCH", "/webinars/{webinarId}"),
    }


def limited(message: str, retry_at: Any = None, *, daily: bool = True) -> errors.RateLimited:
    """Return the error of a 429."""
    error = errors.RateLimited(429, 429, message)
    error.daily, error.retry_at = daily, retry_at
    return error


def test_another_limit_does_not_hold_the_user() -> None:
    """Only the limit of the user's day is meant: not a second's, not the account's day, which comes with its end."""
    reached = "You have reached the daily rate limit (100) of Meeting Create/Update requests"
    assert is_daily(limited(reached))
    assert is_daily(limited(reached, "some time"))
    assert is_daily(limited("Ha superado el l\u00edmite diario (100) de reuniones", "some time"))
    assert not is_daily(limited("the maximum daily rate limit for this API", "some time"))
    assert not is_daily(limited("the maximum per-second rate limit", daily=False))
    assert not is_daily(errors.ServerError(500))
    assert not is_daily(None)
