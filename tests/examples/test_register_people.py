"""Registering a file of people: nobody twice, and no row is lost without a reason."""

import csv
from pathlib import Path

import pytest

from examples import register_people as program
from zoom_api_client import errors
from zoom_api_client.testing import MockZoom

PEOPLE = """\
email,first_name,last_name,no_of_employees
ada@example.com,Ada,Lovelace,
known@example.com,Grace,Hopper,
alan@example.com,,Turing,
edsger@example.com,Edsger,Dijkstra,7
ADA@example.com,Ada,again,
"""


@pytest.fixture
def webinar(zoom: MockZoom) -> MockZoom:
    """A webinar for which one person is registered, and a file of people."""
    zoom.webinars.list_registrants.returns(registrants=[{"email": "Known@example.com"}], next_page_token="")
    Path("people.csv").write_text(PEOPLE, encoding="utf-8-sig")
    return zoom


def refused() -> dict[str, str]:
    """Return the reasons of the report by e-mail address."""
    with Path("people.refused.csv").open(newline="", encoding="utf-8") as file:
        return {each["email"]: each["refused"] for each in csv.DictReader(file)}


def test_nobody_is_registered_without_apply(webinar: MockZoom, capsys: pytest.CaptureFixture[str]) -> None:
    """The rows are checked all the same: what would be refused is in the report before anybody has an e-mail."""
    assert program.main(["93847566001", "people.csv"]) == 1
    assert not webinar.webinars.add_registrant.called
    assert capsys.readouterr().out == "would register ada@example.com\n"
    assert refused().keys() == {"alan@example.com", "edsger@example.com"}


def test_each_person_is_registered_once(webinar: MockZoom) -> None:
    """Zoom takes three registrations of a person a day, and sends an e-mail for each."""
    assert program.main(["93847566001", "people.csv", "--apply"]) == 1
    assert webinar.webinars.add_registrant.called_once_with(email="ada@example.com", last_name="Lovelace")


def test_refused_row_has_its_reason(webinar: MockZoom) -> None:
    """The report has the whole row, so that it can be mended there and given to the program again."""
    webinar.webinars.add_registrant.raises(errors.InvalidRequest)
    assert program.main(["93847566001", "people.csv", "--apply"]) == 1
    assert len(refused()) == 4
    assert "first_name" in refused()["alan@example.com"]


def test_report_is_input_again(webinar: MockZoom) -> None:
    """The column of the reasons is not sent."""
    Path("mended.csv").write_text("email,first_name,refused\nalan@example.com,Alan,was missing\n", encoding="utf-8")
    assert program.main(["93847566001", "mended.csv", "--apply"]) == 0
    assert webinar.webinars.add_registrant.called_once_with(email="alan@example.com", first_name="Alan")
