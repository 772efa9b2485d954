"""Attendance: the rows of joins become people, and no minute of theirs counts twice."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from zoom_api_client import Zoom, attendance
from zoom_api_client.models.meetings import Participant
from zoom_api_client.testing import mock_zoom

JANE = {"name": "Jane", "user_email": "jane@example.com", "id": "jane1"}


def at(minute: int) -> datetime:
    """Return a minute of the meeting."""
    return datetime(2026, 3, 2, 10, tzinfo=UTC) + timedelta(minutes=minute)


def row(begin: int, end: int | None, **fields: Any) -> Participant:
    """Return a row of the report, from one minute to another."""
    times = {"join_time": at(begin).isoformat()} | ({} if end is None else {"leave_time": at(end).isoformat()})
    return Participant.from_dict({**times, **fields})


def test_rejoins_are_one_person() -> None:
    """Who lost the connection twice is not three people, and was not there in between."""
    [jane] = attendance([row(20, 30, **JANE), row(0, 5, **JANE), row(10, 15, **JANE)])
    assert jane.stays == ((at(0), at(5)), (at(10), at(15)), (at(20), at(30)))
    assert (jane.joined, jane.left, jane.duration, jane.joins) == (at(0), at(30), timedelta(minutes=20), 3)


def test_two_devices_count_once() -> None:
    """A telephone beside the computer, or a breakout room within the meeting, makes nobody attend for longer."""
    [jane] = attendance([row(0, 30, **JANE), row(10, 20, **JANE, bo_mtg_id="b"), row(30, 40, **JANE)])
    assert jane.stays == ((at(0), at(40)),)


def test_person_is_found_by_any_id() -> None:
    """Signed in at one join and registered at another: a row that has both makes them one."""
    rows = [
        row(0, 5, name="Jane", registrant_id="r1"),
        row(10, 15, name="J. Doe", user_email="Jane@Example.com"),
        row(20, 25, name="Jane Doe", user_email="jane@example.com", registrant_id="r1"),
    ]
    [jane] = attendance(rows)
    assert (jane.name, jane.email, jane.joins) == ("Jane Doe", "jane@example.com", 3)


def test_guests_are_told_apart_by_their_names() -> None:
    """Zoom sends empty ids of guests, and an id in the meeting (`user_id`) that is another at each join."""
    empty = {"id": "", "user_email": "", "participant_user_id": "", "registrant_id": ""}
    rows = [row(5, 9, name="Ada", user_id="16778240", **empty), row(0, 9, name="Alan", user_id="16778241", **empty)]
    rows += [row(10, 12, name="Ada", user_id="16778242", **empty), row(0, 9, **JANE | {"name": "Ada"})]
    assert [(each.name, each.joins) for each in attendance(rows)] == [("Alan", 1), ("Ada", 1), ("Ada", 2)]


def test_waiting_room_is_not_attendance() -> None:
    """A row without any time is not attendance either."""
    rows = [row(0, 5, **JANE, status="in_waiting_room"), Participant.from_dict(JANE)]
    assert attendance(rows) == []


def test_who_is_still_there_has_been_there_so_far() -> None:
    """A row that is read while the meeting goes on has no end, and a duration in seconds."""
    [jane] = attendance([row(0, None, **JANE, duration=300)])
    assert jane.left == at(5)


@pytest.mark.parametrize(
    ("product", "name", "fields"),
    [
        ("meetings", "get_meeting_participant_reports", JANE),
        ("meetings", "get_webinar_participant_reports", JANE),
        ("meetings", "get_past_meeting_participants", JANE),
        ("accounts", "list_meeting_participants", {"user_name": "Jane", "email": "jane@example.com"}),
    ],
)
def test_rows_of_every_list_of_participants_are_taken(product: str, name: str, fields: dict[str, str]) -> None:
    """The reports, past meetings and the dashboard have models of their own, and the dashboard other names."""
    times = {"join_time": at(0).isoformat(), "leave_time": at(1).isoformat()}
    with mock_zoom() as mock, Zoom("any token") as zoom:
        getattr(getattr(mock, product), name).pages([{**fields, **times}])
        [jane] = attendance(getattr(getattr(zoom.api, product), name).all(85746065432))
    assert (jane.name, jane.email, jane.left) == ("Jane", "jane@example.com", at(1))


def test_a_webinar_of_thousands_takes_no_longer_than_its_list() -> None:
    """People are found by their keys, not by comparing each with each."""
    rows = [row(number % 60, 60, name=f"Guest {number}") for number in range(5000)]
    assert len(attendance(rows * 2)) == 5000
