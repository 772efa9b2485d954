"""Merge a schema with what it refers to and the parts of its `allOf`: all hold at once, no field or limit is lost."""

from collections.abc import Callable
from typing import Any

from generator.references import References, resolve

Schema = dict[str, Any]

ALTERNATIVES = ("oneOf", "anyOf")

_STRICTER: dict[str, Callable[[Any, Any], Any]] = {
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"), min),
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"), max),
}


def merge(raw: Schema, references: References) -> tuple[Schema, References]:
    """Return a schema without `allOf` and `$ref`, and the references that are opened by that.

    Where two parts cannot both hold (two types, two formats) the first is believed. A part that is open already (the
    schema refers to itself) adds its type alone.
    """
    merged: Schema = {}
    own = {key: value for key, value in raw.items() if key not in ("allOf", "$ref")}
    reference = [{"$ref": raw["$ref"]}] if "$ref" in raw else []
    for part in [own, *reference, *raw.get("allOf", [])]:
        if isinstance(part, dict) and ("$ref" in part or "allOf" in part):
            part, references = _follow(part, references)
        for key, value in part.items() if isinstance(part, dict) else ():
            merged[key] = _both(key, merged[key], value, references) if key in merged else value
    return merged, references


def _follow(part: Schema, references: References) -> tuple[Schema, References]:
    """Return a part whole; of one that is open already, only its type."""
    if "$ref" not in part:
        return merge(part, references)
    if part["$ref"] in references.open:
        target = resolve(part["$ref"], references.document)
        known = target if isinstance(target, dict) else {}
        kind = known.get("type") or ("object" if "properties" in known else None)
        return {"type": kind} if kind else {}, references
    target, references = references.follow(part["$ref"])
    beside = {key: value for key, value in part.items() if key != "$ref"}
    return merge({**beside, "allOf": [*beside.pop("allOf", []), target]} if beside else {"allOf": [target]}, references)


def _both(key: str, known: Any, new: Any, references: References) -> Any:
    """Return what holds where two parts say something of one key."""
    if known == new:
        return known
    kinds = {type(known), type(new)}
    if key == "properties" and kinds == {dict}:
        return _properties(known, new, references)
    if key in ("items", "additionalProperties") and kinds == {dict}:
        return {"allOf": [known, new]}
    if key == "required" and kinds == {list}:
        return sorted({*known, *new})
    if key == "enum" and kinds == {list}:
        return [value for value in known if value in new] or known
    if key in ALTERNATIVES and kinds == {list}:
        return [{"allOf": [one, other]} for one in known for other in new]
    return _STRICTER[key](known, new) if key in _STRICTER and kinds <= {int, float} else known


def _properties(known: Schema, new: Schema, references: References) -> Schema:
    shared = {
        name: known[name] if known[name] == new[name] else merge({"allOf": [known[name], new[name]]}, references)[0]
        for name in known.keys() & new.keys()
    }
    return {**known, **new, **shared}
