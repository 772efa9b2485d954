"""Provisioning: what differs is done, and nothing else; nothing at all before somebody has read it."""

from pathlib import Path

import pytest

from examples import provision_users as program
from zoom_api_client import errors
from zoom_api_client.testing import MockZoom
from zoom_api_client.testing.simulator import Simulator

ACCOUNT = """
users:
  - {email: owner@example.com, first_name: Olga, last_name: Owner, type: 2}
  - {email: same@example.com, first_name: Sam, last_name: Same, type: 1}
  - {email: changed@example.com, first_name: Carla, last_name: Changed, type: 1}
  - {email: other@example.com, first_name: Otto, last_name: Other, type: 1}
  - {email: back@example.com, first_name: Bill, last_name: Back, type: 1, status: inactive}
"""
FILE = """\
email,first_name,last_name,type
owner@example.com,Olga,Owner,2
new@example.com,Nora,New,2
same@example.com,Sam,Same,1
Changed@example.com,Carla,Changed,2
back@example.com,Bill,Back,1
"""


@pytest.fixture(autouse=True)
def _account(simulator: Simulator) -> None:
    """An account with users of each state."""
    simulator.seed(ACCOUNT)
    Path("users.csv").write_text(FILE, encoding="utf-8")


def users(simulator: Simulator) -> set[tuple[str, int, str]]:
    """Return who is there: the first name, the type and the status of each."""
    rows = [each.fields for each in simulator.state.store.rows(simulator.state.owner.account, "users")]
    return {(each["first_name"], each["type"], each.get("status", "active")) for each in rows}


def test_nothing_is_changed_without_apply(simulator: Simulator, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever reads it sees what would happen, and to whom."""
    before = users(simulator)
    assert program.main(["users.csv", "--deactivate-others"]) == 0
    assert users(simulator) == before
    assert capsys.readouterr().out.splitlines() == [
        "would create new@example.com {'first_name': 'Nora', 'last_name': 'New', 'type': 2}",
        "would change Changed@example.com {'type': 2}",
        "would activate back@example.com",
        "would deactivate other@example.com",
    ]


def test_what_differs_is_done(simulator: Simulator, capsys: pytest.CaptureFixture[str]) -> None:
    """Others are left alone unless they are to be deactivated; after that nothing is left to do."""
    assert program.main(["users.csv", "--apply"]) == 0
    active = {("Olga", 2), ("Nora", 2), ("Sam", 1), ("Carla", 2), ("Bill", 1), ("Otto", 1)}
    assert users(simulator) == {(*each, "active") for each in active}
    assert program.main(["users.csv", "--deactivate-others", "--apply"]) == 0
    assert ("Otto", 1, "inactive") in users(simulator)
    capsys.readouterr()
    assert program.main(["users.csv", "--deactivate-others", "--apply"]) == 0
    assert capsys.readouterr().out == ""


def test_wrong_row_stops_before_the_first_step(simulator: Simulator) -> None:
    """Half a file that is done is worse than none."""
    before = users(simulator)
    Path("users.csv").write_text(FILE + "last@example.com,Lea,Last,3\n", encoding="utf-8")
    with pytest.raises(ValueError, match="type"):
        program.main(["users.csv", "--apply"])
    assert users(simulator) == before


def test_refused_step_does_not_keep_the_others(
    zoom: MockZoom, simulator: Simulator, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is reported, and the exit status says so."""
    zoom.users.create_users.raises(errors.Conflict)
    assert program.main(["users.csv", "--apply"]) == 1
    assert "refused" in capsys.readouterr().err
    assert {("Carla", 2, "active"), ("Bill", 1, "active")} <= users(simulator)
