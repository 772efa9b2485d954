"""Every public name says what it is, and a page of the documentation speaks of it."""

import importlib
import inspect
import re
from collections.abc import Iterator
from typing import Any

from tests.page_examples import PAGES

MODULES = (
    "zoom_api_client",
    "zoom_api_client.api",
    "zoom_api_client.connection",
    "zoom_api_client.downloads",
    "zoom_api_client.errors",
    "zoom_api_client.events",
    "zoom_api_client.quota",
    "zoom_api_client.testing",
    "zoom_api_client.triggers",
    "zoom_api_client.triggers.inbox",
)


def _list_public() -> Iterator[tuple[str, Any]]:
    """Yield every name that `__all__` of a public module has; of errors, which has none, every class."""
    for name in MODULES:
        module = importlib.import_module(name)
        own = [each for each, value in inspect.getmembers(module, inspect.isclass) if value.__module__ == name]
        for each in getattr(module, "__all__", own):
            yield f"{name}.{each}", getattr(module, each)


PUBLIC = list(_list_public())  # before the suite's fixtures put others in their place


def test_every_public_name_has_a_docstring() -> None:
    """`help()` is what a reader has in a shell. A name for a type or a text has none: pages say what it is."""
    described = [(name, each) for name, each in PUBLIC if inspect.isclass(each) or inspect.isroutine(each)]
    assert len(described) > 80
    assert [name for name, each in described if not (each.__doc__ or "").strip()] == []


def test_every_public_method_has_a_docstring() -> None:
    """Its own, or that of what the class is a kind of: `help()` shows both."""
    methods = [
        (f"{name}.{own}", each) for name, value in PUBLIC if inspect.isclass(value) for own, each in _list(value)
    ]
    assert len(methods) > 300
    assert [name for name, each in methods if not (inspect.getdoc(each) or "").strip()] == []


def test_described_arguments_exist() -> None:
    """An argument that was renamed in the code alone is one that nobody can give."""
    methods = [
        (f"{name}.{own}", each) for name, value in PUBLIC if inspect.isclass(value) for own, each in _list(value)
    ]
    described = [(name, each) for name, each in [*PUBLIC, *methods] if callable(each) and _described(each)]
    assert len(described) > 60
    wrong = {name: _described(each) - set(inspect.signature(each).parameters) for name, each in described}
    assert {name: names for name, names in wrong.items() if names} == {}


def _described(function: Any) -> set[str]:
    """Return the names of the arguments that a docstring describes."""
    found = re.search(r"^Args:\n((?: .*\n|\n)+)", f"{inspect.getdoc(function)}\n", re.MULTILINE)
    return set(re.findall(r"^    \**(\w+): ", found[1], re.MULTILINE)) if found else set()


def _list(value: type) -> Iterator[tuple[str, Any]]:
    """Yield the public methods and properties of ours that a class has, the classes of base libraries left out."""
    for name, each in inspect.getmembers(value, lambda each: inspect.isroutine(each) or isinstance(each, property)):
        function = each.fget if isinstance(each, property) else each
        is_ours = (getattr(function, "__module__", None) or "").startswith("zoom_api_client")
        if is_ours and not name.startswith("_"):
            yield name, getattr(value, name)


def test_every_public_name_is_on_a_page() -> None:
    """What no page speaks of is not found, and is not missed when it goes."""
    named = set(re.findall(r"\w+", " ".join(_code(page.read_text(encoding="utf-8")) for page in PAGES)))
    assert [name for name, _ in PUBLIC if name.rpartition(".")[2] not in named] == []


def _code(text: str) -> str:
    return " ".join(re.findall(r"^```python\n.*?^```$|`[^`\n]+`", text, re.MULTILINE | re.DOTALL))
