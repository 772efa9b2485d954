"""Operations that a master account may call for its sub-accounts (`master.json`, beside 12 `endpoints.json`).

Nearly all of it are the ordinary operations under `/accounts/{accountId}`, with scopes of their own. The rest is in no
ordinary document, and becomes an operation like any other.
"""

import json
from pathlib import Path
from typing import Any

from generator.distil import operations

PREFIX = "/accounts/{accountId}"

Scopes = dict[str, list[str]]


def load(folder: Path) -> dict[str, Any]:
    """Read the document of a product; most have none."""
    path = folder / "master.json"
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return document


def merge(endpoints: dict[str, Any], master: dict[str, Any]) -> None:
    """Add the operations that only the master document has, marked `master` in their `x-zoom`."""
    for method, path, operation in operations(master):
        item = endpoints["paths"].get(path, {})
        if method not in item and not _ordinary(endpoints, method, path):
            marked = {**operation, "x-zoom": {**operation["x-zoom"], "master": True}}
            endpoints["paths"][path] = {**item, method: marked}


def variants(endpoints: dict[str, Any], master: dict[str, Any]) -> dict[str, Scopes]:
    """Return the scopes that each operation of a contract takes for a sub-account, of those that can be called so."""
    found = {(method, path): operation for method, path, operation in operations(master) if path.startswith(PREFIX)}
    of_sub_account = {
        operation["operationId"]: found.get((method, path)) or found.get((method, PREFIX + path))
        for method, path, operation in operations(endpoints)
    }
    return {name: _scopes(variant) for name, variant in of_sub_account.items() if variant}


def _scopes(operation: dict[str, Any]) -> Scopes:
    return {kind: names for kind, names in operation["x-zoom"].get("scopes", {}).items() if names}


def _ordinary(endpoints: dict[str, Any], method: str, path: str) -> bool:
    return path.startswith(PREFIX) and method in endpoints["paths"].get(path.removeprefix(PREFIX), {})
