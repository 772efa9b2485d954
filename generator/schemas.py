"""Bring a schema to one plain form, whatever dialect of OpenAPI it is written in.

The plain form is JSON Schema 2020-12 without `allOf`, `const`, `nullable` or `$ref`: objects have `type: object`, and
arrays have `items`, `null` is a type among others. What only one document gets wrong is an overlay's business.
"""

from typing import Any

from generator import enums
from generator.constraints import DATE_FORMATS, DATE_TIME_FORMATS, fit
from generator.merge import ALTERNATIVES, merge
from generator.references import References

Schema = dict[str, Any]

_COUNTS = {"page_size", "page_count", "page_number", "total_records"}
_ALIASES: dict[str, Schema] = {
    "int": {"type": "integer"}, "long": {"type": "integer"}, "bool": {"type": "boolean"}, "str": {"type": "string"},
    "float": {"type": "number"}, "double": {"type": "number"}, "decimal": {"type": "number"},
    "date": {"type": "string", "format": "date"}, "datetime": {"type": "string", "format": "date-time"},
    "file": {"type": "string", "format": "binary"},
}  # fmt: skip
TYPES = {"string", "integer", "number", "boolean", "array", "object", "null", *_ALIASES}
_NO_REFERENCES = References()


def schema(raw: Any, references: References = _NO_REFERENCES) -> Schema:
    """Return the plain form of one schema."""
    if not isinstance(raw, dict):
        return {}
    if set(raw) == {"$ref"} and raw["$ref"] not in references.open:
        return schema(*references.follow(raw["$ref"]))
    plain, references = merge(raw, references)
    plain = _spell(enums.with_enum_of_const(plain))
    nullable = _take_null(plain)
    plain = _mend_type(_alternatives(enums.one_type(plain), references))
    if plain.get("type") == "array":
        plain = {**plain, "items": schema(plain.get("items", {}), references)}
    elif plain.get("type") == "object":
        plain = _object(plain, references)
    if "not" in plain:
        plain = {**plain, "not": schema(plain["not"], references)}
    plain = fit(plain)
    return _or_null(plain) if nullable else plain


def _spell(plain: Schema) -> Schema:
    """Spell types as JSON Schema does: `Integer` and `long` are integer, `date` is a text of that format."""
    kind = plain.get("type")
    if isinstance(kind, list):
        return {**plain, "type": [_ALIASES.get(each, {"type": each.lower()})["type"] for each in kind]}
    return {**plain, **_ALIASES.get(kind, {"type": kind.lower()})} if isinstance(kind, str) else dict(plain)


def _take_null(plain: Schema) -> bool:
    """Take out `nullable` of OpenAPI 3.0 and the null of 3.1, among types or values; return whether one was there."""
    nullable = enums.take_null(plain) | bool(plain.pop("nullable", False))
    if isinstance(kinds := plain.get("type"), list):
        others = [kind for kind in dict.fromkeys(kinds) if kind != "null"]
        nullable = nullable or len(others) < len(kinds)
        del plain["type"]
        if len(others) > 1 and not any(key in plain for key in ALTERNATIVES):
            plain["anyOf"] = [{"type": kind} for kind in others]
        elif len(others) < 2:
            plain["type"] = others[0] if others else "null"
    return nullable


def _alternatives(plain: Schema, references: References) -> Schema:
    """Unwrap alternatives of one, and hand what stands beside alternatives down to each of them."""
    for key in ALTERNATIVES:
        if key not in plain:
            continue
        beside = {name: value for name, value in plain.items() if name != key}
        options: list[Schema] = []
        for option in plain[key]:
            whole = schema(_with_beside(option, beside), references)
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


def _with_beside(option: Any, beside: Schema) -> Any:
    # `{"enum": [""]}` beside `format: date-time` means: a time, or nothing.
    if isinstance(option, dict) and "enum" in option:
        beside = {key: value for key, value in beside.items() if key != "format"}
    return {"allOf": [option, beside]} if beside else option


def _mend_type(plain: Schema) -> Schema:
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
    return plain


def _infer_type(plain: Schema) -> str | None:
    if "properties" in plain:
        return "object"
    if "items" in plain:
        return "array"
    return "string" if "format" in plain else None


def _distinct(values: list[Any]) -> list[Any]:
    return list(dict.fromkeys(values))


def _object(plain: Schema, references: References) -> Schema:
    properties = {
        name: _type_count(name, schema(part, references)) for name, part in plain.get("properties", {}).items()
    }
    required = [name for name in _distinct(plain.get("required", [])) if name in properties]
    rest = {key: value for key, value in plain.items() if key not in ("properties", "required", "additionalProperties")}
    # `additionalProperties: false` is not believed: Zoom adds fields to answers and events without notice.
    extra = plain.get("additionalProperties")
    if isinstance(extra, dict) and extra and not properties:
        rest["additionalProperties"] = schema(extra, references)
    if properties:
        rest["properties"] = properties
    if required:
        rest["required"] = sorted(required)
    return rest


def _type_count(name: str, plain: Schema) -> Schema:
    """Type as whole what can only be counted: Zoom calls the size of a page a `number` in 60 places."""
    return {**plain, "type": "integer"} if name in _COUNTS and plain.get("type") == "number" else plain


def _or_null(plain: Schema) -> Schema:
    if plain.get("type") == "null":
        return plain
    if "anyOf" in plain:
        return {**plain, "anyOf": [*plain["anyOf"], {"type": "null"}]}
    return {"anyOf": [plain, {"type": "null"}]} if plain else plain
