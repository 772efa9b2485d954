"""Names that are loaded when they are first used: those of packages (PEP 562), and modules by their names."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import pairwise
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


def models(package: str, renamed: Mapping[str, str] | None = None) -> tuple[Loader, Lister]:
    """Return the same for a package of models; its stub says which names stand in which file, and is read at need.

    `renamed` has the place now of names that are kept for a while, and warn.
    """

    @cache
    def read_stub() -> tuple[Loader, Lister]:
        from importlib.resources import files  # of use only here, and half as slow as all else that an import takes

        homes, module = {}, ""
        words = (files(package) / "__init__.pyi").read_text(encoding="utf-8").split()
        for before, word in pairwise(words):  # from .module import Name as Name, …
            if before == "from":
                module = word[1:]
            elif before == "as":
                homes[word.rstrip(",")] = module
        return names(package, homes)

    def load(name: str) -> Any:
        return moved(package, name, renamed[name]) if renamed and name in renamed else read_stub()[0](name)

    return load, lambda: read_stub()[1]()


def moved(package: str, name: str, place: str) -> Any:
    """Return what has another place (`package.name`) than it had, and warn of that."""
    import warnings  # most programs use no name that has changed

    says = f"{package}.{name} is now {place}: the old name goes with the next major version"
    warnings.warn(says, DeprecationWarning, stacklevel=3)
    home, _, now = place.rpartition(".")
    return getattr(importlib.import_module(home), now)


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
    from zoom_api_client.core.suggestions import did_you_mean  # a program without mistakes needs none

    return AttributeError(f"{owner} has no {name!r}{did_you_mean(name, sorted(known))}", name=name)
