"""Names that are loaded when they are first used: those of packages (PEP 562), and modules by their names."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

Loader = Callable[[str], Any]
Lister = Callable[[], list[str]]


def names(package: str, homes: dict[str, str]) -> tuple[Loader, Lister]:
    """Return `__getattr__` and `__dir__` of a package, from the module of each name ("" where it is one itself)."""

    def load(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module = importlib.import_module(f"{package}.{homes[name] or name}")
        value = getattr(module, name) if homes[name] else module
        setattr(sys.modules[package], name, value)
        return value

    return load, lambda: sorted({*vars(sys.modules[package]), *homes})


def models(package: str, files: dict[str, str]) -> tuple[Loader, Lister]:
    """Return the same for a package of models, from the names in each of its files."""
    return names(package, {name: module for module, line in files.items() for name in line.split()})


def modules(package: str) -> list[str]:
    """Return the names of the modules of a package, without loading them."""
    import pkgutil  # a program that makes no mistake and asks for no list needs none

    return sorted(each.name for each in pkgutil.iter_modules(importlib.import_module(package).__path__))


def module(package: str, name: str, shown: str) -> ModuleType:
    """Return a module of a package; raise `AttributeError` if there is none, with the package as it is shown."""
    if name.startswith("_"):  # what Python and its tools look for, and nobody misspelt
        raise AttributeError(name)
    place = f"{package}.{name}"
    try:
        return importlib.import_module(place)
    except ModuleNotFoundError as missing:
        if missing.name != place:
            raise
    raise unknown(shown, name, modules(package))


def unknown(owner: str, name: str, known: Iterable[str]) -> AttributeError:
    """Return the error for a name that is nothing, with those that are near it."""
    import difflib

    close = difflib.get_close_matches(name, sorted(known), n=3)
    hint = f"; did you mean {', '.join(close)}?" if close else ""
    return AttributeError(f"{owner} has no {name!r}{hint}", name=name)
