"""The blocking client is the asynchronous one without waiting: word by word, and never by hand."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from generator import unasync
from zoom_api_client._async import primitives as async_primitives
from zoom_api_client.transport import primitives as transport_primitives

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "zoom_api_client"


def derived(code: str, source: str = "client.py") -> str:
    """Return what becomes of code below a docstring and its own header."""
    text = unasync.blocking(f'"""Doc."""\n\n{code}\n', source)
    return text.partition("do not edit.\n")[2].strip()


@pytest.mark.parametrize(
    ("waiting", "plain"),
    [
        ("async def send(self): ...", "def send(self): ..."),
        ("answer = await self._http.send(await x)", "answer = self._http.send(x)"),
        ("async with a as b, c: ...", "with a as b, c: ..."),
        ("[x async for x in await pages()]", "[x for x in pages()]"),
        ("class AsyncZoom(AsyncBase[AsyncPages]): ...", "class Zoom(Base[Pages]): ..."),
        ("async def __aenter__(self): ...", "def __enter__(self): ..."),
        ("async def __aexit__(self, *_): ...", "def __exit__(self, *_): ..."),
        ("def __aiter__(self): ...", "def __iter__(self): ..."),
        ("async def __anext__(self): ...", "def __next__(self): ..."),
        ("await self.aclose()", "self.close()"),
        ("await response.aread()", "response.read()"),
        ("async for part in response.aiter_bytes(): ...", "for part in response.iter_bytes(): ..."),
        ("async def async_auth_flow(self): ...", "def sync_auth_flow(self): ..."),
        ("from collections.abc import AsyncIterator", "from collections.abc import Iterator"),
        ("from zoom_api_client._async.client import AsyncZoom", "from zoom_api_client._sync.client import Zoom"),
        ("import zoom_api_client._async.modules.meetings", "import zoom_api_client._sync.modules.meetings"),
        ("from zoom_api_client._async.pages import AsyncPages", "from zoom_api_client._sync.pages import Pages"),
    ],
)
def test_blocking_code_does_not_await(waiting: str, plain: str) -> None:
    """Each word of asynchronous Python has its blocking one."""
    assert derived(waiting) == plain


@pytest.mark.parametrize(
    "code",
    [
        "self.awaited = asynchronous(Asynchronous)",
        "from zoom_api_client.api.meetings import create_meeting",
        "from zoom_api_client.transport import http",
        "from zoom_api_client import client_of, errors",
        "import zoom_api_client.modules_of_others",
        "enclose(self)",
    ],
)
def test_word_that_only_looks_alike_stays(code: str) -> None:
    """What both halves share, and what merely begins alike, stays."""
    assert derived(code) == code


def test_derived_file_says_not_to_edit_it() -> None:
    """The header below the docstring says what a file is derived from, and that it is not to be edited."""
    text = unasync.blocking('"""Zooms.\n\nTwice.\n"""\n\n\n\nimport os\n', "modules/meetings.py")
    assert text == (
        '"""Zooms.\n\nTwice.\n"""\n\n'
        "# Derived from zoom_api_client/_async/modules/meetings.py by `python -m generator build`: do not edit.\n"
        "import os\n"
    )


def test_docstring_speaks_of_its_own_half() -> None:
    """Code in docstrings is turned round as code is."""
    text = derived('x = "Close it, or enter it with `async with`."')
    assert text == 'x = "Close it, or enter it with `with`."'


def test_what_waits_comes_from_one_place() -> None:
    """Half by half there is one module of primitives, with the same names; it is written by hand."""
    line = "from zoom_api_client._async.primitives import perform, sleep"
    assert derived(line) == "from zoom_api_client.transport.primitives import perform, sleep"
    assert set(transport_primitives.__all__) == set(async_primitives.__all__)
    for name in async_primitives.__all__:
        assert callable(getattr(transport_primitives, name)), name


def test_file_without_a_source_is_removed(project: Any) -> None:
    """`_sync/` has the files that there are sources of, and no others."""
    package = project.layout.package
    (package / "_async/modules/things.py").write_text('"""Things."""\n\n\nasync def get() -> None:\n    """Get."""\n')
    unasync.derive(package)
    assert "\ndef get() -> None:" in (package / "_sync/modules/things.py").read_text()
    (package / "_async/modules/things.py").unlink()
    unasync.derive(package)
    files = sorted(path.relative_to(package).as_posix() for path in package.glob("_sync/**/*.py"))
    assert files == ["_sync/__init__.py", "_sync/client.py", "_sync/modules/__init__.py"]


def test_blocking_half_is_up_to_date(tmp_path: Path) -> None:
    """`_sync/` of the real package is what its sources give, byte by byte, formatted by the project's settings."""
    shutil.copytree(PACKAGE / unasync.SOURCE, tmp_path / unasync.SOURCE)
    unasync.derive(tmp_path)
    settings = ["--config", str(ROOT / "pyproject.toml"), "--no-cache", "--quiet", str(tmp_path / "_sync")]
    for command in (["check", "--select", "I,RUF022", "--fix"], ["format"]):
        subprocess.run([sys.executable, "-m", "ruff", *command, *settings], check=True)

    def contents(folder: Path) -> dict[str, str]:
        return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.py")}

    assert contents(PACKAGE / "_sync") == contents(tmp_path / "_sync")


def test_blocking_half_has_no_asynchronous_word() -> None:
    """No asynchronous syntax, name or comment is left in the real `_sync/`."""
    for path in (PACKAGE / "_sync").rglob("*.py"):
        tree = ast.parse(path.read_text())
        waiting = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
        assert not [node for node in ast.walk(tree) if isinstance(node, waiting)]
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not [
            name for name in names if name.startswith(("Async", "aclose", "__aenter", "__aexit", "__aiter", "__anext"))
        ]
