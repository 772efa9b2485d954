"""Bring a document to one plain form, whatever dialect of OpenAPI it is written in.

After this every schema is JSON Schema 2020-12 without `allOf`, `nullable` or `$ref`: objects have `type: object`,
arrays have `items`, `null` is a type among others. What only one document gets wrong is an overlay's business.
"""

from typing import Any

from generator.constraints import DATE_FORMATS, DATE_TIME_FORMATS, fit
from generator.distil import METHODS

Schema = dict[str, Any]

_LISTS = ("oneOf", "anyOf")
_COUNTS = {"page_size", "page_count", "page_number", "total_records"}


class DanglingReference(ValueError):
    """A `$ref` points to nothing; the message names it."""


def normalise(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document with every schema in the plain form, and path-level parameters moved to the operations."""
    kind = "webhooks" if "webhooks" in document else "paths"
    items = {
        name: {method: _operation(item[method], document) for method in METHODS if method in item}
        for name, item in document[kind].items()
    }
    return {**{key: document[key] for key in ("info", "servers") if key in document}, "openapi": "3.1.0", kind: items}


def _operation(operation: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    plain = dict(operation)
    plain["parameters"] = [
        {**parameter, "schema": schema(parameter.get("schema", {}), document)} for parameter in operation["parameters"]
    ]
    if "requestBody" in operation:
        plain["requestBody"] = _with_content(operation["requestBody"], document)
    plain["responses"] = {
        status: _with_content(answer, document) for status, answer in operation.get("responses", {}).items()
    }
    return plain


def _with_content(holder: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    if "content" not in holder:
        return holder
    content = {
        media_type: {"schema": schema(body["schema"], document)} if "schema" in body else body
        for media_type, body in holder["content"].items()
    }
    return {**holder, "content": content}


def schema(raw: Any, document: dict[str, Any] | None = None) -> Schema:
    """Return the plain form of one schema."""
    if not isinstance(raw, dict):
        return {}
    if "$ref" in raw:
        return schema(_resolve(raw["$ref"], document or {}), document)
    plain = _merge_all_of(raw, document)
    nullable = _take_null(plain)
    plain = _alternatives(plain, document)
    plain = _infer_types(plain)
    if plain.get("type") == "array":
        plain = _array(plain, document)
    elif plain.get("type") == "object":
        plain = _object(plain, document)
    plain = fit(plain)
    return _or_null(plain) if nullable else plain


def _resolve(ref: str, document: dict[str, Any]) -> Any:
    # Event documents of Zoom's call their own webhooks `#/paths/<event>`.
    here: Any = document
    for part in ref.removeprefix("#/").split("/"):
        key = part.replace("~1", "/").replace("~0", "~")
        if here is document and key == "paths" and "webhooks" in document:
            key = "webhooks"
        try:
            here = here[int(key)] if isinstance(here, list) else here[key]
        except (KeyError, IndexError, ValueError, TypeError) as error:
            raise DanglingReference(f"$ref {ref} points to nothing: give its real type in an overlay") from error
    return here


def _take_null(plain: Schema) -> bool:
    """Take out `nullable` of OpenAPI 3.0 and the null among the types of 3.1; return whether either was there."""
    nullable = bool(plain.pop("nullable", False))
    if isinstance(kinds := plain.get("type"), list):
        others = [kind for kind in kinds if kind != "null"]
        nullable = nullable or len(others) < len(kinds)
        del plain["type"]
        plain |= {"type": others[0]} if len(others) == 1 else {"anyOf": [{"type": kind} for kind in others]}
    return nullable


def _merge_all_of(raw: Schema, document: dict[str, Any] | None = None) -> Schema:
    """Merge the parts of an `allOf`; of two parts that say different things of one key the first is believed."""
    merged: Schema = {}
    for part in [{key: value for key, value in raw.items() if key != "allOf"}, *raw.get("allOf", [])]:
        part = _resolve(part["$ref"], document or {}) if "$ref" in part else part
        part = _merge_all_of(part, document) if "allOf" in part else part
        for key, value in part.items():
            if key == "properties":
                merged["properties"] = _merge_properties(merged.get("properties", {}), value, document)
            elif key == "required":
                merged["required"] = sorted({*merged.get("required", []), *value})
            else:
                merged.setdefault(key, value)
    return merged


def _merge_properties(known: Schema, new: Schema, document: dict[str, Any] | None) -> Schema:
    both = {name: _merge_all_of({"allOf": [known[name], new[name]]}, document) for name in known.keys() & new.keys()}
    return {**known, **new, **both}


def _alternatives(plain: Schema, document: dict[str, Any] | None) -> Schema:
    """Unwrap alternatives of one, and hand what stands beside alternatives down to each of them."""
    for key in _LISTS:
        if key not in plain:
            continue
        beside = {name: value for name, value in plain.items() if name not in _LISTS}
        options: list[Schema] = []
        for option in plain[key]:
            whole = schema(_with_beside(option, beside, document), document)
            options += [each for each in whole.get("anyOf", [whole]) if each not in options]
        options = _of_same_fields(options)
        if len(options) == 1:
            return options[0]
        return {"anyOf": options} | {name: plain[name] for name in ("deprecated", "description") if name in plain}
    return plain


def _of_same_fields(options: list[Schema]) -> list[Schema]:
    """Make one object of alternatives that have the same fields with other types: nobody could tell which it is."""
    fields = [option.get("properties", {}).keys() for option in options]
    if len(options) < 2 or not all(names and names == fields[0] for names in fields):
        return options
    properties = {}
    for name in fields[0]:
        kinds: list[Schema] = []
        for option in options:
            kind = option["properties"][name]
            kinds += [each for each in kind.get("anyOf", [kind]) if each not in kinds]
        kinds = _of_same_fields(kinds)
        properties[name] = kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    required = set.intersection(*(set(option.get("required", [])) for option in options))
    return [{"type": "object", "properties": properties, **({"required": sorted(required)} if required else {})}]


def _with_beside(option: Any, beside: Schema, document: dict[str, Any] | None) -> Any:
    # `{"enum": [""]}` beside `format: date-time` means: a time, or nothing.
    if isinstance(option, dict) and "enum" in option:
        beside = {key: value for key, value in beside.items() if key != "format"}
    return _merge_all_of({"allOf": [option, beside]}, document) if beside else option


def _infer_types(plain: Schema) -> Schema:
    """Infer a type that is not said, and mend enums that stand on the wrong schema."""
    declared = plain.get("type")
    if declared is None and "anyOf" not in plain:
        inferred = _infer_type(plain)
        plain = {**plain, "type": inferred} if inferred else plain
    if plain.get("type") == "object" and plain.get("format") in DATE_TIME_FORMATS | DATE_FORMATS:
        plain = {**plain, "type": "string"}
    if plain.get("type") == "array" and "enum" in plain:
        items = {"type": "string", **plain.get("items", {}), "enum": plain["enum"]}
        plain = {**{key: value for key, value in plain.items() if key != "enum"}, "items": items}
    if "enum" in plain:
        plain = {**plain, "enum": _distinct(plain["enum"])}
    return plain


def _infer_type(plain: Schema) -> str | None:
    if "properties" in plain:
        return "object"
    if "items" in plain:
        return "array"
    if plain.get("enum"):
        if all(isinstance(value, bool) for value in plain["enum"]):
            return "boolean"
        return "integer" if all(isinstance(value, int) for value in plain["enum"]) else "string"
    return "string" if "format" in plain else None


def _distinct(values: list[Any]) -> list[Any]:
    return list(dict.fromkeys(values))


def _array(plain: Schema, document: dict[str, Any] | None) -> Schema:
    return {**plain, "items": schema(plain.get("items", {}), document)}


def _object(plain: Schema, document: dict[str, Any] | None) -> Schema:
    properties = {
        name: _type_counts(name, schema(part, document)) for name, part in plain.get("properties", {}).items()
    }
    required = [name for name in _distinct(plain.get("required", [])) if name in properties]
    rest = {key: value for key, value in plain.items() if key not in ("properties", "required", "additionalProperties")}
    # `additionalProperties: false` is not believed: Zoom adds fields to answers and events without notice.
    extra = plain.get("additionalProperties")
    if isinstance(extra, dict) and extra and not properties:
        rest["additionalProperties"] = schema(extra, document)
    if properties:
        rest["properties"] = properties
    if required:
        rest["required"] = sorted(required)
    return rest


def _type_counts(name: str, plain: Schema) -> Schema:
    """Type as whole what can only be counted: Zoom calls the size of a page a `number` in 60 places."""
    return {**plain, "type": "integer"} if name in _COUNTS and plain.get("type") == "number" else plain


def _or_null(plain: Schema) -> Schema:
    if "anyOf" in plain:
        return {**plain, "anyOf": [*plain["anyOf"], {"type": "null"}]}
    return {"anyOf": [plain, {"type": "null"}]} if plain else plain
