"""Data made from a schema: valid, the same for the same seed, and looking like what it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import attrs

from zoom_api_client.testing import field_kinds
from zoom_api_client.testing.fake_values import Dice, identifier, mac_address

Schema = dict[str, Any]

_DEEP = 12
_INNER_ITEMS = 2
_UNFINISHED = ("", "processing")  # what a recording has while Zoom encodes it: it cannot be downloaded yet
_EDGE = 10**9
_FAR = _EDGE * _EDGE
# What satisfies patterns of Zoom's documents, for fields whose names do not lead there.
_STOCK = ("2026-03-31T09:00:00Z", "jane@example.co", "https://example.com/a", "100", "name_1", "name-1", "A", "")
_KINDS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
}


def sample(
    schema: Schema,
    *,
    seed: int = 0,
    name: str = "",
    full: bool = True,
    items: int = 2,
    schemas: Mapping[str, Schema] | None = None,
) -> Any:
    """Return a value that is valid for a schema.

    `name` is what the value is called, `full` whether optional fields are there too, `items` how many a list has if it
    may choose (one if not `full`, two at most within another list), `schemas` what `$ref` points to. Raises
    `Unsatisfiable` if nothing fits the schema.
    """
    return _Sampler(seed, full, items, schemas or {}).value(schema, name, name)


class Unsatisfiable(ValueError):
    """Nothing fits the schema; the message says where and why."""


@attrs.frozen
class _Sampler:
    seed: int
    full: bool
    items: int
    schemas: Mapping[str, Schema]

    def value(self, schema: Schema, name: str, place: str) -> Any:
        while "$ref" in schema:
            schema = self.schemas[schema["$ref"].rpartition("/")[2]]
        dice = Dice(self.seed, place)
        if "anyOf" in schema:
            options = [each for each in schema["anyOf"] if each.get("type") != "null"]
            return self.value(options[dice.number % len(options)], name, place) if options else None
        if "enum" in schema:
            return _member(schema, dice)
        kind = schema.get("type", "string")
        kind = kind if isinstance(kind, str) else kind[0]
        if kind in ("object", "array"):
            return self._object(schema, name, dice) if kind == "object" else self._array(schema, name, dice)
        return _scalar(kind, schema, name, dice)

    def _object(self, schema: Schema, name: str, dice: Dice) -> dict[str, Any]:
        properties, required = schema.get("properties", {}), set(schema.get("required", ()))
        full = self.full and dice.place.count(".") < _DEEP
        found = {
            field: self.value(part, _is_called(field, properties), f"{dice.place}.{field}")
            for field, part in properties.items()
            if full or field in required
        }
        extra = schema.get("additionalProperties")
        if full and isinstance(extra, dict) and not found:
            found = {f"key_{each}": self.value(extra, name, f"{dice.place}.{each}") for each in range(1, 3)}
        return found

    def _array(self, schema: Schema, name: str, dice: Dice) -> list[Any]:
        least = schema.get("minItems", 0)
        wanted = min(self.items, _INNER_ITEMS) if "[" in dice.place else self.items
        count = max(least, min(wanted if self.full else min(wanted, 1), schema.get("maxItems", _EDGE)))
        found: list[Any] = []
        for turn in range(count * 20):
            item = self.value(schema.get("items", {}), name, f"{dice.place}[{turn}]")
            if not (schema.get("uniqueItems") and item in found):
                found.append(item)
            if len(found) == count:
                break
        if len(found) < least:
            raise Unsatisfiable(f"{dice.place} needs {least} different items, and there are only {len(found)}")
        return found


def _is_called(field: str, properties: Mapping[str, Schema]) -> str:
    """The `id` of a meeting is a number even where it is text."""
    return "meeting_id" if field == "id" and {"uuid", "topic"} <= properties.keys() else field


def _scalar(kind: str, schema: Schema, name: str, dice: Dice) -> Any:
    if kind == "string":
        return _string(schema, name, dice)
    if kind in ("integer", "number"):
        return _number(schema, name, dice)
    return dice.number % 2 == 0 if kind == "boolean" else None


def _member(schema: Schema, dice: Dice) -> Any:
    kinds = _KINDS.get(schema.get("type", ""))
    members = [
        each for each in schema["enum"] if (kinds is None or isinstance(each, kinds)) and _has_length(schema, each)
    ]
    if not members:
        raise Unsatisfiable(f"{dice.place}: no member of its enum fits its other rules: {schema}")
    finished = [each for each in members if each not in _UNFINISHED] or members
    return finished[dice.number % len(finished)]


def _has_length(schema: Schema, value: Any) -> bool:
    return not isinstance(value, str) or schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", _EDGE)


def _string(schema: Schema, name: str, dice: Dice) -> str:
    fitted = _of_length(field_kinds.text(name, schema.get("format", ""), dice), schema)
    if "pattern" not in schema or re.search(schema["pattern"], fitted):
        return fitted
    for text in (*_STOCK, mac_address(dice, name), identifier(dice, name)):
        fitted = _of_length(text, schema)
        if re.search(schema["pattern"], fitted):
            return fitted
    raise Unsatisfiable(f"{dice.place}: nothing is known that matches {schema['pattern']}")


def _of_length(text: str, schema: Schema) -> str:
    least, most = schema.get("minLength", 0), schema.get("maxLength", _EDGE)
    if len(text) < least:
        text = ((text or "a") * least)[:least]
    return text[:most]


def _number(schema: Schema, name: str, dice: Dice) -> int | float:
    lowest = schema.get("minimum", schema.get("exclusiveMinimum", -_FAR) + 1)
    highest = schema.get("maximum", schema.get("exclusiveMaximum", _FAR) - 1)
    if lowest > highest:
        raise Unsatisfiable(f"{dice.place}: no number lies between {lowest} and {highest}")
    value: int | float = field_kinds.number(name, schema.get("format", ""), dice)
    if schema.get("format") == "double":
        value += 0.5
    if not lowest <= value <= highest:
        value = min(highest, lowest + value % (highest - lowest + 1)) if highest - lowest < _EDGE else lowest
    return value
