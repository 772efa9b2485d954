"""List the fields of a model as a program reaches them: `settings.waiting_room`, its type, and what is known of it."""

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from generator.metadata import facts_of

Schema = dict[str, Any]

_TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "object": "dict", "null": "None"}
_TIMES = {"date-time": "datetime", "date": "date", "binary": "File"}
_SHOWN = 30  # values of an enumeration; the type in the code has them all


@attrs.frozen
class Row:
    """One field: `place` is where a program finds it, with `[]` for each item of a list."""

    place: str
    type: str
    required: bool
    facts: str


@attrs.frozen
class Models:
    """The models of a document: the schema of each, and the names of its fields in Python by those in JSON."""

    schemas: Mapping[str, Schema]
    names: Mapping[str, Mapping[str, str]]

    def rows(self, schema: Schema) -> list[Row]:
        """Return the fields of a schema and of what it refers to, outer ones before inner ones."""
        return list(self._below(schema, "", ()))

    def _below(self, schema: Schema, place: str, outer: tuple[str, ...]) -> Iterator[Row]:
        if "$ref" in schema:
            model = _model(schema)
            if model not in outer:  # a folder of folders has no end
                yield from self._below(self.schemas[model], place, (*outer, model))
            return
        for wire, field in schema.get("properties", {}).items():
            name = self.names.get(outer[-1], {}).get(wire, wire)
            here = f"{place}.{name}".lstrip(".")
            said = [facts(field), "" if name == wire else f"`{wire}` in JSON"]
            yield Row(here, type_of(field), wire in schema.get("required", ()), "; ".join(filter(None, said)))
            yield from self._below(field, here, outer)
        if "items" in schema:
            yield from self._below(schema["items"], f"{place}[]", outer)
        for each in schema.get("anyOf", ()):
            yield from self._below(each, place, outer)
        if isinstance(more := schema.get("additionalProperties"), dict):
            yield from self._below(more, f"{place}.*", outer)


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


def _model(schema: Schema) -> str:
    name: str = schema["$ref"].rpartition("/")[2]
    return name
