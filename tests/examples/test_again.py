"""A program is run again: against a Zoom that remembers, the second run finds what the first one did."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from examples import register_people
from zoom_api_client import Zoom
from zoom_api_client.testing.simulator import Simulator, serve_in_thread

PEOPLE = "email,first_name,last_name\nada@example.com,Ada,Lovelace\nalan@example.com,Alan,Turing\n"


@pytest.fixture
def zoom(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Zoom]:
    """A client of a simulated account, which the program reaches by the environment."""
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text(PEOPLE, encoding="utf-8")
    with serve_in_thread(Simulator(open=True)) as served:
        monkeypatch.setenv("ZOOM_ACCESS_TOKEN", "any token")
        monkeypatch.setenv("ZOOM_BASE_URL", served.base_url)
        with Zoom.from_env() as client:
            yield client


def test_people_are_registered_once(zoom: Zoom, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever is registered, or waits for it, gets no second e-mail."""
    webinar = zoom.webinars.create("me", topic="Engines", settings={"approval_type": 1})
    assert register_people.main([str(webinar.id), "people.csv", "--apply"]) == 0
    assert capsys.readouterr().out.count("registered ") == 2
    assert register_people.main([str(webinar.id), "people.csv", "--apply"]) == 0
    assert capsys.readouterr().out == ""
    assert len(list(zoom.webinars.list_registrants(webinar.id, status="all"))) == 2
