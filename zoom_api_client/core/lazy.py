"""Packages whose names are loaded when they are first used (PEP 562)."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
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
