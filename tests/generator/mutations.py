"""Single changes to documents, as Zoom might make them one day: the same ones in the same order each time.

A change says where it is made, what stands there afterwards, and what has to come of it.
"""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
from ruamel.yaml import YAML

BUILT, REFUSED, EITHER = "built", "refused", "either"
ABSENT: Any = ...

Place = tuple[Any, ...]

_YAML = YAML(typ="safe", pure=True)
THINGS: dict[str, Any] = _YAML.load("""
openapi: 3.0.0
info: {title: Things, version: "2"}
servers: [{url: "https://api.zoom.us/v2"}]
paths:
  /things/{thingId}:
    parameters: [{name: thingId, in: path, required: true, schema: {type: string}}]
    get:
      summary: Get a thing
      description: "Gets it. Rate Limit Label: `LIGHT`"
      operationId: thingGet
      tags: [Things]
      parameters:
        - {name: fields, in: query, description: "Separated by comma.", schema: {type: array, items: {type: string}}}
        - {name: page_size, in: query, schema: {type: integer, maximum: 300, default: 30}}
        - {name: X-Trace, in: header, schema: {type: string}}
      responses:
        "200":
          description: "A thing. **Error Code:** `300`"
          content: {application/json: {schema: &thing {
            type: object,
            required: [name],
            properties: {
              name: {type: string, description: Its name, example: One, maxLength: 20},
              size: {type: integer, minimum: 1},
              kind: {type: string, enum: [big, small]},
              level: {type: integer, enum: [1, 2]},
              created: {type: string, format: date-time},
              labels: {type: array, items: {type: string}},
              owner: {type: object, properties: {id: {type: string}, email: {type: string, format: email}}},
              parts: {type: array, items: {type: object, properties: {id: {type: string}, kind: {enum: [a, b]}}}}}}}}
        "404": {description: None.}
    patch:
      summary: Update a thing
      operationId: thingUpdate
      tags: [Things]
      requestBody: {required: true, content: {application/json: {schema: *thing}}}
      responses: {"204": {description: Done.}}
  /things:
    post:
      summary: Create a thing
      operationId: thingCreate
      tags: [Things]
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
      responses:
        "201": {description: Made., content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
components:
  schemas:
    Thing: {type: object, properties: {id: {type: string}, weight: {type: number}}}
    Box: {type: object, properties: {thing: {$ref: "#/components/schemas/Thing"}}}
""")
NOTICES: dict[str, Any] = _YAML.load("""
openapi: 3.1.0
info: {title: Things, version: "2"}
webhooks:
  thing.made:
    post:
      operationId: thing.made
      tags: [thing]
      requestBody: {content: {application/json: {schema: {type: object, properties: {
        event: {type: string, enum: [thing.made]}, event_ts: {type: integer},
        payload: {type: object, properties: {account_id: {type: string}, object: {type: object, properties: {
          id: {type: string}, topic: {type: string}}}}}}}}}}
      responses: {"200": {description: Taken.}}
  thing.gone:
    post:
      operationId: thing.gone
      tags: [thing]
      requestBody: {content: {application/json: {schema: {type: object, properties: {
        event: {type: string, enum: [thing.gone]}, payload: {type: object, properties: {id: {type: string}}}}}}}}
""")

TEXT = {"type": "string"}
THING = {"$ref": "#/components/schemas/Thing"}
GET = ("paths", "/things/{thingId}", "get")
PATCH = ("paths", "/things/{thingId}", "patch")
POST = ("paths", "/things", "post")
ANSWER = (*GET, "responses", "200", "content", "application/json", "schema")
FIELDS = (*ANSWER, "properties")
MADE = ("webhooks", "thing.made", "post")
EVENT = (*MADE, "requestBody", "content", "application/json", "schema")


@attrs.frozen
class Mutation:
    """One changed document: what Zoom would publish, or (`distilled`) what stands in `openapi/`."""

    name: str
    kind: str
    body: bytes = attrs.field(repr=False)
    expected: str = EITHER
    distilled: bool = False
    shows: str = ""


def changed(document: Any, place: Place, value: Any) -> Any:
    """Return a copy with another value at a place, or without it (`ABSENT`); a function makes it of what is there."""
    result = json.loads(json.dumps(document))  # anchors are copies in Zoom's documents
    here = result
    for key in place[:-1]:
        here = here[key]
    if value is ABSENT:
        del here[place[-1]]
    else:
        here[place[-1]] = value(here[place[-1]]) if callable(value) else copy.deepcopy(value)
    return result


def mutation(place: Place, value: Any, expected: str = EITHER, shows: str = "") -> Mutation:
    """Return a change at a place of the endpoints, or of the events if that is where it lies."""
    kind = "webhooks" if place[0] == "webhooks" else "endpoints"
    document = changed(NOTICES if kind == "webhooks" else THINGS, place, value)
    shown = "absent" if value is ABSENT else getattr(value, "__name__", repr(value))[:60]
    return Mutation(
        f"{'/'.join(map(str, place))} = {shown}", kind, json.dumps(document).encode(), expected, shows=shows
    )


