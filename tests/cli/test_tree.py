"""The tree of commands: everything is in it, and nothing is loaded that is not used."""

import inspect
import re
import subprocess
import sys
from importlib import import_module, metadata

import pytest

from tests.cli.running import Script
from zoom_api_client import Zoom
from zoom_api_client.cli import index
from zoom_api_client.cli.app import TREE
from zoom_api_client.core.operations import operations

MODULES = ("meetings", "webinars", "recordings", "phone", "chat")
MADE_BY_HAND = {"recordings": {"download"}}


def test_help_lists_every_command(script: Script) -> None:
    """Each command of the tree stands in the help, and each has a module."""
    told = script("--help").out
    for name in (name for commands in TREE.values() for name in commands):
        assert f" {name} " in told
        assert import_module(f"zoom_api_client.cli.commands.{name}").command


@pytest.mark.parametrize("module", MODULES)
def test_every_method_of_a_module_has_a_command(module: str) -> None:
    """Who adds a method is told here that the command lacks it."""
    kind = type(getattr(Zoom("a token", base_url="http://127.0.0.1:1/v2"), module))
    methods = {name for name, _ in inspect.getmembers(kind, inspect.isfunction) if not name.startswith("_")}
    reached = {method for method, _ in import_module(f"zoom_api_client.cli.commands.{module}").METHODS.values()}
    assert methods - MADE_BY_HAND.get(module, set()) == reached


def test_every_operation_has_a_command() -> None:
    """Each is found by product and name."""
    for operation in operations(master=True):
        row = index.by_product()[operation.product.replace("_", "-")][operation.name.replace("_", "-")]
        assert row["module"] == operation.module


@pytest.mark.parametrize(
    "words",
    [["--help"], ["meetings", "list", "--help"], ["api", "users", "list-users", "--help"], ["api", "phone", "--help"]],
)
def test_help_loads_neither_http_nor_models_of_others(words: list[str]) -> None:
    """What takes long to load is loaded by commands that send something."""
    says = "import sys; from zoom_api_client.cli.app import main; main(sys.argv[1:]); print(*sys.modules)"
    loaded = set(subprocess.run([sys.executable, "-c", says, *words], capture_output=True, text=True).stdout.split())
    assert not loaded & {"httpx", "anyio", "jq", "rich.markdown", "jsonschema_rs", "uvicorn"}
    assert sum(name.startswith("zoom_api_client.api.") and name.count(".") == 3 for name in loaded) <= 1


def test_the_module_is_the_script(script: Script) -> None:
    """`python -m zoom_api_client` does the same."""
    ran = subprocess.run(
        [sys.executable, "-m", "zoom_api_client", "--version"], env=script.env, capture_output=True, text=True
    )
    assert ran.stdout == script("--version").out
    assert ran.stdout.startswith("zoom-api ")


def test_an_extra_that_is_missing_is_reported(script: Script) -> None:
    """The error is one line, where the script of an installation without extras begins."""
    (entry,) = (each for each in metadata.entry_points(group="console_scripts") if each.name == "zoom-api")
    says = f"import sys; sys.modules['cyclopts'] = None; from {entry.module} import {entry.attr}; {entry.attr}()"
    ran = subprocess.run([sys.executable, "-c", says], env=script.env, capture_output=True, text=True)
    assert ran.returncode == 1
    assert ran.stderr == 'zoom-api: the command zoom-api needs cyclopts: pip install "zoom-api-client[cli]"\n'


def test_a_misspelt_command_is_reported(script: Script) -> None:
    """The message names the nearest, and where help is."""
    ran = script("meetings", "lst", "me")
    assert (ran.code, ran.out) == (2, "")
    assert 'Did you mean "list"?' in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        ("nothing", "recordings, ... See zoom-api --help.\n"),
        ("meetings list me --tpye live", "Did you mean --type? See zoom-api meetings list --help.\n"),
        ("meetings lst", "registrants. See zoom-api meetings --help.\n"),
    ],
)
def test_a_sentence_ends_once(words: str, ends: str, script: Script) -> None:
    """Where an ellipsis or a question stands at its end too."""
    assert script(*words.split()).err.endswith(ends)


def test_one_operation_is_not_several(script: Script) -> None:
    """A product may have a single operation."""
    listed = script("api", "--help").out
    assert re.search(r" 1 operation\b", listed)
    assert not re.search(r" 1 operations", listed)
