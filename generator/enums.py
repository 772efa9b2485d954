"""Give each enum values of one type, that of its schema: an enum of mixed types becomes alternatives.

An enum that cannot be spelled (fractions, objects) is left out: the type says enough.
"""

from typing import Any

Schema = dict[str, Any]

_KINDS = {str: "string", int: "integer", float: "number", bool: "boolean", list: "array", dict: "object"}


def with_enum_of_const(plain: Schema) -> Schema:
    """Say `const` as an enum of one value."""
    if "const" not in plain:
        return plain
    return {**{key: value for key, value in plain.items() if key != "const"}, "enum": [plain["const"]]}


def take_null(plain: Schema) -> bool:
    """Take null out of an enum; return whether it was there."""
    values = plain.get("enum")
    if not isinstance(values, list) or None not in values:
        return False
    plain["enum"] = [value for value in values if value is not None]
    if not plain["enum"]:
        plain.pop("enum")
        plain["type"] = "null"
    return True


def one_type(plain: Schema) -> Schema:
    """Return a schema whose enum has values of its type alone, or alternatives with an enum each.

    An enum on an array is one of its items, and beside alternatives one of each: both come here in their turn.
    """
    if "enum" not in plain or plain.get("type") == "array" or "anyOf" in plain or "oneOf" in plain:
        return plain
    rest = {key: value for key, value in plain.items() if key != "enum"}
    by_kind: dict[str, list[Any]] = {}
    for value in plain["enum"]:
        by_kind.setdefault(_KINDS[type(value)], []).append(value)
    if len(by_kind) > 1 and set(by_kind) <= {"integer", "number"}:
        by_kind = {"number": plain["enum"]}
    if len(by_kind) > 1:
        return {**rest, "anyOf": [_of_kind({"type": kind}, values) for kind, values in by_kind.items()]}
    [(kind, values)] = by_kind.items() or [("", [])]
    if not values:
        return rest
    declared = plain.get("type")
    fits = declared == kind or (declared == "number" and kind == "integer")
    return _of_kind(rest if fits else {**rest, "type": kind}, values)


def _of_kind(schema: Schema, values: list[Any]) -> Schema:
    spelled = all(type(value) in (str, int, bool) for value in values)
    return {**schema, "enum": list(dict.fromkeys(values))} if spelled else schema
