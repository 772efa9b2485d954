"""No action is missing, and each says of itself what Zoom's contract says: table, methods and marks agree."""

import importlib
import inspect
import subprocess
import sys
from functools import cache
from typing import Any

import pytest

from tests.modules import test_rows
from zoom_api_client import AsyncZoom, Zoom
from zoom_api_client.core.operation import Operation
from zoom_api_client.core.operations import operations

ACTIONS = {
    2: "meetings.create", 3: "meetings.get", 4: "meetings.list", 5: "meetings.update", 6: "meetings.end",
    7: "meetings.delete", 8: "meetings.add_registrant", 9: "meetings.list_registrants",
    10: "meetings.update_registrant_status",
    12: "webinars.create", 13: "webinars.get", 14: "webinars.list", 15: "webinars.update", 16: "webinars.delete",
    17: "webinars.add_registrant", 18: "webinars.list_registrants", 19: "webinars.update_registrant_status",
    20: "webinars.add_panelists", 21: "webinars.list_panelists", 22: "webinars.remove_panelist",
    24: "recordings.list recordings.for_meeting", 26: "recordings.delete",
    28: "phone.list_numbers", 29: "phone.list_call_logs", 32: "chat.send_message", 34: "call pages",
}  # fmt: skip
NAMES = [name for row in ACTIONS.values() for name in row.split()]
METHODS = [name for name in NAMES if "." in name]


def method(client: Zoom | AsyncZoom, name: str) -> Any:
    """Return the method of a name like `meetings.create`."""
    found: Any = client
    for part in name.split("."):
        found = getattr(found, part)
    return found


@cache
def behind(name: str) -> list[Operation[Any]]:
    """Return the operations that the contract marks for a method."""
    return [each for each in operations() if each.module_method == name]


def text(given: str | None) -> str:
    """Return text without its line breaks."""
    return " ".join((given or "").split())


@pytest.mark.parametrize("client", [Zoom("t"), AsyncZoom("t")], ids=["blocking", "asynchronous"])
@pytest.mark.parametrize("name", NAMES)
def test_every_action_has_a_method_in_both_worlds(client: Zoom | AsyncZoom, name: str) -> None:
    """The table is what users were promised."""
    assert callable(method(client, name))


def test_every_mark_of_the_contract_has_a_method_and_every_method_a_mark() -> None:
    """`scopes("meetings.create")` and the docstrings live on the marks."""
    assert sorted(METHODS) == sorted({each.module_method for each in operations() if each.module_method})


@pytest.mark.parametrize("module", sorted({name.partition(".")[0] for name in METHODS}))
def test_modules_have_no_method_beside_the_table(module: str) -> None:
    """A method without a row has no test of its own; downloads have no operation, and tests elsewhere."""
    public = {name for name in vars(type(getattr(AsyncZoom("t"), module))) if not name.startswith("_")}
    assert {f"{module}.{name}" for name in public - {"download"}} == {
        name for name in METHODS if name.startswith(f"{module}.")
    }


@pytest.mark.parametrize("row", ACTIONS)
def test_every_row_has_a_test_named_after_it(row: int) -> None:
    """Whoever reads the table finds the proof."""
    assert [name for name in vars(test_rows) if name.startswith(f"test_row_{row:02}_")]


@pytest.mark.parametrize("name", METHODS)
def test_docstring_has_the_page_scopes_and_rate_limit_of_the_contract(name: str) -> None:
    """When Zoom changes a scope or a label, its docstring is a lie: this says what it must say."""
    said = text(inspect.getdoc(method(AsyncZoom("t"), name)))
    assert behind(name)
    for operation in behind(name):
        lines = importlib.import_module(operation.module).__doc__ or ""
        head = f"`{operation.method} {operation.path}`"
        page = next(line.partition(", ")[2] for line in lines.splitlines() if line.startswith(f"{head}, "))
        scopes = ", ".join(operation.scopes)
        assert f"{head}; rate limit: {operation.rate_limit}; scopes, one of: {scopes}. {page}" in said


@pytest.mark.parametrize("name", [*METHODS, "call"])
def test_docstring_describes_every_argument(name: str) -> None:
    """Units, formats and defaults are what a type cannot say."""
    function = method(AsyncZoom("t"), name)
    described = inspect.getdoc(function) or ""
    assert [each for each in inspect.signature(function).parameters if f"    {each}: " not in described] == []


@pytest.mark.parametrize("operation", [each for each in operations(master=True) if each.master or each.module_method])
def test_operation_of_an_action_or_a_master_account_is_explained(operation: Operation[Any]) -> None:
    """A heading made of the operation's name says nothing about plans, limits and what cannot be undone."""
    _, explained = (importlib.import_module(operation.module).__doc__ or "").split("\n\n")[:2]
    assert not explained.startswith(("`", "For master accounts only", "Zoom has deprecated"))


@pytest.mark.parametrize("use", ['meetings.create("me", topic=5)', "meetings.get(True)", "webinars.update(5, topic=5)"])
def test_use_of_one_method_loads_few_modules(use: str) -> None:
    """The budget of an operation, 20 modules of ours, holds for the method that stands for it."""
    script = f"""if True:
        import sys
        from zoom_api_client import Zoom
        zoom, before = Zoom("a token"), set(sys.modules)
        try:
            zoom.{use}
        except TypeError:
            pass
        ours = [each for each in set(sys.modules) - before if each.startswith("zoom_api_client")]
        assert len(ours) <= 20, sorted(ours)
    """
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
