"""Examples of the schemas of a raw document, by a few plain rules that share nothing with the generator's."""

from typing import Any

DEEPEST = 5  # what lies deeper in an example is left empty
ENDLESS = 12  # what is composed of itself is cut here


class Unknown(Exception):
    """The oracle does not know what a schema is an example of: it says nothing then."""


def follow(value: Any, document: Any) -> Any:
    """Return what a reference points to."""
    for _ in range(5):
        if not isinstance(value, dict) or not isinstance(value.get("$ref"), str):
            return value
        here = document
        for part in value["$ref"].removeprefix("#/").split("/"):
            key = part.replace("~1", "/").replace("~0", "~").replace("%7B", "{").replace("%7D", "}")
            key = "webhooks" if here is document and key == "paths" and "paths" not in document else key
            here = here[int(key)] if isinstance(here, list) else here[key]
        value = here
    return {}


def example(schema: Any, document: Any, depth: int = 0) -> Any:
    """Return a value that a schema describes, by a few plain rules."""
    schema = follow(schema, document)
    if not isinstance(schema, dict):
        return "anything"
    for key in ("oneOf", "anyOf"):
        if isinstance(schema.get(key), list) and schema[key] and depth < ENDLESS:
            rest = {name: part for name, part in schema.items() if name != key}
            return example({**rest, **as_dict(follow(schema[key][0], document))}, document, depth + 1)
    if isinstance(schema.get("allOf"), list) and schema["allOf"]:
        whole: dict[str, Any] = {name: part for name, part in schema.items() if name != "allOf"}
        for part in schema["allOf"]:
            part = as_dict(follow(part, document)) if depth < ENDLESS else {}
            nested = [*whole.pop("allOf", []), *part.get("allOf", [])]
            properties = {**part.get("properties", {}), **whole.get("properties", {})}
            whole = {**part, **whole, **({"properties": properties} if properties else {}), "allOf": nested}
        return example(whole, document, depth + 1)
    if "const" in schema:
        return schema["const"]
    kind = schema.get("type")
    kind = next((each for each in kind if each != "null"), "null") if isinstance(kind, list) else kind
    values = schema.get("enum")
    if values and kind != "array":
        return values[0]
    if kind == "array" or (kind is None and "items" in schema):
        items = schema.get("items", {})
        items = {**as_dict(items), "enum": values} if values else items
        items = items[0] if isinstance(items, list) and items else items
        return [example(items, document, depth + 1)] if depth < DEEPEST else []
    if kind == "object" or (kind is None and schema.get("properties")):
        parts = as_dict(schema.get("properties"))
        return {name: example(part, document, depth + 1) for name, part in parts.items()} if depth < DEEPEST else {}
    return _scalar(kind, schema)


def as_dict(value: Any) -> dict[str, Any]:
    """Return an object, an empty one for what is none."""
    return value if isinstance(value, dict) else {}


def _scalar(kind: Any, schema: dict[str, Any]) -> Any:
    kind = kind.lower() if isinstance(kind, str) else kind
    if kind in ("integer", "int", "long", "number", "float"):
        least = schema.get("minimum", schema.get("exclusiveMinimum", 1))
        return 1 if isinstance(least, bool) or not isinstance(least, int) or least < 1 else least
    if kind == "boolean":
        return True
    if kind == "null":
        return None
    said = {"date-time": "2026-01-02T03:04:05Z", "date": "2026-01-02", "email": "a@example.com", "uuid": "0" * 8}
    if kind == "datetime":
        return said["date-time"]
    if kind == "file" or schema.get("format") == "binary":
        raise Unknown("a file")
    if schema.get("pattern") or schema.get("minLength", 0) not in (0, 1):
        raise Unknown("a text of a pattern")
    return said.get(str(schema.get("format")), "text")
