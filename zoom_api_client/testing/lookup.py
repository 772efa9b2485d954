"""Lookup finds what tests name: operations of products, and methods of the named modules."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from functools import cache
from typing import Any

from zoom_api_client.core import lazy, operation as library
from zoom_api_client.core.operations import operations
from zoom_api_client.testing import contract
from zoom_api_client.testing.contract import Operation

_API = "zoom_api_client.api"


@cache
def places() -> frozenset[str]:
    """Return the names of products and modules: `team_chat`, `recordings`."""
    return frozenset(contract.products()) | _modules().keys()


@cache
def find(place: str) -> Mapping[str, tuple[Operation, ...]]:
    """Return what a product or a module has, by name. A name that is both is the method's, as in `scopes()`."""
    own = contract.operations(place) if place in contract.products() else {}
    methods = {
        name: tuple(contract.operation(*each) for each in behind) for name, behind in _modules().get(place, {}).items()
    }
    return {name: (operation,) for name, operation in own.items()} | methods


def find_moved(place: str, name: str) -> Operation | None:
    """Return the operation that an old name of a product stands for, None if it is none."""
    package = f"{_API}.{place}"
    if place not in lazy.modules(_API) or name not in lazy.modules(package):
        return None
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # whoever asks says so, each time
        now = lazy.module(package, name, place).OPERATION
    return contract.operation(now.product, now.name)


def library_operation(declared: Operation) -> library.Operation[Any]:
    """Return what the library calls with for an operation of the contract."""
    return _library()[str(declared)]


@cache
def _modules() -> dict[str, dict[str, list[tuple[str, str]]]]:
    """Return the operations behind the methods of the modules; `recordings.delete` has two."""
    modules: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for each in operations(master=True):
        if each.module_method:
            module, _, method = each.module_method.partition(".")
            modules.setdefault(module, {}).setdefault(method, []).append((each.product, each.name))
    return modules


@cache
def _library() -> dict[str, library.Operation[Any]]:
    return {str(each): each for each in operations(master=True)}
