"""Registering a file of people: nobody twice, and no row is lost without a reason."""

import csv
from pathlib import Path

import pytest

from examples import register_people as program
from zoom_api_client import Zoom
from zoom_api_client.testing.simulator import Simulator

PEOPLE = """\
email,first_name,last_name,no_of_employees
ada@example.com,Ada,Lovelace,
known@example.com,Grace,Hopper,
alan@example.com,,Turing,
edsger@example.com,Edsger,Dijkstra,7
ADA@example.com,Ada,again,
"""


ACCOUNT = """
users:
  - email: owner@example.com
    webinars:
      - id: "93847566001"
        type: 5
        settings: {approval_type: 1}
        registrants: [{email: Known@example.com, first_name: Grace, status: approved}]
      - {id: "93847566002", type: 5, settings: {approval_type: 2}}
"""
OPEN, WITHOUT_REGISTRATION = "93847566001", "93847566002"


@pytest.fixture(autouse=True)
def _webinar(simulator: Simulator) -> None:
    """A webinar for which one person is registered, one without registration, and a file of people."""
    simulator.seed(ACCOUNT)
    Path("people.csv").write_text(PEOPLE, encoding="utf-8-sig")


def registered() -> list[str]:
    """Return who is registered."""
    with Zoom("any token") as zoom:
        return sorted(each.email for each in zoom.webinars.list_registrants(OPEN, status="all"))


def refused() -> dict[str, str]:
    """Return the reasons of the report by e-mail address."""
    with Path("people.refused.csv").open(newline="", encoding="utf-8") as file:
        return {each["email"]: each["refused"] for each in csv.DictReader(file)}


def test_nobody_is_registered_without_apply(capsys: pytest.CaptureFixture[str]) -> None:
    """The rows are checked all the same: what would be refused is in the report before anybody has an e-mail."""
    assert program.main([OPEN, "people.csv"]) == 1
    assert registered() == ["Known@example.com"]
    assert capsys.readouterr().out == "would register ada@example.com\n"
    assert refused().keys() == {"alan@example.com", "edsger@example.com"}


def test_each_person_is_registered_once(capsys: pytest.CaptureFixture[str]) -> None:
    """Zoom takes three registrations of a person a day, and sends an e-mail for each: a second run sends none."""
    for _ in range(2):
        assert program.main([OPEN, "people.csv", "--apply"]) == 1
        assert registered() == ["Known@example.com", "ada@example.com"]
    assert capsys.readouterr().out == "registered ada@example.com\n"


def test_refused_row_has_its_reason() -> None:
    """The report has the whole row, so that it can be mended there and given to the program again."""
    assert program.main([WITHOUT_REGISTRATION, "people.csv", "--apply"]) == 1
    assert len(refused()) == 5
    assert "first_name" in refused()["alan@example.com"]
    assert "Registration is not enabled" in refused()["known@example.com"]


def test_report_is_input_again() -> None:
    """The column of the reasons is not sent."""
    Path("mended.csv").write_text("email,first_name,refused\nalan@example.com,Alan,was missing\n", encoding="utf-8")
    assert program.main([OPEN, "mended.csv", "--apply"]) == 0
    assert registered() == ["Known@example.com", "alan@example.com"]
