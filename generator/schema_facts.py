"""Distil a schema to its facts. What only its examples say, and a client needs, is turned into facts first.

A text whose every example is a date-time, or a date, is one. An enumeration takes in the examples that it lacks; one
whose example has several of its values, with commas, is a list in a text, and no enumeration.
"""

import re
from collections.abc import Iterable
from typing import Any

_FACTS = (
    "type format enum const default nullable deprecated readOnly writeOnly pattern minLength maxLength minimum maximum "
    "exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems uniqueItems minProperties maxProperties $ref"
).split()
_LISTS = ("allOf", "oneOf", "anyOf")
_CHILDREN = ("not", "additionalProperties")
_NULLS = ("const", "default")  # where null is a value
_TRUTHS = "nullable deprecated readOnly writeOnly uniqueItems exclusiveMinimum exclusiveMaximum".split()
_TIMES = {
    "date-time": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)"),
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
}


def schema_facts(schema: Any, examples: Iterable[Any] = ()) -> Any:
    """Return the facts of a schema; `examples` are the values that examples of the whole have in its place."""
    if not isinstance(schema, dict):
        return schema  # `additionalProperties: false`
    seen = [*examples, *_own_examples(schema)]
    facts = {
        key: truth(schema[key]) if key in _TRUTHS else schema[key]
        for key in _FACTS
        if schema.get(key) is not None or (key in schema and key in _NULLS)
    }
    if str(facts.get("default", "")).count(" ") >= 3:
        del facts["default"]  # a sentence that Zoom proposes to show to people, not a value a client needs
    facts |= {key: [schema_facts(part) for part in schema[key]] for key in _LISTS if schema.get(key)}
    facts |= {key: schema_facts(schema[key]) for key in _CHILDREN if schema.get(key) is not None}
    items = _by_place(schema)
    if items is not None:
        facts["items"] = _items(items, [each for value in seen if isinstance(value, list) for each in value])
    properties = _with_conditional(schema)
    if isinstance(properties, dict):
        facts["properties"] = {
            name: schema_facts(part, [value[name] for value in seen if isinstance(value, dict) and name in value])
            for name, part in properties.items()
        }
    if isinstance(schema.get("required"), list):
        facts["required"] = sorted(name for name in schema["required"] if isinstance(name, str))
    return _with_examples(facts, [value for value in seen if value not in ("", None)])


def truth(value: Any) -> Any:
    """Return true or false for what says so as a text: `"false"` counts as true in Python."""
    return {"true": True, "false": False}.get(value.strip().lower(), value) if isinstance(value, str) else value


def _own_examples(schema: dict[str, Any]) -> list[Any]:
    several = schema.get("examples")
    return [*([schema["example"]] if "example" in schema else []), *(several if isinstance(several, list) else [])]


def _by_place(schema: dict[str, Any]) -> Any:
    """Return the schema of all items; those of OpenAPI 3.1 for single places first (`prefixItems`)."""
    items, prefix = schema.get("items"), schema.get("prefixItems")
    return [*prefix, *([items] if isinstance(items, dict) else [])] if isinstance(prefix, list) else items


def _with_conditional(schema: dict[str, Any]) -> Any:
    """Return the properties of a schema, and those that it has on a condition: they may be there."""
    dependent = schema.get("dependentSchemas")
    parts = [schema.get("then"), schema.get("else"), *(dependent.values() if isinstance(dependent, dict) else ())]
    own = schema.get("properties")
    found: dict[str, list[Any]] = {}
    for part in parts:
        for name, each in ((part.get("properties") or {}) if isinstance(part, dict) else {}).items():
            if name not in (own or {}):
                found.setdefault(name, []).append(each)
    return {**(own or {}), **{name: {"anyOf": each} for name, each in found.items()}} if found else own


def _items(items: Any, seen: list[Any]) -> Any:
    if isinstance(items, list):  # a schema for each place: all of them, wherever they stand
        return {"anyOf": [schema_facts(part) for part in items]} if items else {}
    if isinstance(items, dict) and "," in str(items.get("example", "")):  # the example of the list, spelled as a text
        items = {key: value for key, value in items.items() if key != "example"}
    return schema_facts(items, seen)


def _with_examples(facts: dict[str, Any], seen: list[Any]) -> dict[str, Any]:
    """Add what the examples of a text say of it."""
    if facts.get("type") != "string" or not seen or not all(isinstance(value, str) for value in seen):
        return facts
    if isinstance(facts.get("enum"), list):
        lacking = [value for value in dict.fromkeys(seen) if value not in facts["enum"]]
        if any("," in value for value in lacking):
            return {key: fact for key, fact in facts.items() if key != "enum"}
        return {**facts, "enum": [*facts["enum"], *lacking]}
    if not facts.keys() & {"format", "const", "enum", "pattern"}:
        for name, form in _TIMES.items():
            if all(form.fullmatch(value) for value in seen):
                return {**facts, "format": name}
    return facts
