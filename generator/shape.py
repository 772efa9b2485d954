"""Find where a document is not well-formed OpenAPI, as far as the generator reads it.

What is well-formed, but beyond the client, is reported by `generator/unsupported.py`.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from generator.faults import Place
from generator.references import METHODS

Misfits = Iterator[tuple[Place, str]]

DEEPEST = 100  # Zoom's deepest document has 28 levels, and every stage goes down one call a level

_ITEM = {"$ref", "summary", "description", "servers", "parameters", *METHODS}
_NAMES: dict[type, str] = {dict: "an object", list: "a list", str: "a string", bool: "a boolean"}
_OPERATION: dict[str, type] = {
    "operationId": str, "parameters": list, "requestBody": dict, "responses": dict, "servers": list,
}  # fmt: skip
_EXTENSIONS = ("x-macro-scopes", "x-granular-scopes", "x-permissions")
_SCHEMA: dict[str, tuple[type, ...]] = {
    "type": (str, list), "format": (str,), "pattern": (str,), "$ref": (str,), "enum": (list,),
    "properties": (dict, list), "required": (list, bool), "items": (dict, list, bool, str),
    "allOf": (list,), "anyOf": (list,), "oneOf": (list,), "prefixItems": (list,), "dependentSchemas": (dict,),
}  # fmt: skip


def misfits(document: Any) -> Misfits:
    """Yield what is wrong with a document whose references (but for those in schemas) are already followed."""
    if not isinstance(document, dict):
        yield (), "is not a JSON object"
        return
    version = document.get("openapi", "3")
    if not isinstance(version, str) or not version.startswith("3"):
        yield ("openapi",), f"is {version!r}, not a version 3 of OpenAPI"
    yield from _kinds(document, {"info": dict, "servers": list, "components": dict}, ())
    for kind in ("paths", "webhooks"):
        items = document.get(kind) or {}
        yield from _kinds(document, {kind: dict}, ())
        for name, item in items.items() if isinstance(items, dict) else ():
            yield from _item(item, (kind, name))
    yield from _servers(document, ())
    components = document.get("components")
    if isinstance(components, dict):
        yield from _kinds(components, {"schemas": dict}, ("components",))
        schemas = components.get("schemas")
        for name, schema in schemas.items() if isinstance(schemas, dict) else ():
            yield from misfits_of_schema(schema, ("components", "schemas", name))


def unwritable(value: Any) -> Misfits:
    """Yield what no JSON file can hold: half a character, and numbers that are not finite."""
    if not _is_writable(value):
        for place, each in _leaves(value):
            if not _is_writable([*place, each]):
                said = f"is {each}, which is not a number" if isinstance(each, float) else "has a lone surrogate"
                yield _legible(place), said


def too_deep(document: Any) -> Misfits:
    """Yield the first place that lies too deep."""
    for place, _ in _leaves(document, DEEPEST + 1):
        if len(place) > DEEPEST:
            yield place[:6], f"is nested more than {DEEPEST} levels deep"
            return


def _is_writable(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except ValueError:
        return False
    return True


def _legible(place: Place) -> Place:
    return tuple(str(part).encode(errors="backslashreplace").decode() for part in place)


def _leaves(value: Any, deepest: int | None = None) -> Iterator[tuple[Place, Any]]:
    waiting: list[tuple[Place, Any]] = [((), value)]
    while waiting:
        place, each = waiting.pop()
        if not each or not isinstance(each, dict | list) or len(place) == deepest:
            yield place, each
        else:
            pairs = each.items() if isinstance(each, dict) else enumerate(each)
            waiting += [((*place, key), part) for key, part in pairs]


def _kinds(holder: dict[str, Any], kinds: dict[str, type], place: Place) -> Misfits:
    for key, kind in kinds.items():
        if holder.get(key) is not None and not isinstance(holder[key], kind):
            yield (*place, key), f"is not {_NAMES[kind]}"


def _item(item: Any, place: Place) -> Misfits:
    if not isinstance(item, dict):
        yield place, "is not an object"
        return
    if "$ref" in item:
        yield (*place, "$ref"), f"points to nothing: {item['$ref']}"
    for key in item.keys() - _ITEM:
        if not key.startswith("x-"):
            yield (*place, key), "is not a method that the client has"
    yield from _kinds(item, {"parameters": list, "servers": list}, place)
    yield from _servers(item, place)
    yield from _parameters(item, place)
    for method in METHODS:
        if method in item:
            yield from _operation(item[method], (*place, method))


def _operation(operation: Any, place: Place) -> Misfits:
    if not isinstance(operation, dict):
        yield place, "is not an object"
        return
    misfitting = list(_kinds(operation, _OPERATION, place))
    yield from misfitting
    if misfitting:
        return
    yield from _texts(operation, ("tags",), place)
    if isinstance(extensions := operation.get("x-extensions"), dict):
        yield from _texts(extensions, _EXTENSIONS, (*place, "x-extensions"))
    yield from _servers(operation, place)
    yield from _parameters(operation, place)
    yield from _body(operation.get("requestBody") or {}, (*place, "requestBody"))
    for status, answer in (operation.get("responses") or {}).items():
        yield from _body(answer, (*place, "responses", status))


def _texts(holder: dict[str, Any], names: Iterable[str], place: Place) -> Misfits:
    for name in names:
        texts = holder.get(name)
        if not isinstance(texts, list | None):
            yield (*place, name), "is not a list"
            continue
        for index, text in enumerate(texts or []):
            if not isinstance(text, str):
                yield (*place, name, index), "is not a string"


def _servers(holder: dict[str, Any], place: Place) -> Misfits:
    servers = holder.get("servers")
    for index, server in enumerate(servers if isinstance(servers, list) else []):
        if not isinstance(server, dict) or not isinstance(server.get("url"), str):
            yield (*place, "servers", index), "has no url"


def _parameters(holder: dict[str, Any], place: Place) -> Misfits:
    parameters = holder.get("parameters")
    for index, parameter in enumerate(parameters if isinstance(parameters, list) else []):
        here = (*place, "parameters", index)
        if not isinstance(parameter, dict):
            yield here, "is not an object"
        elif "$ref" in parameter:
            yield (*here, "$ref"), f"points to nothing: {parameter['$ref']}"
        elif not (isinstance(parameter.get("name"), str) and isinstance(parameter.get("in"), str)):
            yield here, "is a parameter without name or place (`in`)"
        else:
            yield from _content(parameter, here)
            yield from misfits_of_schema(parameter.get("schema"), (*here, "schema"))


def _body(body: Any, place: Place) -> Misfits:
    if not isinstance(body, dict):
        yield place, "is not an object"
    elif "$ref" in body:
        yield (*place, "$ref"), f"points to nothing: {body['$ref']}"
    else:
        yield from _kinds(body, {"headers": dict}, place)
        yield from _content(body, place)


def _content(holder: dict[str, Any], place: Place) -> Misfits:
    content = holder.get("content")
    yield from _kinds(holder, {"content": dict}, place)
    for media_type, media in content.items() if isinstance(content, dict) else ():
        here = (*place, "content", media_type)
        if isinstance(media, dict):
            yield from misfits_of_schema(media.get("schema"), (*here, "schema"))
        else:
            yield here, "is not an object"


def misfits_of_schema(schema: Any, place: Place) -> Misfits:
    """Yield what is wrong with a schema; one that is a string or a boolean says nothing, and Zoom has both."""
    if not isinstance(schema, dict):
        if not isinstance(schema, bool | str | None):
            yield place, "is not a schema"
        return
    for key, kinds in _SCHEMA.items():
        if schema.get(key) is not None and not isinstance(schema[key], kinds):
            yield (*place, key), f"is not {' or '.join(_NAMES[kind] for kind in kinds[:2])}"
    if schema.get("properties") and not isinstance(schema["properties"], dict):
        yield (*place, "properties"), "is not an object"  # an empty list is what PHP makes of an empty object
    for inside, part in parts(schema):
        yield from misfits_of_schema(part, (*place, *inside))


def parts(schema: dict[str, Any]) -> Iterator[tuple[Place, Any]]:
    """Yield the schemas inside a schema."""
    for key in ("properties", "dependentSchemas"):
        named = schema.get(key)
        yield from (((key, name), part) for name, part in (named.items() if isinstance(named, dict) else ()))
    for key in ("allOf", "anyOf", "oneOf", "items", "prefixItems"):
        parts = schema.get(key)
        if isinstance(parts, list):
            yield from (((key, index), part) for index, part in enumerate(parts))
    for child in ("items", "not", "additionalProperties", "then", "else"):
        if isinstance(schema.get(child), dict):
            yield (child,), schema[child]
