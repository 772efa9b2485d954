"""Operations that a master account may call for its sub-accounts (`master.json`, beside 12 `endpoints.json`).

Nearly all of it are the ordinary operations under `/accounts/{accountId}`, with scopes of their own. The rest is in no
ordinary document, and becomes an operation like any other.
"""

from typing import Any

from generator.distil import operations

PREFIX = "/accounts/{accountId}"

Scopes = dict[str, list[str]]


def merge(endpoints: dict[str, Any], master: dict[str, Any]) -> dict[str, Any]:
    """Return the endpoints with the operations that only the master document has, marked `master` in their `x-zoom`."""
    paths = dict(endpoints["paths"])
    for method, path, operation in operations(master):
        item = paths.get(path, {})
        if method not in item and not _ordinary(endpoints, method, path):
            marked = {**operation, "x-zoom": {**operation["x-zoom"], "master": True}}
            paths[path] = {**item, method: marked}
    alone: dict[str, Any] = (
        {} if endpoints["paths"] else {key: master[key] for key in ("info", "servers") if key in master}
    )
    schemas = {**_schemas(master), **_schemas(endpoints)}
    components = {"components": {"schemas": schemas}} if schemas else {}
    return {**endpoints, **alone, **components, "paths": paths}


def _schemas(document: dict[str, Any]) -> dict[str, Any]:
    schemas: dict[str, Any] = (document.get("components") or {}).get("schemas") or {}
    return schemas


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
