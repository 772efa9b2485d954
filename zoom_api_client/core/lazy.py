"""Packages whose names are loaded when they are first used (PEP 562)."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from functools import cache
from itertools import pairwise
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


def models(package: str) -> tuple[Loader, Lister]:
    """Return the same for a package of models; its stub says which names stand in which file, and is read at need."""

    @cache
    def known() -> tuple[Loader, Lister]:
        from importlib.resources import files  # of use only here, and half as slow as all else that an import takes

        homes, module = {}, ""
        words = (files(package) / "__init__.pyi").read_text(encoding="utf-8").split()
        for before, word in pairwise(words):  # from .module import Name as Name, …
            if before == "from":
                module = word[1:]
            elif before == "as":
                homes[word.rstrip(",")] = module
        return names(package, homes)

    return lambda name: known()[0](name), lambda: known()[1]()
