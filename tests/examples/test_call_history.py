"""The call history in SQLite: every call once, however often it is read and whatever interrupts."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest

from examples import call_history as program
from tests.page_account import TODAY
from zoom_api_client import errors
from zoom_api_client.testing import MockZoom
from zoom_api_client.testing.simulator import Simulator

OLGA, ELSEWHERE = "owner@example.com", "+12055550123"


def call(simulator: Simulator, month: int, day: int, **what: Any) -> str:
    """Let a call come in from elsewhere on a day, and return its id."""
    simulator.clock.set(datetime(2026, month, day, 9, tzinfo=UTC))
    made = simulator.call(ELSEWHERE, OLGA, **what)
    simulator.clock.set(TODAY)
    return made


def stored() -> list[tuple[Any, ...]]:
    """Return what is in the file."""
    with closing(sqlite3.connect("calls.db")) as database:
        wanted = "json ->> '$.call_id', result, seconds, caller, callee"
        return database.execute(f"SELECT {wanted} FROM calls ORDER BY start_time").fetchall()


def test_call_is_one_row_however_often_it_is_read(simulator: Simulator) -> None:
    """Runs overlap."""
    first = call(simulator, 11, 10, minutes=3)
    program.main(["calls.db", "--since", "2026-11-08"])
    second = call(simulator, 11, 11, result="no_answer")
    assert program.main(["calls.db"]) == 0
    assert stored() == [(first, "answered", 180, ELSEWHERE, "801"), (second, "no_answer", None, ELSEWHERE, "801")]


def test_what_zoom_says_later_takes_the_place_of_what_it_said_first(zoom: MockZoom) -> None:
    """A call is listed when it has ended, and is completed after that."""
    history = zoom.phone.get_accounts_call_history
    for result in ("connected", "answered"):
        history.pages([{"call_history_uuid": "a", "call_id": "1", "call_result": result}])
        assert program.main(["calls.db", "--since", "2026-11-08"]) == 0
    assert [each[:2] for each in stored()] == [("1", "answered")]


def test_next_run_goes_on_where_the_last_one_stopped(zoom: MockZoom, simulator: Simulator) -> None:
    """A day before the last call: calls are listed when they have ended."""
    call(simulator, 11, 18)
    program.main(["calls.db", "--since", "2026-11-08"])
    program.main(["calls.db", "--since", "2026-11-08"])
    asked = [str(each.query["from"]) for each in zoom.phone.get_accounts_call_history.calls]
    assert asked == ["2026-11-08", "2026-11-17"]


def test_interrupted_run_leaves_no_gap(zoom: MockZoom, simulator: Simulator) -> None:
    """The months come in their order: what is there after a failure is all up to some day, and the next run goes on."""
    october = call(simulator, 10, 10)
    history = zoom.phone.get_accounts_call_history
    september = {"call_id": "1", "start_time": "2026-09-10T09:00:00Z"}
    answer = history.returns(call_history=[september], call_logs=[], next_page_token="")
    answer.then.raises(errors.InvalidRequest).times(1)
    with pytest.raises(errors.InvalidRequest):
        program.main(["calls.db", "--since", "2026-09-05"])
    assert [key for key, *_ in stored()] == ["1"]
    assert program.main(["calls.db"]) == 0
    asked = [str(each.query["from"]) for each in history.calls]
    assert asked == ["2026-09-05", "2026-10-05", "2026-09-09", "2026-10-09", "2026-11-08"]
    assert [key for key, *_ in stored()] == ["1", october]


def test_older_shape_of_a_call_is_taken_too(zoom: MockZoom) -> None:
    """Where Zoom sends `call_logs` alone, a call has another key."""
    logs = [{"id": "z", "call_id": "1", "start_time": "2026-11-12T09:00:00Z"}]
    zoom.phone.get_accounts_call_history.returns(call_history=[], call_logs=logs, next_page_token="")
    program.main(["calls.db", "--since", "2026-11-08"])
    assert [key for key, *_ in stored()] == ["1"]
