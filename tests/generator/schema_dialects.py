"""Schemas as JSON Schema and OpenAPI allow them and Zoom does not write them today, and what has to come of each."""

from collections.abc import Iterator
from typing import Any

from tests.generator.mutations import BUILT, EITHER, FIELDS, REFUSED, TEXT, THING, Mutation, mutation


def _schemas() -> Iterator[tuple[Any, str, str]]:
    """Yield schemas of a field, what comes of each, and the annotation."""
    yield {"const": "x"}, BUILT, 'Literal["x"]'
    yield {"const": 5}, BUILT, "Literal[5]"
    yield {"const": None}, BUILT, "name: None"
    yield {"const": {"a": 1}}, BUILT, ""
    yield {"type": "string", "examples": ["x"]}, BUILT, "name: str"
    yield {"type": ["string", "null"]}, BUILT, "name: str | None"
    yield {"type": ["null"]}, BUILT, "name: None"
    yield {"type": []}, BUILT, ""
    yield {"type": "null"}, BUILT, "name: None"
    yield {"type": ["string", "integer"]}, BUILT, "name: int | str"
    yield {"type": ["string", "integer"], "enum": ["a", 1]}, BUILT, 'Literal["a"]'
    yield {"type": ["object", "array"], "properties": {"a": TEXT}, "items": TEXT}, BUILT, "list[str]"
    yield {"type": "string", "nullable": True}, BUILT, "name: str | None"
    yield {**TEXT, "enum": ["a", None]}, BUILT, 'Literal["a"] | str | None'
    yield {"anyOf": [TEXT, {"type": "null"}]}, BUILT, "name: str | None"
    yield {"enum": ["a", 1]}, BUILT, 'Literal["a"] | Literal[1]'
    yield {"enum": [1.5, 2.5]}, BUILT, "name: float"
    yield {"type": "number", "enum": [1, 2.5]}, BUILT, "name: float"
    yield {"enum": [{"a": 1}, {"a": 2}]}, BUILT, "name: dict[str, Any]"
    yield {"enum": [["a"], ["b"]]}, BUILT, "name: list[Any]"
    yield {"enum": [True, "auto"]}, BUILT, ""
    yield {"enum": [True]}, BUILT, "name: bool"
    yield {"type": "integer", "enum": ["1", "2"]}, BUILT, 'Literal["1", "2"]'
    yield {"enum": []}, BUILT, "name: Any"
    yield {"enum": ["a", "a", ""]}, BUILT, 'Literal["", "a"]'
    yield {"enum": ["A", "a", "a ", "ä"]}, BUILT, ""
    yield {**TEXT, "enum": ["a"] * 3000 + [f"v{n}" for n in range(300)]}, BUILT, ""
    yield {"oneOf": [TEXT, {"type": "integer"}], "discriminator": {"propertyName": "type"}}, BUILT, "name: int | str"
    yield {"oneOf": []}, BUILT, ""
    yield {"anyOf": [None]}, EITHER, ""
    yield {"allOf": []}, BUILT, ""
    yield (
        {"oneOf": [{"type": "object", "properties": {"a": TEXT}}, {"type": "object", "properties": {"b": TEXT}}]},
        BUILT,
        "",
    )
    yield {"not": {"type": "integer"}}, BUILT, "name: Any"
    yield {"not": THING}, BUILT, "name: Any"
    yield {}, BUILT, "name: Any"
    yield True, BUILT, "name: Any"
    yield False, BUILT, "name: Any"
    yield {"type": "object"}, BUILT, "dict[str, Any]"
    yield {"type": "object", "additionalProperties": TEXT}, BUILT, "name: dict[str, Any]"
    yield {"type": "object", "additionalProperties": THING}, BUILT, ""
    yield {"type": "object", "properties": {"a": TEXT}, "additionalProperties": False}, BUILT, ""
    yield {"type": "object", "patternProperties": {"^a": TEXT}}, BUILT, "dict[str, Any]"
    yield {"type": "array"}, BUILT, "list[Any]"
    yield {"type": "array", "items": [TEXT, {"type": "integer"}]}, BUILT, "list[int | str]"
    yield {"type": "array", "prefixItems": [TEXT]}, BUILT, "list[Any]"
    yield (
        {"type": "array", "items": {"type": "array", "items": {"type": "array", "items": TEXT}}},
        BUILT,
        "list[list[list[str]]]",
    )
    yield {**TEXT, "format": "date", "pattern": "^\\d{4}$"}, BUILT, "name: date"
    yield {**TEXT, "format": "date-time", "enum": ["2026-01-01T00:00:00Z"]}, BUILT, "Literal["
    yield {**TEXT, "pattern": "(("}, BUILT, "name: str"
    yield {**TEXT, "pattern": "(?<=a)b"}, BUILT, "name: str"
    yield {**TEXT, "maxLength": -1}, BUILT, "name: str"
    yield {**TEXT, "minLength": 1.5}, BUILT, "name: str"
    yield {"type": "integer", "maximum": 10**40}, BUILT, "name: int"
    yield {"type": "integer", "minimum": -(2**63), "maximum": 2**64}, BUILT, "name: int"
    yield {"type": "integer", "multipleOf": 0}, BUILT, "name: int"
    yield {"type": "integer", "maximum": "many"}, BUILT, "name: int"
    yield {"type": "integer", "exclusiveMinimum": True, "minimum": 0}, BUILT, "name: int"
    yield {"type": "integer", "default": "x"}, BUILT, "name: int"
    yield {"type": "Integer"}, BUILT, "name: int"
    yield {"type": "long"}, BUILT, "name: int"
    yield {"type": "datetime"}, BUILT, "name: datetime"
    yield {"type": "file"}, BUILT, "name: File"
    yield {"type": "thing"}, REFUSED, ""
    yield {"type": ["string", {}]}, REFUSED, ""
    yield {**TEXT, "required": True}, BUILT, "name: str"
    yield {"properties": {"a": TEXT}}, BUILT, ""
    yield {"$ref": "#/components/schemas/Gone"}, REFUSED, ""
    yield {"$ref": "other.json#/Thing"}, REFUSED, ""
    yield {"$ref": 5}, REFUSED, ""
    yield {**THING, "nullable": True}, BUILT, "| None"
    yield {"allOf": [THING, {"type": "object", "properties": {"more": TEXT}}]}, BUILT, "more: str"
    yield (
        {"$ref": "#/paths/~1things~1%7BthingId%7D/get/responses/200/content/application~1json/schema/properties/size"},
        BUILT,
        "name: int",
    )
    yield {"if": {"const": 1}, "then": TEXT, "type": "string", "contentEncoding": "base64"}, BUILT, "name: str"
    yield {**TEXT, "title": "class", "x-enum-varnames": ["a"]}, BUILT, "name: str"


