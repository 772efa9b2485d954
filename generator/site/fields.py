"""List the fields of a schema as a reader meets them: `settings.waiting_room`, its type, and what is known of it."""

from collections.abc import Iterator
from typing import Any

import attrs

from generator.metadata import facts_of

Schema = dict[str, Any]

_TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "object": "dict", "null": "None"}
_TIMES = {"date-time": "datetime", "date": "date", "binary": "File"}
_SHOWN = 30  # values of an enumeration; the type in the code has them all


@attrs.frozen
class Row:
    """One field: `place` is where it stands in the JSON, with `[]` for each item of a list."""

    place: str
    type: str
    required: bool
    facts: str


def rows(schema: Schema, schemas: dict[str, Schema]) -> list[Row]:
    """Return the fields of a schema and of what it refers to, outer ones before inner ones."""
    return list(_below(schema, schemas, "", ()))


def type_of(schema: Schema) -> str:
    """Return the type in Python's words, a model by its name."""
    if "$ref" in schema:
        return _model(schema)
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(type_of(each) for each in schema["anyOf"]))
    kind = schema.get("type", "object")
    if kind == "array":
        return f"list[{type_of(schema.get('items', {}))}]"
    return _TIMES.get(schema.get("format", ""), _TYPES.get(kind, "Any"))


def facts(schema: Schema) -> str:
    """Return what is known of a value beyond its type: our description, Zoom's limits, the values that it may have."""
    values = schema.get("enum") or schema.get("items", {}).get("enum") or []
    shown = ", ".join(f"`{each}`" for each in values[:_SHOWN]) + (" …" if len(values) > _SHOWN else "")
    said = facts_of(schema)
    listed = f"one of {shown}" if values else ""
    return "; ".join(each for each in (said[:1].upper() + said[1:], listed) if each)


def _below(schema: Schema, schemas: dict[str, Schema], place: str, outer: tuple[str, ...]) -> Iterator[Row]:
    if "$ref" in schema:
        name = _model(schema)
        if name not in outer:  # a folder of folders has no end
            yield from _below(schemas[name], schemas, place, (*outer, name))
        return
    required = schema.get("required", ())
    for name, field in schema.get("properties", {}).items():
        yield Row(here := f"{place}.{name}".lstrip("."), type_of(field), name in required, facts(field))
        yield from _below(field, schemas, here, outer)
    if "items" in schema:
        yield from _below(schema["items"], schemas, f"{place}[]", outer)
    for each in schema.get("anyOf", ()):
        yield from _below(each, schemas, place, outer)
    if isinstance(more := schema.get("additionalProperties"), dict):
        yield from _below(more, schemas, f"{place}.*", outer)


def _model(schema: Schema) -> str:
    name: str = schema["$ref"].rpartition("/")[2]
    return name
