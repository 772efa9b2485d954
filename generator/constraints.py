"""Make the limits, the format and the default of a schema fit its type, and be spelled as JSON Schema spells them."""

import re
from typing import Any

Schema = dict[str, Any]

# What Zoom writes instead of the names that JSON Schema gives to these two.
DATE_TIME_FORMATS = {"datetime", "date_time", "date-time"}
DATE_FORMATS = {"date", "YYYY-MM-DD"}

_NOT_FOR = {
    "array": {"maximum": "maxItems", "minimum": "minItems", "maxLength": "maxItems", "minLength": "minItems"},
    "string": {"maximum": "maxLength", "minimum": "minLength", "maxItems": "maxLength", "minItems": "minLength"},
}
_LIMITS = {
    "string": {"maxLength", "minLength", "pattern"},
    "integer": {"maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf"},
    "number": {"maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf"},
    "array": {"maxItems", "minItems", "uniqueItems", "items"},
    "object": {"properties", "required", "additionalProperties", "minProperties", "maxProperties"},
}
_VALUES = ("maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum")
_NUMBERS = {
    *_VALUES, "multipleOf", "maxLength", "minLength", "maxItems", "minItems", "maxProperties", "minProperties",
}  # fmt: skip
_HUGE = 2**63
_ALL_LIMITS = frozenset().union(*_LIMITS.values())


def fit(plain: Schema) -> Schema:
    """Rename limits that belong to another type (`maximum` of an array is its `maxItems`); drop what fits nothing."""
    kind = plain.get("type")
    if not isinstance(kind, str):
        return plain
    renames = _NOT_FOR.get(kind, {})
    kept: Schema = {}
    for key, value in _normalise(plain).items():
        key = renames.get(key, key)
        if key in _ALL_LIMITS and (key not in _LIMITS.get(kind, set()) or "enum" in plain):
            continue
        kept.setdefault(key, value)
    if not _is_pattern(kept.get("pattern", "")):
        del kept["pattern"]
    if "format" in kept:
        kept["format"] = _format(kind, kept["format"])
        if not kept["format"]:
            del kept["format"]
    if "default" in kept and not _default_fits(kept):
        del kept["default"]
    return kept


def _normalise(plain: Schema) -> Schema:
    """Spell limits as JSON Schema does: `"65535"` is a number, and a limit that is exclusive is one of its own."""
    spelled = dict(plain)
    for limit in sorted(_NUMBERS & plain.keys()):
        if isinstance(plain[limit], str) and plain[limit].lstrip("-").isdigit():
            spelled[limit] = int(plain[limit])
        if not _can_limit(limit, spelled[limit]):
            del spelled[limit]
    for limit, exclusive in (("maximum", "exclusiveMaximum"), ("minimum", "exclusiveMinimum")):
        if isinstance(spelled.get(exclusive), bool) and spelled.pop(exclusive) and limit in spelled:
            spelled[exclusive] = spelled.pop(limit)
    return spelled


def _can_limit(limit: str, value: Any) -> bool:
    """Return whether a limit can be one: a length is a whole number from 0 on, and no validator takes a huge number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return limit.startswith("exclusive") and isinstance(value, bool)
    if limit in ("multipleOf", *_VALUES):
        return (limit in _VALUES or value > 0) and abs(value) < _HUGE
    return isinstance(value, int) and 0 <= value < _HUGE


def _is_pattern(value: Any) -> bool:
    try:
        re.compile(value)
    except (re.error, TypeError):
        return False
    return True


def _format(kind: str, name: str) -> str:
    if kind == "string":
        if name in DATE_TIME_FORMATS:
            return "date-time"
        if name in DATE_FORMATS:
            return "date"
        return name.lower() if name.lower() in ("binary", "email", "uri", "uuid", "ipv4", "hostname") else ""
    return name if (kind, name) in (("integer", "int64"), ("number", "double")) else ""


def _default_fits(plain: Schema) -> bool:
    default, kind = plain["default"], plain["type"]
    if kind in ("array", "object") or default in (None, ""):
        return False
    if kind == "boolean":
        return isinstance(default, bool)
    if kind in ("integer", "number"):
        return isinstance(default, int | float) and not isinstance(default, bool)
    return isinstance(default, str)
