"""Models as rows: the same columns for each, whatever Zoom sent."""

import csv
import io
from datetime import UTC, datetime

from tests.client.shapes import Plan, Room, plan, read
from zoom_api_client import events, rows
from zoom_api_client.models.meetings import MeetingListMeeting


def test_columns_are_the_fields_of_the_class() -> None:
    """Two items with different fields have the same columns, in the order of the class."""
    full, bare = rows([plan(room=Room(id=1)), plan()])
    assert list(full) == list(bare)
    assert (full["room.id"], full["room.name"], bare["room.id"]) == (1, None, None)
    assert (full["topic"], full["note"]) == ("Move", None)
    assert {"from", "floorNumber", "place.label.id", "recurrence.months"} <= full.keys()


def test_times_are_datetimes_and_lists_are_text() -> None:
    """A table holds values that sort and calculate, and one cell for what is many."""
    made = read(start_time="2026-03-01T10:00:00Z", tags=["a", "b"], rooms=[{"id": 1}], settings={"x": [1]})
    (row,) = rows([made])
    assert row["start_time"] == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert (row["tags"], row["rooms"], row["settings"]) == ('["a","b"]', '[{"id":1}]', '{"x":[1]}')


def test_odd_values_make_no_odd_columns() -> None:
    """What Zoom sends in the place of an object, or beside what it declares, changes no column."""
    (row,) = rows([Plan.from_dict({"topic": "", "room": "", "brand_new": 1})])
    assert row.keys() == next(rows([plan()])).keys()
    assert row["room.id"] is None


def test_events_are_rows() -> None:
    """An event of a kind has dotted columns; one that is not known has its payload as text."""
    known = {"event": "meeting.started", "event_ts": 1, "payload": {"account_id": "a", "object": {"id": "1"}}}
    unknown = {"event": "x.y", "event_ts": 2, "payload": {"a": 1}}
    first, second = rows([events.parse(known), events.parse(unknown)])
    assert (first["event"], first["payload.account_id"], first["payload.object.id"]) == ("meeting.started", "a", "1")
    assert second == {"event": "x.y", "event_ts": 2, "payload": '{"a":1}'}


def test_csv_file_is_written_from_rows() -> None:
    """The rows of a list go into a CSV file as they are."""
    table = list(rows([MeetingListMeeting.from_dict({"id": 1, "topic": "A, b"}), MeetingListMeeting.from_dict({})]))
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(table[0]))
    writer.writeheader()
    writer.writerows(table)
    again = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert [each["topic"] for each in again] == ["A, b", ""]
