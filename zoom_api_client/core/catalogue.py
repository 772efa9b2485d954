"""Find products and operations by name, and say what was meant where there is none of a name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from difflib import get_close_matches
from types import ModuleType

API = "zoom_api_client.api"


def products() -> list[str]:
    """Return the names of all products that have operations."""
    return _names(API)


def operations(product: str) -> list[str]:
    """Return the names of all operations of a product."""
    return _names(f"{API}.{product}")


def product(name: str) -> ModuleType:
    """Return the package of a product; raise `AttributeError` if there is none."""
    return _load(API, name)


def operation(product: str, name: str) -> ModuleType:
    """Return the module of an operation; raise `AttributeError` if there is none."""
    return _load(f"{API}.{product}", name)


def _names(package: str) -> list[str]:
    return sorted(each.name for each in pkgutil.iter_modules(importlib.import_module(package).__path__))


def _load(package: str, name: str) -> ModuleType:
    if name.startswith("_"):  # what Python and its tools look for, and nobody misspelt
        raise AttributeError(name)
    module = f"{package}.{name}"
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as missing:
        if missing.name != module:
            raise
    raise unknown(f"zoom.{package.removeprefix('zoom_api_client.')}", name, _names(package))


def unknown(owner: str, name: str, known: Iterable[str]) -> AttributeError:
    """Return the error for a name that is nothing, with those that are near it."""
    close = get_close_matches(name, sorted(known), n=3)
    hint = f"; did you mean {', '.join(close)}?" if close else ""
    return AttributeError(f"{owner} has no {name!r}{hint}", name=name)
