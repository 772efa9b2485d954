"""A lenient stand-in takes what Zoom takes, and says what it was."""

import json
import subprocess
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import httpx
import pytest

from zoom_api_client import Zoom, errors
from zoom_api_client.testing import ContractViolation, EmbeddedZoom, MockZoom, Responder

MORE = {"topic": "x", "topik": "y", "agenda": None, "settings": {"host_vidio": True, "host_video": None}}
TOLERATED = ["body.topik", "body.agenda", "body.settings.host_vidio", "body.settings.host_video"]


def test_names_that_zoom_does_not_know_and_nulls_are_taken_and_listed() -> None:
    """Zoom ignores both, and a program that sends them works."""
    with MockZoom(lenient=True) as mock, Zoom("any token") as zoom:
        zoom.call("POST", "/users/me/meetings", json=MORE)
        zoom.call("GET", "/users/me/meetings", params={"user_id": "me"})
        assert sorted(each.field for each in mock.tolerated) == sorted([*TOLERATED, "query.user_id"])
        assert mock.violations == []
        assert mock.meetings.create.calls[0].json == MORE


def test_they_are_refused_where_nobody_says_otherwise(mock_zoom: MockZoom) -> None:
    """A misspelt name is found."""
    with pytest.raises(ContractViolation) as caught, Zoom("any token") as zoom:
        zoom.call("POST", "/users/me/meetings", json=MORE)
    mock_zoom.violations.clear()
    assert sorted(each.field for each in caught.value.violations) == sorted(TOLERATED)
    assert mock_zoom.tolerated == []


@pytest.mark.parametrize(
    ("path", "body"),
    [("/users/me/meetings", {"type": "2"}), ("/meetings/5/registrants", {"email": None, "first_name": "Jane"})],
)
def test_what_zoom_refuses_is_refused_by_a_lenient_one_too(path: str, body: object) -> None:
    """A wrong type is not an unknown name, and null for what is required is missing."""
    with MockZoom(lenient=True) as mock, Zoom("any token") as zoom:
        with pytest.raises(ContractViolation, match=r"type must be|email is missing"):
            zoom.call("POST", path, json=body)
        mock.violations.clear()


def test_range_is_refused_by_both() -> None:
    """Zoom refuses it, whatever else it takes."""
    with MockZoom(lenient=True) as mock, Zoom("any token") as zoom:
        with pytest.raises(ContractViolation, match="a range has a month at most"):
            zoom.call("GET", "/phone/call_history", params={"from": "2026-01-01", "to": "2026-03-01"})
        mock.violations.clear()


def test_served_one_says_what_it_took() -> None:
    """Programs of other languages send more than they must."""
    with EmbeddedZoom(Responder(lenient=True)) as zoom:
        url, headers = f"{zoom.base_url}/users/me/meetings", {"authorization": "Bearer t"}
        assert httpx.get(url, params={"user_id": "me"}, headers=headers).status_code == 200
        assert [each.field for each in zoom.responder.tolerated] == ["query.user_id"]
        assert "taken all the same: list_meetings: query.user_id is unknown" in str(zoom.exchanges[-1])


def test_command_serves_a_lenient_one() -> None:
    """`--lenient` is for those who have no Python around it."""
    command = [sys.executable, "-m", "zoom_api_client.testing", "--lenient", "--open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            url = process.stdout.readline().split()[3]
            answer = httpx.post(f"{url}/users/me/meetings", json=MORE, headers={"authorization": "Bearer t"})
            assert answer.status_code == 201, json.dumps(answer.json())
        finally:
            process.terminate()


KINDS = [
    errors.NotFound, errors.InvalidRequest, errors.Unauthorized, errors.ScopeMissing, errors.PermissionDenied,
    errors.PlanRequired, errors.RateLimited, errors.ServerError, errors.ConnectionFailed, errors.UnexpectedAnswer,
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_error_can_be_named_by_its_class(mock_zoom: MockZoom, kind: type[errors.ZoomError]) -> None:
    """A test is about what the code under test catches, not about a number."""
    mock_zoom.meetings.get.raises(kind)
    with Zoom("any token") as zoom, pytest.raises(errors.ZoomError) as caught:
        zoom.meetings.get(85746065432)
    assert type(caught.value) is kind


def test_error_that_no_answer_can_be_is_refused(mock_zoom: MockZoom) -> None:
    """It would never be raised there."""
    with pytest.raises(TypeError, match=r"QuotaExceeded is not what an answer to meetings\.create_meeting can be"):
        mock_zoom.meetings.create.raises(errors.QuotaExceeded)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("return_value", r"say .returns"),
        ("side_effect", r"say .raises"),
        ("retuns", "did you mean 'returns'"),
        ("called_onec_with", "did you mean 'called_once_with'"),
        ("assert_called_once_with", r"say assert ….called_once_with"),
    ],
)
def test_what_the_mock_does_not_have_is_reported(mock_zoom: MockZoom, name: str, says: str) -> None:
    """A test that sets it, or asserts so, would pass whatever the code does."""
    with pytest.raises(AttributeError, match=says):
        setattr(mock_zoom.meetings.create, name, 5)
    with pytest.raises(AttributeError, match=says):
        getattr(mock_zoom.meetings.create, name)
    with pytest.raises(AttributeError, match="'create' cannot be set"):
        mock_zoom.meetings.create = lambda: None  # type: ignore[method-assign, assignment]
    with pytest.raises(AttributeError, match="did you mean 'scopes'"):
        mock_zoom.scopez = ()  # type: ignore[attr-defined]


def test_aware_start_is_recognised_as_it_was_sent(mock_zoom: MockZoom) -> None:
    """Beside a time zone it is sent as the local time: a test need not know."""
    at = datetime(2026, 7, 10, 17, tzinfo=ZoneInfo("America/Denver"))
    with Zoom("any token") as zoom:
        zoom.meetings.create("me", topic="x", start_time=at, timezone="America/Denver")
    assert mock_zoom.meetings.create.called_once_with(start_time=at, timezone="America/Denver")
    with pytest.raises(AssertionError, match="start_time was"):
        mock_zoom.meetings.create.called_once_with(start_time=at.replace(hour=18))
