"""The call history in SQLite: every call once, however often it is read and whatever interrupts."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from examples import call_history as program
from zoom_api_client import errors
from zoom_api_client.testing import MockZoom


def call(key: str, day: int, **fields: Any) -> dict[str, Any]:
    """Return a call of November."""
    return {"call_history_uuid": key, "start_time": f"2026-11-{day:02}T09:00:00Z", "direction": "inbound", **fields}


def stored() -> list[tuple[Any, ...]]:
    """Return what is in the file."""
    with closing(sqlite3.connect("calls.db")) as database:
        return database.execute("SELECT id, result, json ->> '$.site_name' FROM calls ORDER BY id").fetchall()


def test_call_is_one_row_however_often_it_is_read(zoom: MockZoom) -> None:
    """Runs overlap; what Zoom says of a call later takes the place of what it said first."""
    zoom.phone.get_accounts_call_history.pages([call("a", 10, call_result="connected", site_name="Paris")])
    program.main(["calls.db", "--since", "2026-11-08"])
    later = [
        call("a", 10, call_result="answered", site_name="Paris"),
        call("b", 11, call_result="busy", site_name="Rome"),
    ]
    zoom.phone.get_accounts_call_history.pages(later)
    assert program.main(["calls.db"]) == 0
    assert stored() == [("a", "answered", "Paris"), ("b", "busy", "Rome")]


def test_next_run_goes_on_where_the_last_one_stopped(zoom: MockZoom) -> None:
    """A day before the last call: calls are listed when they have ended."""
    zoom.phone.get_accounts_call_history.pages([call("a", 18)])
    program.main(["calls.db", "--since", "2026-11-08"])
    program.main(["calls.db", "--since", "2026-11-08"])
    asked = [str(each.query["from"]) for each in zoom.phone.get_accounts_call_history.calls]
    assert asked[-1] == "2026-11-17"


def test_interrupted_run_leaves_no_gap(zoom: MockZoom) -> None:
    """The months come in their order: what is there after a failure is all up to some day, and the next run goes on."""
    history = zoom.phone.get_accounts_call_history
    history.returns(call_history=[call("a", 1)], call_logs=[], next_page_token="").then.raises(errors.InvalidRequest)
    with pytest.raises(errors.InvalidRequest):
        program.main(["calls.db", "--since", "2026-09-05"])
    asked = [str(each.query["from"]) for each in history.calls]
    assert asked == ["2026-09-05", "2026-10-05"]
    assert [key for key, *_ in stored()] == ["a"]


def test_older_shape_of_a_call_is_taken_too(zoom: MockZoom) -> None:
    """Where Zoom sends `call_logs` alone, a call has another key."""
    logs = [{"id": "z", "start_time": "2026-11-12T09:00:00Z"}]
    zoom.phone.get_accounts_call_history.returns(call_history=[], call_logs=logs, next_page_token="")
    program.main(["calls.db", "--since", "2026-11-08"])
    assert [key for key, *_ in stored()] == ["z"]
