"""README and the pages of docs/: their examples run and have types, their figures and names are those of the code."""

import inspect
import json
import re
import runpy
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator import resources
from zoom_api_client import Zoom, events
from zoom_api_client.connection import UserOAuth
from zoom_api_client.core.operations import operations
from zoom_api_client.testing import mock_zoom
from zoom_api_client.triggers import Receiver

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md"]
RUN = [page for page in PAGES if page.name != "testing.md"]  # test_docs.py runs that one
GIVEN = """\
from zoom_api_client import Zoom

account_id = client_id = client_secret = file_id = "given"
zoom = Zoom("any token")


def my_code(zoom: Zoom) -> None: ...


"""


def examples() -> list[Any]:
    """Return the examples in Python, each a program if what `GIVEN` has stands before it."""
    found = []
    for page in RUN:
        text = page.read_text(encoding="utf-8")
        for block in re.finditer(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
            line = text[: block.start()].count("\n") + 2
            found.append(pytest.param(GIVEN + block[1], id=f"{page.stem}-{line}"))
    return found


@pytest.fixture
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A directory of its own, a token in the environment, and neither browser nor server."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("ZOOM_ACCESS_TOKEN", "any token")
    monkeypatch.setattr(UserOAuth, "authorize_in_browser", lambda self: None)
    monkeypatch.setattr(Receiver, "run", lambda self, port: self.close())
    with mock_zoom():
        yield


@pytest.mark.usefixtures("surroundings")
@pytest.mark.parametrize("example", examples())
def test_example_runs(example: str, tmp_path: Path) -> None:
    """The mock refuses what Zoom would refuse: an example that it takes is one that works."""
    (tmp_path / "example.py").write_text(example, encoding="utf-8")
    runpy.run_path(str(tmp_path / "example.py"))


def test_examples_have_types(tmp_path: Path) -> None:
    """Who copies an example into a program that is type-checked must not begin with errors."""
    for number, example in enumerate(examples()):
        code = example.values[0].replace("(mock_zoom):", "(mock_zoom: MockZoom) -> None:")
        (tmp_path / f"example_{number}.py").write_text(f"from zoom_api_client.testing import MockZoom\n{code}")
    cache = tmp_path.parent.parent / "mypy"
    command = [sys.executable, "-m", "mypy", "--no-error-summary", "--cache-dir", str(cache), str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout + done.stderr == ""


def test_figures_are_those_of_the_code() -> None:
    """A figure that is written by hand stays when Zoom adds an operation."""
    every = operations()
    right = {
        "operations": {len(every), sum(each.paged is not None for each in every), _remembering()},
        "events": {len(events.registry())},
        "products": {len({each.product for each in every})},
    }
    said = [
        (page.name, int(figure.replace(",", "")), what)
        for page in PAGES
        for figure, what in re.findall(r"\b(\d[\d,]+)\s+(?:webhook\s+)?(operations|events|products)\b", _text(page))
    ]
    assert [each for each in said if each[1] not in right[each[2]]] == []
    assert {what for _, _, what in said} == right.keys()


def test_actions_of_readme_are_those_of_the_client() -> None:
    """A method that is not in the table is not found, and one that is gone disappoints."""
    table = dict(re.findall(r"^\| `zoom\.(\w+)` \| (.*) \|$", _text(ROOT / "README.md"), re.MULTILINE))
    assert table.keys() == {"meetings", "webinars", "recordings", "phone", "chat"}
    zoom = Zoom("any token")
    for module, cell in table.items():
        named = set(re.findall(r"`(\w+)`", cell))
        if cell.startswith("the same but `end`"):
            named = (named | set(re.findall(r"`(\w+)`", table["meetings"]))) - {"end"}
        assert named == {name for name, _ in inspect.getmembers(getattr(zoom, module), callable) if name[0] != "_"}


def test_rooms_of_the_house_are_those_of_the_package() -> None:
    """The drawing has the rooms in the order in which import-linter holds them."""
    drawing = re.search(r"^    cli .*?^    core .*?$", _text(ROOT / "docs" / "house.md"), re.MULTILINE | re.DOTALL)
    assert drawing
    drawn = [line.strip().partition("  ")[0].strip() for line in drawing[0].splitlines() if line.strip() != "│"]
    contracts = tomllib.loads(_text(ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"]
    assert drawn == contracts[0]["layers"]


def test_files_that_pages_name_are_there() -> None:
    """A page outlives the files that it speaks of."""
    folders = (ROOT, ROOT / "zoom_api_client", ROOT / "generator", ROOT / "docs")
    for page in PAGES:
        named = re.findall(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|toml|json|md)|\w+\.(?:py|toml))`", _text(page))
        named += re.findall(r"\]\(([^):]+)\)", _text(page))
        absent = [each for each in named if not any((folder / each).exists() for folder in folders)]
        assert absent == [], page.name


def test_page_of_the_pipeline_names_every_module_of_the_generator() -> None:
    """Who looks for a step finds it by the page, and a new module has its place there."""
    named = set(re.findall(r"`(?:generator/)?(\w+)(?:\.py|/)`", _text(ROOT / "docs" / "pipeline.md")))
    modules = {each.stem for each in (ROOT / "generator").iterdir() if not each.name.startswith("__")}
    assert modules - named == set()


def _remembering() -> int:
    contracts = (ROOT / "zoom_api_client" / "testing" / "contracts").glob("*.json")
    return sum(resources.remembering(json.loads(_text(each))["endpoints"]) for each in contracts)


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")
