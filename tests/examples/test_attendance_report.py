"""The report of attendance, as a table and as a picture."""

import csv
from pathlib import Path

import pytest

from examples import attendance_report as program
from tests.page_account import SERIES, furnish
from zoom_api_client.testing.simulator import Simulator


@pytest.fixture(autouse=True)
def _held(simulator: Simulator) -> None:
    """A meeting and a webinar under one number, which Olga hosted: Ada fell out of both for ten minutes."""
    furnish(simulator)
    simulator.end_meeting(SERIES)
    for kind in ("meeting", "webinar"):
        getattr(simulator, f"start_{kind}")(SERIES)
        simulator.join(SERIES, "Ada")
        simulator.clock.advance(20 * 60)
        simulator.leave(SERIES, "Ada")
        simulator.join(SERIES, "Alan")
        simulator.clock.advance(10 * 60)
        simulator.join(SERIES, "Ada")
        simulator.clock.advance(15 * 60)
        getattr(simulator, f"end_{kind}")(SERIES)


@pytest.mark.parametrize("kind", [[], ["--webinar"]], ids=["meeting", "webinar"])
def test_person_who_came_again_is_one_row(kind: list[str]) -> None:
    """The table has people, in the order in which they came, with the minutes that they were there."""
    assert program.main([str(SERIES), "--csv", "who.csv", *kind]) == 0
    with Path("who.csv").open(newline="", encoding="utf-8") as file:
        table = [(each["name"], each["minutes"], each["joins"]) for each in csv.DictReader(file)]
    assert table == [("Olga Owner", "45.0", "1"), ("Ada", "35.0", "2"), ("Alan", "25.0", "1")]


def test_table_of_an_earlier_time_is_printed(simulator: Simulator, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a file, so that it can be piped; a number means the last time, a UUID the one that it is of."""
    first = simulator.state.store.rows(simulator.state.owner.account, "past_meetings", ("past_meetings", str(SERIES)))[
        0
    ]
    assert program.main([first.id]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "name,email,joined,left,minutes,joins"
    assert [each.partition(",")[0] for each in lines[1:]] == ["Olga Owner", "Mei Chen"]


def test_picture_is_drawn() -> None:
    """A line for each person, a bar for each stay."""
    pytest.importorskip("matplotlib")
    assert program.main([str(SERIES), "--plot", "who.png"]) == 0
    assert Path("who.png").read_bytes().startswith(b"\x89PNG")
