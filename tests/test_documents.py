"""README and the pages of docs/: their examples run and have types, their figures and names are those of the code."""

import inspect
import json
import re
import runpy
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from generator import resources
from generator.site import pages
from tests.page_account import TODAY, furnish
from tests.page_examples import PAGES, ROOT, Example, of_docstrings, of_pages, of_testing_page
from zoom_api_client import Zoom, events
from zoom_api_client.arguments import dates
from zoom_api_client.connection import UserOAuth
from zoom_api_client.core.event_groups import TRIGGERS
from zoom_api_client.core.operations import operations
from zoom_api_client.testing import EventSender, mock_zoom
from zoom_api_client.triggers import Receiver

RUN = [*of_pages(), *of_docstrings()]


@pytest.fixture
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A simulated account, a directory of its own, a token in the environment, and neither browser nor server."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("ZOOM_ACCESS_TOKEN", "any token")
    monkeypatch.setattr(UserOAuth, "authorize_in_browser", lambda self: self.exchange_marketplace_install("a code"))
    monkeypatch.setattr(Receiver, "run", lambda self, port: self.close())
    monkeypatch.setattr(EventSender, "send", lambda self, event: [200])
    monkeypatch.setattr(dates, "now", lambda: TODAY)
    with mock_zoom(stateful=True) as zoom:
        furnish(zoom.simulator)
        yield


@pytest.mark.usefixtures("surroundings")
@pytest.mark.parametrize("example", [pytest.param(each, id=each.place) for each in RUN])
def test_example_runs(example: Example, tmp_path: Path) -> None:
    """The simulator refuses what Zoom would refuse, and does not have what was never made: what it takes works."""
    (tmp_path / "example.py").write_text(example.program, encoding="utf-8")
    runpy.run_path(str(tmp_path / "example.py"))


def test_examples_have_types(tmp_path: Path) -> None:
    """Who copies an example into a program that is type-checked must not begin with errors."""
    for number, example in enumerate(RUN):
        code = example.program.replace("(mock_zoom):", "(mock_zoom: MockZoom) -> None:")
        code = code.replace("(mock_zoom):", "(mock_zoom: MockZoom) -> None:")
        (tmp_path / f"example_{number}.py").write_text(f"from zoom_api_client.testing import MockZoom\n{code}")
    for example in of_testing_page():
        (tmp_path / example.place).write_text(example.program)
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


def test_every_module_has_a_how_to_and_a_row_for_who_comes_from_elsewhere() -> None:
    """The 34 modules are what people look for first, by the name that they know."""
    zoom = Zoom("any token")
    actions = {
        f"zoom.{module}.{name}"
        for module in ("meetings", "webinars", "recordings", "phone", "chat")
        for name, _ in inspect.getmembers(getattr(zoom, module), callable)
        if name[0] != "_"
    } - {"zoom.recordings.for_meeting"}  # together with `list` it is one module
    modules = {*actions, *TRIGGERS, "zoom.call"}
    how_to = "".join(_text(page) for page in (ROOT / "docs" / "actions").glob("*.md") if page.stem != "index")
    headed = re.findall(r"^## .+\n\n`((?:zoom\.)?[\w.]+)\(", how_to, re.MULTILINE)
    assert modules - set(headed) == set()
    rows = re.findall(r"^\| [^`|]+ \| `([\w.]+)`", _text(ROOT / "docs" / "coming-from.md"), re.MULTILINE)
    assert (sorted(rows), len(rows)) == (sorted(modules), 34)


@pytest.mark.parametrize("page", ["README.md", "docs/house.md"])
def test_rooms_of_the_house_are_those_of_the_package(page: str) -> None:
    """The drawing and README's tree have the rooms in the order in which import-linter holds them."""
    drawing = re.search(r"^    cli .*?^    core .*?$", _text(ROOT / page), re.MULTILINE | re.DOTALL)
    assert drawing
    drawn = [line.strip().partition("  ")[0].strip() for line in drawing[0].splitlines() if line.strip() != "│"]
    contracts = tomllib.loads(_text(ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"]
    assert drawn == contracts[0]["layers"]


def test_files_that_pages_name_are_there() -> None:
    """A page outlives the files that it speaks of."""
    folders = (ROOT, ROOT / "zoom_api_client", ROOT / "generator", ROOT / "docs")
    for page in PAGES:
        named = re.findall(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|toml|json|md)|\w+\.(?:py|toml))`", _text(page))
        named = [each for each in named if not each.startswith("build/")]  # made, and not kept
        absent = [each for each in named if not any((folder / each).exists() for folder in folders)]
        links = [page.parent / each for each in re.findall(r"\]\(([^):#]+)(?:#[^)]*)?\)", _text(page))]
        made = [ROOT / each for each in pages.MADE]
        absent += [str(each) for each in links if not each.exists() and each.resolve() not in made]
        assert absent == [], page.name


@pytest.mark.parametrize("start", ["README.md", "docs/index.md"])
def test_every_page_is_two_clicks_away(start: str) -> None:
    """Who begins at either page must find every other one, without a search."""
    first = _linked(ROOT / start)
    reached = first.union(*map(_linked, first), {ROOT / "docs" / "index.md"})
    assert {each for each in PAGES if each.is_relative_to(ROOT / "docs")} - reached == set()


def _linked(page: Path) -> set[Path]:
    """Return the pages that a page links to; on the site some that lie in the root stand beside those of docs/."""
    from_the_root = {ROOT / "docs" / made: ROOT / name for name, made in pages.FROM_THE_ROOT.items()}
    links = re.findall(r"\]\(([^):#]+\.md)(?:#[^)]*)?\)", _text(page)) if page.exists() else []
    found = {(page.parent / link).resolve() for link in links}
    return {from_the_root.get(each, each) for each in found}


def test_every_extra_is_on_the_page_of_versions() -> None:
    """Who needs an extra looks for it in the table."""
    rows = re.findall(r"^\| `(\w+)` \|", _text(ROOT / "docs" / "versions.md").partition("## Extras")[2], re.MULTILINE)
    project = tomllib.loads(_text(ROOT / "pyproject.toml"))["project"]
    assert rows == [*sorted(project["optional-dependencies"].keys() - {"all"}), "all"]


def test_page_of_the_pipeline_names_every_module_of_the_generator() -> None:
    """Who looks for a step finds it by the page, and a new module has its place there."""
    named = set(re.findall(r"`(?:generator/)?(\w+)(?:\.py|/)`", _text(ROOT / "docs" / "pipeline.md")))
    modules = {each.stem for each in (ROOT / "generator").iterdir() if not each.name.startswith("__")}
    assert modules - named == set()


def _remembering() -> int:
    contracts = Path(str(files("zoom_api_client.testing") / "contracts")).glob("*.json")  # of the wheel, away from here
    return sum(resources.remembering(json.loads(_text(each))["endpoints"]) for each in contracts)


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")
