"""Metadata of a value or an operation, in words for docstrings and as arguments of `Operation(…)`."""

import re
from typing import Any

JSON = "application/json"
_PAGE = "https://developers.zoom.us/docs/api/{product}/#tag/{tag}/{method}{path}"


def facts_of(schema: dict[str, Any]) -> str:
    """Describe in a few words what a type does not say: our own description, and Zoom's limits."""
    said = [schema["description"].rstrip(".")] if schema.get("description") else []
    return "; ".join([*said, *limits_of(schema)])


def limits_of(schema: dict[str, Any]) -> list[str]:
    """Return Zoom's limits of a value, a few words each."""
    said = []
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        said.append(f"{low} to {high}")
    elif high is not None or low is not None:
        said.append(f"at most {high}" if high is not None else f"at least {low}")
    if "maxLength" in schema:
        said.append(f"up to {schema['maxLength']} characters")
    if "maxItems" in schema:
        said.append(f"up to {schema['maxItems']} items")
    if "default" in schema:
        said.append(f"Zoom's default is {schema['default']!r}")
    if schema.get("deprecated"):
        said.append("deprecated")
    return said


def page(product: str, method: str, path: str, operation: dict[str, Any]) -> str:
    """Return the address of the operation's page at Zoom."""
    tag = (operation.get("tags") or [product])[0]
    return _PAGE.format(product=product, tag=_slug(tag), method=method.upper(), path=path)


def _slug(tag: str) -> str:
    return re.sub(r"[^a-z0-9-]", "", tag.lower().replace(" ", "-"))


def operation_facts(
    path: str, method: str, operation: dict[str, Any], package: str, results: dict[int, str | None]
) -> dict[str, Any]:
    """Return the arguments of `Operation(…)` in which this operation is not like most."""
    zoom = operation["x-zoom"]
    scopes = zoom.get("scopes", {})
    facts: dict[str, Any] = {
        "module": f"zoom_api_client.api.{package}.{operation['operationId']}",
        "operation_id": zoom["operation-id"],
        "method": method.upper(),
        "path": path,
        "results": results,
        "rate_limit": zoom.get("rate-limit", ""),
        "scopes": tuple(scopes.get("granular", ())),
        "classic_scopes": tuple(scopes.get("classic", ())),
        "media_type": _media_type(operation),
        "server": operation["servers"][0]["url"] if "servers" in operation else "",
        "twice": tuple(each["name"] for each in operation["parameters"] if each.get("x-encode-twice")),
        "joined": tuple(each["name"] for each in operation["parameters"] if each.get("explode") is False),
        "keeps_authorization": zoom.get("keeps-authorization", False),
        "deprecated": operation.get("deprecated", False),
        "successor": zoom.get("successor", ""),
        "master": zoom.get("master", False),
        "module_method": zoom.get("module", ""),
    }
    return {key: fact for key, fact in facts.items() if fact or key == "results"}


def _media_type(operation: dict[str, Any]) -> str:
    media_type: str = next(iter(operation.get("requestBody", {}).get("content", {})), JSON)
    return "" if media_type == JSON else media_type


def error_codes(operation: dict[str, Any]) -> str:
    """Return Zoom's error codes as a phrase: `HTTP 400 with code 200 or 300; HTTP 404 with code 3001`."""
    by_status = (
        f"HTTP {status} with code {_either(answer['x-error-codes'])}"
        for status, answer in sorted(operation["responses"].items())
        if answer.get("x-error-codes")
    )
    return "; ".join(by_status)


def _either(codes: list[Any]) -> str:
    *others, last = map(str, codes)
    return f"{', '.join(others)} or {last}" if others else last
