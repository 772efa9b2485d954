"""The examples in Python of README, of docs/ and of docstrings: each a program, if what is given stands before it.

They run against the simulator with the account of `page_account`. Examples about the mock have one of their own: all of
docs/testing.md, the second step of docs/start.md, the last recipe, and the docstrings of the kit.
"""

import ast
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import attrs

ROOT = Path(__file__).parents[1]
PAGES = [
    ROOT / "README.md",
    *sorted(each for each in (ROOT / "docs").rglob("*.md") if each.parent.name != "changes"),
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
]
TESTING = ROOT / "docs" / "testing.md"  # its blocks are files of one suite: tests/testing/test_docs.py runs them

_GENERATED = ("api", "models", "events", "_sync")
_NO_PROGRAMS = ("fixtures", "registry")  # YAML, and what a module of behaviours has
_FENCE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"\n\n((?:    .*\n|\n(?=    ))+)")
_GIVEN = """\
from zoom_api_client import Zoom

account_id = client_id = client_secret = file_id = "given"
meeting_id = 85746065432


def my_code(zoom: Zoom) -> None: ...


"""
_CLIENT = 'zoom = Zoom("any token")\n\n'
_SIMULATOR = """\
from tests.page_account import furnish
from zoom_api_client.testing.simulator import Simulator, serve_in_thread

simulator = Simulator()
furnish(simulator)

"""
_MAKES_ITS_OWN = re.compile(r"\bzoom = |\bas zoom:", re.MULTILINE)
_RELAXED = "# mypy: allow-untyped-defs, check-untyped-defs, allow-untyped-calls, disable-error-code=misc\n"


@attrs.frozen
class Example:
    """An example: `place` says where it stands, `code` is what stands there, `program` what runs."""

    place: str
    code: str
    program: str


def of_pages() -> Iterator[Example]:
    """Yield the examples of the pages."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for block in _FENCE.finditer(text) if page != TESTING else ():
            line = text[: block.start()].count("\n") + 2
            yield Example(f"{page.relative_to(ROOT).with_suffix('')}-{line}", block[1], _given(block[1]) + block[1])


def of_docstrings() -> Iterator[Example]:
    """Yield the indented blocks of the docstrings of what is written by hand; they know the names of their module."""
    for path in sorted((ROOT / "zoom_api_client").rglob("*.py")):
        module = path.relative_to(ROOT).with_suffix("")
        if module.parts[1] in _GENERATED or module.name in _NO_PROGRAMS:
            continue
        name = ".".join(module.parts).removesuffix(".__init__")
        for owner, block in _blocks(ast.parse(path.read_text(encoding="utf-8"))):
            given = _SIMULATOR if "simulator" in module.parts else _given(block)
            head = f"from __future__ import annotations\n{given}from {name} import *\n"
            yield Example(f"{name}:{owner}", block, head + block)


def of_testing_page() -> Iterator[Example]:
    """Yield the files of the page on tests; their functions are typed as far as pytest's users type them."""
    for block in _FENCE.finditer(TESTING.read_text(encoding="utf-8")):
        name = block[1].partition("\n")[0].removeprefix("# ")
        yield Example(name, block[1], _RELAXED + block[1])


def _given(block: str) -> str:
    return _GIVEN if _MAKES_ITS_OWN.search(block) else _GIVEN + _CLIENT


def _blocks(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            for found in _INDENTED.finditer((ast.get_docstring(node) or "") + "\n"):
                yield getattr(node, "name", "module"), textwrap.dedent(found[1])