# Where anything may stand one day, and what.
ODD_VALUES = (None, [], {}, "", 5, True, "x", [[]], {"a": None}, [None], -1.5, ABSENT)
ODD_PLACES: tuple[Place, ...] = (
    ("openapi",), ("info",), ("servers",), ("servers", 0, "url"), ("components",), ("components", "schemas"),
    ("components", "schemas", "Thing"), ("paths",), ("paths", "/things"), POST, (*POST, "summary"),
    (*POST, "operationId"),
    (*POST, "tags"), (*POST, "requestBody"), (*POST, "requestBody", "content"), (*POST, "responses"),
    (*POST, "responses", "201"), (*POST, "responses", "201", "content"), ("paths", "/things/{thingId}", "parameters"),
    ("paths", "/things/{thingId}", "parameters", 0), ("paths", "/things/{thingId}", "parameters", 0, "in"),
    (*GET, "description"), (*GET, "parameters", 1, "name"), (*GET, "parameters", 1, "schema"),
    (*GET, "parameters", 1, "schema", "default"), ANSWER, FIELDS, (*ANSWER, "required"), (*ANSWER, "type"),
    (*FIELDS, "name"), (*FIELDS, "name", "type"), (*FIELDS, "name", "maxLength"), (*FIELDS, "kind", "enum"),
    (*FIELDS, "created", "format"), (*FIELDS, "labels", "items"), (*FIELDS, "owner", "properties"),
    MADE, (*MADE, "requestBody"), (*MADE, "tags"), EVENT, (*EVENT, "properties"),
    (*EVENT, "properties", "payload"),
)  # fmt: skip

# What may stand in any text, and must not matter to the code around it.
ODD_TEXTS = (
    'say """no"""', "back\\slash \\N{DASH} \\", "two\nlines", "{{ jinja }} {% if %} {# #}", "{0} %s",
    "it's \"so\"",
    "naïve 名前 🎉", "\u202e\u200b\ufeff", "tab\tand\x00\x07\x7f", "class", "list", "2fa 3", "a" * 300, "# noqa",
    "$ref",
    "\u2028line", "';import os;'",
)  # fmt: skip
TEXT_PLACES: tuple[Place, ...] = (
    ("info", "title"), (*POST, "summary"), (*POST, "operationId"), (*POST, "tags", 0), (*FIELDS, "kind", "enum", 0),
    (*FIELDS, "name", "description"), (*GET, "parameters", 2, "name"), (*GET, "parameters", 1, "name"),
    (*FIELDS, "name", "default"), (*MADE, "tags", 0), (*EVENT, "properties", "event", "enum", 0),
)  # fmt: skip
KEY_PLACES: tuple[Place, ...] = ((*FIELDS, "name"), (*FIELDS, "owner"), ("webhooks", "thing.made"))
ODD_NAMES = (
    "list", "bool", "str", "date", "datetime", "dict", "named", "class", "None", "self", "$ref", "type", "anyOf", "",
    "from_dict", "to_dict", "_private", "__init__", "__class__", "2fa", "Größe", "名前", "🎉", "a-b", "A.b", "UNSET",
    "Any",
    "default", "description", "properties", "items", "enum", "const", "additional_properties", "occurred_at", "print",
)  # fmt: skip


def _renamed(place: Place, name: str) -> Mutation:
    def with_name(holder: dict[str, Any]) -> dict[str, Any]:
        return {name if key == place[-1] else key: value for key, value in holder.items()}

    expected = EITHER if place[0] == "webhooks" else BUILT
    return attrs.evolve(
        mutation(place[:-1], with_name, expected), name=f"{'/'.join(map(str, place))} named {name[:40]!r}"
    )


def everywhere() -> Iterator[Mutation]:
    """Yield what is odd in every place of a kind."""
    for place in ODD_PLACES:
        for value in ODD_VALUES:
            yield mutation(place, value)
    for place in TEXT_PLACES:
        for text in ODD_TEXTS:
            yield mutation(place, text, BUILT)
    for place in KEY_PLACES:
        for name in (*ODD_NAMES, *ODD_TEXTS):
            yield _renamed(place, name)


def of_distilled(document: dict[str, Any]) -> Iterator[Mutation]:
    """Yield changes to facts as they stand in `openapi/`, as a merge or an edit by hand may leave them."""
    for place in ODD_PLACES:
        if place[0] != "webhooks" and place[:1] != ("components",) and "description" not in place:
            for value in ("x", [5], ABSENT):
                try:
                    odd = changed(document, place, value)
                except (KeyError, IndexError):
                    continue
                shown = "absent" if value is ABSENT else repr(value)
                yield Mutation(f"distilled {place} = {shown}", "endpoints", json.dumps(odd).encode(), distilled=True)


def of_real(openapi: Path, product: str, paths: int) -> Iterator[Mutation]:
    """Yield changes to the first operations of one of Zoom's documents, as distilled."""
    document = json.loads((openapi / product / "endpoints.json").read_text(encoding="utf-8"))
    document["paths"] = dict(list(document["paths"].items())[:paths])
    for path, item in document["paths"].items():
        for method in item:
            changes: dict[str, Callable[[dict[str, Any]], Any]] = {
                "x-name": lambda operation: {**operation, "x-name": "class"},
                "no parameters": lambda operation: {**operation, "parameters": []},
                "no answers": lambda operation: {**operation, "responses": {}},
                "any status": lambda operation: {**operation, "responses": {"2XX": {"description": ""}}},
            }
            for name, change in changes.items():
                odd = changed(document, ("paths", path, method), change)
                body = json.dumps(odd).encode()
                yield Mutation(f"{product} {method} {path}: {name}", "endpoints", body, distilled=True)
