"""The report of attendance, as a table and as a picture."""

import csv
from pathlib import Path
from typing import Any

import pytest

from examples import attendance_report as program
from zoom_api_client.testing import MockZoom


def row(name: str, begin: str, end: str) -> dict[str, Any]:
    """Return a join of a guest, of whom Zoom knows the name."""
    ids = dict.fromkeys(("id", "user_email", "participant_user_id", "registrant_id"), "")
    times = {"join_time": f"2026-03-02T{begin}:00Z", "leave_time": f"2026-03-02T{end}:00Z"}
    return {"name": name, "status": "in_meeting", **ids, **times}


ROWS = [row("Ada", "10:00", "10:20"), row("Alan", "10:01", "10:31"), row("Ada", "10:30", "10:45")]


@pytest.mark.parametrize("kind", ["meeting", "webinar"])
def test_person_who_came_again_is_one_row(zoom: MockZoom, kind: str) -> None:
    """The table has people, in the order in which they came, with the minutes that they were there."""
    getattr(zoom.meetings, f"get_{kind}_participant_reports").pages(ROWS)
    assert program.main(["85746065432", "--csv", "who.csv", *(["--webinar"] if kind == "webinar" else [])]) == 0
    with Path("who.csv").open(newline="", encoding="utf-8") as file:
        table = [(each["name"], each["minutes"], each["joins"]) for each in csv.DictReader(file)]
    assert table == [("Ada", "35.0", "2"), ("Alan", "30.0", "1")]


def test_table_is_printed_without_a_file(zoom: MockZoom, capsys: pytest.CaptureFixture[str]) -> None:
    """So that it can be piped; the UUID of an instance is sent so that Zoom finds it."""
    zoom.meetings.get_meeting_participant_reports.pages(ROWS)
    assert program.main(["/4jVXw==//abc"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "name,email,joined,left,minutes,joins"
    [call] = zoom.meetings.get_meeting_participant_reports.calls
    assert call.path == {"meetingId": "/4jVXw==//abc"}


def test_picture_is_drawn(zoom: MockZoom) -> None:
    """A line for each person, a bar for each stay."""
    pytest.importorskip("matplotlib")
    zoom.meetings.get_meeting_participant_reports.pages(ROWS)
    assert program.main(["85746065432", "--plot", "who.png"]) == 0
    assert Path("who.png").read_bytes().startswith(b"\x89PNG")
