"""Lookup finds what tests name: operations of products, and methods of the named modules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from zoom_api_client.core import operation as library
from zoom_api_client.core.operations import operations
from zoom_api_client.testing import contract
from zoom_api_client.testing.contract import Operation


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
