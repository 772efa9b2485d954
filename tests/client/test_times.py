"""Times: texts on the wire, `datetime` and `date` in Python."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from tests.client.shapes import Plan, plan, read
from zoom_api_client import UNSET
from zoom_api_client.api.meetings import create_meeting, list_all_recordings, list_archived_files
from zoom_api_client.models.meetings import CreateMeetingBody, Recurrence

PARIS = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-01T10:00:00Z", datetime(2026, 3, 1, 10, tzinfo=UTC)),
        ("2026-03-01T10:00:00.250Z", datetime(2026, 3, 1, 10, 0, 0, 250_000, tzinfo=UTC)),
        ("2026-03-01T10:00:00+02:00", datetime(2026, 3, 1, 8, tzinfo=UTC)),
        ("2026-03-01T10:00:00", datetime(2026, 3, 1, 10)),
        ("2026-03-01 10:00:00", datetime(2026, 3, 1, 10)),
    ],
)
@pytest.mark.parametrize(("wire", "name"), [("start_time", "start_time"), ("from", "from_")])
def test_text_becomes_a_time_when_it_is_read_and_stays_a_text_on_the_wire(
    wire: str, name: str, text: str, moment: datetime
) -> None:
    """Reading a time must not rewrite what Zoom sent: `.000Z` and `Z` mean one thing and are two texts."""
    made = read(**{wire: text})
    got = getattr(made, name)
    assert (got, got.tzinfo is None) == (moment, moment.tzinfo is None)
    assert made.to_dict()[wire] == text


def test_day_is_read_as_a_date() -> None:
    """A day without a clock time is not midnight."""
    assert type(read(day="2026-03-01").day) is date
    assert read(day="2026-03-01").day == date(2026, 3, 1)


@pytest.mark.parametrize(
    "odd", ["", "tomorrow", "2026-13-01T00:00:00Z", "2026-03-01T25:00:00Z", 1767225600, None, True, ["x"], {}]
)
def test_what_is_not_a_time_is_given_as_it_is(odd: Any) -> None:
    """A date that cannot be parsed must be seen by the caller, not end the program."""
    made = read(start_time=odd, day=odd)
    assert made.start_time == odd
    assert made.day == odd
    assert made.to_dict() == {"topic": "Move", "start_time": odd, "day": odd}


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 3, 1, 10, tzinfo=UTC), "2026-03-01T10:00:00Z"),
        (datetime(2026, 3, 1, 10, tzinfo=PARIS), "2026-03-01T08:00:00Z"),
        (datetime(2026, 1, 1, 1, tzinfo=PARIS), "2025-12-31T23:00:00Z"),
        (datetime(2026, 3, 1, 10), "2026-03-01T10:00:00"),
        (datetime(2026, 3, 1, 10, 0, 0, 250_000, tzinfo=UTC), "2026-03-01T10:00:00.250Z"),
        (datetime(2026, 3, 1, 10, 0, 0, 123_456), "2026-03-01T10:00:00.123"),
    ],
)
def test_time_is_written_as_zoom_wants_it(moment: datetime, text: str) -> None:
    """Z means UTC: on a local time it moves the meeting; without it `timezone` counts."""
    made = plan(start_time=moment, from_=moment)
    assert made.to_dict() == {"topic": "Move", "start_time": text, "from": text}
    assert made.start_time == moment


def test_date_is_written_without_a_clock_time() -> None:
    """Zoom refuses a time where it wants a day."""
    assert plan(day=date(2026, 3, 1)).to_dict()["day"] == "2026-03-01"


def test_time_is_changed_like_any_field() -> None:
    """A time that was read and is set again must not be the old one in either place."""
    made = read(start_time="2026-03-01T10:00:00Z")
    made.start_time = datetime(2027, 1, 1, tzinfo=UTC)
    assert made.start_time == datetime(2027, 1, 1, tzinfo=UTC)
    assert made.to_dict()["start_time"] == "2027-01-01T00:00:00Z"


def test_time_that_is_not_there_is_unset() -> None:
    """The class itself has no time either: `Plan.start_time` must not fail, editors and `attrs` look at it."""
    assert read().start_time is UNSET
    assert Plan.start_time is UNSET


def test_times_within_extra_fields_are_written_too() -> None:
    """A caller who adds a field that Zoom has not documented gives a time as everywhere else."""
    made = plan(settings={"at": datetime(2026, 3, 1, 10, tzinfo=UTC), "days": (date(2026, 3, 1),)})
    made.additional_properties["until"] = [datetime(2026, 3, 1, 10, tzinfo=PARIS)]
    assert made.to_dict() == {
        "topic": "Move",
        "settings": {"at": "2026-03-01T10:00:00Z", "days": ["2026-03-01"]},
        "until": ["2026-03-01T08:00:00Z"],
    }


AHEAD = "2026-03-01T10:00:00+02:00"


def test_text_with_an_offset_is_sent_in_utc_wherever_a_time_is_declared() -> None:
    """Zoom reads it as UTC, hours off: in a model, in plain JSON, in lists and in a query."""
    body = CreateMeetingBody(topic=AHEAD, start_time=AHEAD, recurrence=Recurrence(type=1))  # type: ignore[arg-type]
    body.recurrence.end_date_time = AHEAD  # type: ignore[union-attr, assignment]
    given: Any = {"topic": AHEAD, "start_time": AHEAD, "recurrence": {"type": 1, "end_date_time": AHEAD}}
    for each in (body, given):
        assert create_meeting.request("me", body=each).json == {
            "topic": AHEAD,
            "start_time": "2026-03-01T08:00:00Z",
            "recurrence": {"type": 1, "end_date_time": "2026-03-01T08:00:00Z"},
        }
    assert body.start_time == datetime(2026, 3, 1, 10, tzinfo=PARIS)  # what the caller made stays as it is
    query = dict(list_archived_files.request(from_=AHEAD, to="2026-03-02T00:30:00+02:00", group_id=AHEAD).query)
    assert query == {"from": "2026-03-01T08:00:00Z", "to": "2026-03-01T22:30:00Z", "group_id": AHEAD}
    days = dict(list_all_recordings.request("me", from_="2026-03-01T00:30:00+02:00").query)
    assert days == {"from": "2026-02-28"}


@pytest.mark.parametrize("number", [1752105600, 1752105600.0])
def test_number_where_a_day_is_due_is_reported(number: Any) -> None:
    """Zoom takes it for no range at all, and lists today."""
    with pytest.raises(TypeError, match=r"list_all_recordings: from is the number 1752105600.*give a date"):
        list_all_recordings.request("me", from_=number)
