"""Every program of examples/ is a page that says what it needs, and is listed."""

import runpy
import sys
from pathlib import Path

import pytest

from tests.examples.conftest import SCOPE
from tests.page_account import furnish
from zoom_api_client.api import operations
from zoom_api_client.testing.simulator import Simulator, serve_in_thread

EXAMPLES = Path(__file__).parents[2] / "examples"
ARGUMENTS = {
    "attendance_report": ["85746065432", "--csv", "attendance.csv"],
    "call_history": ["calls.db"],
    "meeting_notes": ["notes"],
    "mirror_recordings": ["mirror"],
    "provision_users": ["people.csv", "--apply"],
    "register_people": ["93847566001", "people.csv", "--apply"],
}
PROGRAMS = sorted(EXAMPLES.glob("*.py"))


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_program_says_what_it_needs(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--help` is the whole page: what it does, how it is called, and which scopes or events to tick in the app."""
    monkeypatch.setattr(sys, "argv", [path.name, "--help"])
    with pytest.raises(SystemExit, match="0"):
        runpy.run_path(str(path), run_name="__main__")
    told = capsys.readouterr().out
    assert f"python examples/{path.name}" in told
    assert "Scopes of the app" in told or "Events to tick" in told


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_scopes_are_zooms(path: Path) -> None:
    """A scope that is misspelt is looked for in vain on the app's page."""
    known = {scope for each in operations() for scope in each.scopes}
    assert set(SCOPE.findall(path.read_text(encoding="utf-8"))) <= known


@pytest.mark.parametrize("name", [path.stem for path in PROGRAMS if path.stem != "forward_events"])  # which serves
def test_program_runs_over_http(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A user runs it from the command line; here the simulated account has what it asks for."""
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text("email,first_name\nada@example.com,Ada\n", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", [name, *ARGUMENTS[name]])
    monkeypatch.setenv("ZOOM_ACCESS_TOKEN", "any token")
    simulator = Simulator(open=True)
    furnish(simulator, today=simulator.clock.now())
    with serve_in_thread(simulator) as served:
        monkeypatch.setenv("ZOOM_BASE_URL", served.base_url)
        with pytest.raises(SystemExit) as ended:
            runpy.run_path(str(EXAMPLES / f"{name}.py"), run_name="__main__")
    assert ended.value.code == 0
    assert simulator.exchanges
    assert simulator.violations == []


def test_every_program_is_listed() -> None:
    """Who looks for a program reads the list."""
    page = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in PROGRAMS if f"]({path.name})" not in page] == []


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_program_is_a_page_long(path: Path) -> None:
    """A program of many pages has something in it that belongs into the library."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 100
