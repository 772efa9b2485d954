"""Find how an operation's list is read page by page: which parameter turns the page, and which field has the items."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import attrs
from openapi_python_client.parser.properties import ModelProperty

from generator.annotations import hint

TOKENS = {"next_page_token": "next_page_token", "pageToken": "nextPageToken"}  # parameter: field of the answer
NUMBERS = ("page_number", "page_num", "page")
INDEXES = ("startIndex",)
SIZES = ("page_size", "maxResults", "count")

Schemas = Mapping[str, Any]


@attrs.frozen
class Listing:
    """The paging of a list: `facts` are the arguments of `Paging(…)`, `item` is the type of one item."""

    facts: dict[str, Any]
    item: str


def listing(
    operation: dict[str, Any], schemas: Schemas, models: Mapping[str, ModelProperty], known: Collection[str] = ()
) -> Listing | None:
    """Return how the list of an operation is paged; None for an operation that does not page.

    `known` are the fields that held its items so far: a list that Zoom adds beside them does not take their place.

    Raises `ValueError` if several fields could be the items: an overlay says then which is, by `x-zoom: {items: …}`;
    and if an answer has a token that no parameter takes.
    """
    query = {each["name"]: {**each["schema"], **each} for each in operation["parameters"] if each["in"] == "query"}
    body = _fields_of_body(operation, schemas)
    if turned_by := _find_page_parameters(query):
        return _listing(operation, turned_by, query, schemas, models, known)
    if turned_by := tuple(name for name in TOKENS if name in body):
        found = _listing(operation, turned_by, body, schemas, models, known)
        return attrs.evolve(found, facts={**found.facts, "in_body": True})
    answered = {name for page in _pages(operation) for name in schemas[page]["properties"]}
    for token in answered & set(TOKENS.values()):
        raise ValueError(f"{operation['operationId']} answers with {token}, and no parameter takes it: add it")
    return None


def _listing(
    operation: dict[str, Any],
    turned_by: tuple[str, ...],
    parameters: Mapping[str, Any],
    schemas: Schemas,
    models: Mapping[str, ModelProperty],
    known: Collection[str],
) -> Listing:
    pages = list(_pages(operation))
    if not pages:
        raise ValueError(f"{operation['operationId']} has pages, and answers with no object that could be one")
    items = _read_items(operation) or [_items(operation, page, schemas, turned_by[0], known) for page in pages]
    types = {_item(page, name, models) for page in pages for name in items}
    facts = {"turned_by": turned_by, "items": tuple(dict.fromkeys(items)), **_sizes(parameters)}
    return Listing(facts, " | ".join(sorted(types)))


def _find_page_parameters(query: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what turns the page, tokens before numbers: Zoom withdraws these where it gives tokens."""
    tokens = [name for name in TOKENS if name in query]
    others = [name for name in (*NUMBERS, *INDEXES) if name in query]
    return (*tokens, *(name for name in others if not (tokens and query[name].get("deprecated"))))


def _sizes(parameters: Mapping[str, Any]) -> dict[str, Any]:
    name = next((name for name in SIZES if name in parameters and not parameters[name].get("deprecated")), None)
    if name is None:
        return {}
    least, most = parameters[name].get("minimum") or 1, parameters[name].get("maximum")
    facts = {"size": name, **({"smallest": least} if least > 1 else {})}
    return {**facts, **({"largest": most} if most else {})}


def _fields_of_body(operation: dict[str, Any], schemas: Schemas) -> dict[str, Any]:
    media = operation.get("requestBody", {}).get("content", {}).values()
    return {name: part for each in media for name, part in _resolve(each, schemas).get("properties", {}).items()}


def _pages(operation: dict[str, Any]) -> Iterator[str]:
    """Yield the names of the models that an operation answers with."""
    for status, answer in operation["responses"].items():
        for media in answer.get("content", {}).values() if status.startswith("2") else ():
            schema = media.get("schema", {})
            yield from (_name(each) for each in schema.get("anyOf", [schema]) if "$ref" in each)


def _read_items(operation: dict[str, Any]) -> list[str]:
    """Return the fields that an overlay names."""
    named = operation["x-zoom"].get("items", [])
    return [named] if isinstance(named, str) else named


def _items(operation: dict[str, Any], page: str, schemas: Schemas, turned_by: str, known: Collection[str]) -> str:
    """Return the only list of a page: of objects if there is one; where the token lies deeper, the list beside it."""
    prefix, fields = "", schemas[page]["properties"]
    token = TOKENS.get(turned_by)
    if token and token not in fields:
        deeper = {name: _resolve({"schema": part}, schemas).get("properties", {}) for name, part in fields.items()}
        outer = next((name for name, inner in deeper.items() if token in inner), None)
        prefix, fields = (f"{outer}.", deeper[outer]) if outer else ("", fields)
    lists = [name for name, part in fields.items() if part.get("type") == "array"]
    of_objects = [name for name in lists if "$ref" in str(fields[name]["items"])]
    found = [name for name in lists if f"{prefix}{name}" in known] or of_objects or lists
    if len(found) != 1:
        which = f"{' or '.join(found)}: say in an overlay, by x-zoom.items, which" if found else "no list"
        raise ValueError(f"the items of {operation['operationId']} are in {which}")
    return f"{prefix}{found[0]}"


def _item(page: str, name: str, models: Mapping[str, ModelProperty]) -> str:
    """Return the type of one item."""
    *outer, last = name.split(".")
    model = models[page]
    for each in outer:
        model = models[hint(_field(model, each), answered=True)]
    return hint(_field(model, last), answered=True).removeprefix("list[").removesuffix("]")


def _field(model: ModelProperty, wire: str) -> Any:
    fields = [*(model.required_properties or []), *(model.optional_properties or [])]
    found = next((each for each in fields if each.name.get_untrusted_value() == wire), None)
    if found is None:
        raise ValueError(f"{model.class_info.name} has no field {wire}, which should hold the items of a list")
    return found


def _resolve(holder: Mapping[str, Any], schemas: Schemas) -> dict[str, Any]:
    schema: dict[str, Any] = holder.get("schema", {})
    return schemas[_name(schema)] if "$ref" in schema else schema


def _name(schema: Mapping[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]
