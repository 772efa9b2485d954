"""Every program of examples/ is a page that says what it needs, and is listed."""

import runpy
import sys
from pathlib import Path

import pytest

from tests.examples.conftest import SCOPE
from zoom_api_client.api import operations

EXAMPLES = Path(__file__).parents[2] / "examples"
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


def test_every_program_is_listed() -> None:
    """Who looks for a program reads the list."""
    page = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in PROGRAMS if f"]({path.name})" not in page] == []


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_program_is_a_page_long(path: Path) -> None:
    """A program of many pages has something in it that belongs into the library."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 100
