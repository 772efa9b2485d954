"""Join two shapes of a model: what Zoom changes at one of its places must not give another a new name.

Two shapes can be joined if a reader of either reads the other as well: each field that both have is of one type and as
required in both. A field that only one has becomes optional; what is sent must not lose one that it needs. Choices are
those of both, and limits hold if both say so.
"""

from typing import Any

Schema = dict[str, Any]

_ANNOTATIONS = ("description", "default", "deprecated")
_LIMITS = frozenset(
    "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength minItems maxItems pattern".split()
)


def join(one: Schema, other: Schema, *, sent: bool) -> Schema | None:
    """Return the shape that reads both, None if there is none; `sent` says that callers send it."""
    ours, theirs = one["properties"], other["properties"]
    shared = ours.keys() & theirs.keys()
    required = [set(shape.get("required", [])) for shape in (one, other)]
    disputed = required[0] ^ required[1]
    if not shared or disputed & shared or (sent and disputed):
        return None
    joined = {name: _join_value(part, theirs.get(name, part)) for name, part in {**theirs, **ours}.items()}
    if None in joined.values() or _bare(one) != _bare(other):
        return None
    return {**one, "properties": joined} | (
        {"required": sorted(required[0] & required[1])} if "required" in one else {}
    )


def _bare(shape: Schema) -> Schema:
    """Return what a shape says of itself beside its fields."""
    return {key: value for key, value in shape.items() if key not in ("properties", "required", *_ANNOTATIONS)}


def _join_value(one: Schema, other: Schema) -> Schema | None:
    """Return a schema that takes the values of both, or None; both must refer to the same models."""
    ours, theirs = ({key: value for key, value in each.items() if key not in _ANNOTATIONS} for each in (one, other))
    if ours == theirs:
        return one
    if (set(ours) ^ set(theirs)) - _LIMITS - {"enum"}:
        return None
    joined = {key: value for key, value in one.items() if key in _ANNOTATIONS or theirs.get(key) == value}
    if "items" in ours and "items" in theirs:
        items = _join_value(ours["items"], theirs["items"])
        joined |= {"items": items} if items else {}
    if "enum" in ours and "enum" in theirs:
        joined["enum"] = list(dict.fromkeys([*ours["enum"], *theirs["enum"]]))
    lost = {key for key in ours if key not in joined} - _LIMITS - {"enum"}
    return None if lost else joined
