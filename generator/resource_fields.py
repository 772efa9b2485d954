"""Find where the fields of a resource lie in a message: the items of a list, the id of an item, the body of many."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator import casing

# What stands beside the items of a list: how many there are, where it goes on, and what was asked for.
_BESIDE = re.compile("^(from|to)$|page|total|token|_id$|timezone|date|startindex|schemas|count|has_")

Facts = dict[str, Any]
Schemas = Mapping[str, Any]


def find(facts: Facts, resource: Facts, schemas: Schemas) -> Facts:
    """Return the fields of an operation that does something to a resource."""
    name, action = resource["resource"].rpartition(".")[2], resource["action"]
    answer = _answer(facts, schemas)
    found: Facts = {}
    if action == "list":
        found["items"] = resource.get("items", items(facts, name, schemas))
        answer = _within(answer, found["items"] or "", schemas)
    if action == "add":
        found["items"] = resource.get("items", bulk(facts, name, schemas))
    if action == "remove":
        found["ids"] = ids(facts)
    if action in ("create", "change"):
        found["body"] = wrapper(facts, schemas)
    if field := _id(answer, resource.get("id", ""), name):
        found["field"] = field
    return found


def items(facts: Facts, name: str, schemas: Schemas) -> str | None:
    """Return the field of an answer that has the items of a list; "" if the answer is the list."""
    if named := facts.get("x-zoom", {}).get("items"):
        return str(named if isinstance(named, str) else named[0])
    answer = _answer(facts, schemas)
    return "" if answer.get("type") == "array" else _list(answer, name, schemas)


def is_page(facts: Facts, schemas: Schemas) -> bool:
    """Return True if an answer has nothing beside its list but where the list goes on, and how long it is."""
    answer = _answer(facts, schemas)
    others = [each for each in answer.get("properties", {}) if not _BESIDE.search(each.lower())]
    return answer.get("type") == "array" or len(others) == 1


def bulk(facts: Facts, name: str, schemas: Schemas) -> str | None:
    """Return the field of a body that has many items to add, or their ids; "" if the body is a list."""
    body = _body(facts, schemas)
    if body.get("type") == "array":
        return ""
    parts: Facts = {each: _resolve(part, schemas) for each, part in body.get("properties", {}).items()}
    lists = [each for each, part in parts.items() if part.get("type") == "array"]
    of_name = [each for each in lists if casing.singular(each).endswith(casing.singular(name))]
    of_ids = [each for each in lists if each.endswith("_ids")]
    others = [each for each, part in parts.items() if part.get("type") == "string" and not each.endswith("_id")]
    if len(parts) == len(lists) == 1 or of_name:
        return str((of_name or lists)[0])
    return str(of_ids[0]) if of_ids and not others else None


def wrapper(facts: Facts, schemas: Schemas) -> str | None:
    """Return the field of a body that is all there is in it: the object that has the fields."""
    parts = _body(facts, schemas).get("properties", {})
    only = next(iter(parts)) if len(parts) == 1 else None
    return only if only and _whole(parts[only], schemas).get("properties") else None


def ids(facts: Facts) -> list[str]:
    """Return the parameters of a query that name what is removed: those of many, if there are any."""
    named = [each["name"] for each in facts["parameters"] if each["in"] == "query"]
    many = [name for name in named if name.lower().endswith(("ids", "emails", "keys"))]
    return many or [name for name in named if name.lower().endswith(("_id", "_key"))]


def sent(facts: Facts, schemas: Schemas) -> set[str]:
    """Return the fields of a body."""
    return set(_body(facts, schemas).get("properties", {}))


def answered(facts: Facts, schemas: Schemas) -> set[str]:
    """Return the fields of an answer."""
    return set(_answer(facts, schemas).get("properties", {}))


def _list(schema: Facts, name: str, schemas: Schemas) -> str | None:
    """Return the list among the fields of an object: of objects if there is one, or of the name of the resource."""
    fields = {each: _resolve(part, schemas) for each, part in schema.get("properties", {}).items()}
    lists = [each for each, part in fields.items() if part.get("type") == "array"]
    if name in lists:
        return name
    of_objects = [each for each in lists if _resolve(fields[each].get("items", {}), schemas).get("properties")]
    found = of_objects or lists
    return found[0] if len(found) == 1 else None


def _id(schema: Facts, parameter: str, name: str) -> str | None:
    """Return the field that has the id of an item, as the path names it or as lists do."""
    one = casing.singular(name)
    wanted = (parameter, casing.snake(parameter), f"{one}_id", f"{one}Id", "id", parameter.removesuffix("Id"))
    return next((each for each in wanted if each in schema.get("properties", {})), None)


def _answer(facts: Facts, schemas: Schemas) -> Facts:
    for status in sorted(facts.get("responses", {})):
        if status < "300":
            for schema in _contents(facts["responses"][status]):
                return _whole(schema, schemas)
    return {}


def _body(facts: Facts, schemas: Schemas) -> Facts:
    return next((_whole(schema, schemas) for schema in _contents(facts.get("requestBody", {}))), {})


def _contents(holder: Facts) -> Iterator[Facts]:
    yield from (media.get("schema", {}) for media in holder.get("content", {}).values())


def _whole(schema: Facts, schemas: Schemas) -> Facts:
    """Return a schema with the fields of all its alternatives."""
    schema = _resolve(schema, schemas)
    branches = [_whole(each, schemas) for each in schema.get("anyOf", ())]
    inner = {name: part for each in branches for name, part in each.get("properties", {}).items()}
    return {**schema, "properties": {**inner, **schema.get("properties", {})}} if branches else schema


def _within(schema: Facts, place: str, schemas: Schemas) -> Facts:
    """Return the schema of the items at a place of an answer."""
    for name in filter(None, place.split(".")):
        schema = _whole(schema.get("properties", {}).get(name, {}), schemas)
    return _whole(schema.get("items", {}), schemas)


def _resolve(schema: Facts, schemas: Schemas) -> Facts:
    while "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    return schema