def _loops() -> Iterator[Mutation]:
    """Yield schemas that come back to themselves."""
    schemas = ("components", "schemas", "Thing")
    box = {"$ref": "#/components/schemas/Box"}
    for again in (
        {"type": "object", "properties": {"id": TEXT, "child": THING}},
        {"type": "object", "properties": {"id": TEXT, "children": {"type": "array", "items": THING}}},
        {"type": "object", "properties": {"id": TEXT, "box": box}},
        {"allOf": [THING]},
        {"allOf": [THING, {"type": "object", "properties": {"id": TEXT}}]},
        {"allOf": [{"type": "object", "properties": {"id": TEXT}}, {"properties": {"up": {"allOf": [THING]}}}]},
        {"oneOf": [THING, {"type": "object", "properties": {"id": TEXT}}]},
        {"type": "object", "properties": {"id": TEXT}, "additionalProperties": THING},
        {"type": "object", "additionalProperties": THING},
        {"type": "array", "items": THING},
        THING,
    ):
        yield mutation(schemas, again, BUILT)
    yield mutation(("components", "schemas", "Box"), {"allOf": [box]}, BUILT)


def of_schemas() -> Iterator[Mutation]:
    """Yield all of them."""
    for schema, expected, shows in _schemas():
        yield mutation((*FIELDS, "name"), schema, expected, shows)
    yield from _loops()
