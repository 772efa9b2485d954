"""What OpenAPI allows and Zoom does not write today, one by one: the changes whose outcome is known."""

import json
from collections.abc import Iterator
from typing import Any

from tests.generator.mutations import (
    ABSENT, ANSWER, BUILT, EITHER, EVENT, FIELDS, GET, MADE, NOTICES, PATCH, POST, REFUSED, THINGS, Mutation, mutation,
)  # fmt: skip

TEXT = {"type": "string"}
THING = {"$ref": "#/components/schemas/Thing"}
NAME = (*FIELDS, "name")
SIZE = (*FIELDS, "size")
QUERY = (*GET, "parameters", 0)
JSON = "application/json"


def _schemas() -> Iterator[tuple[Any, str, str]]:
    """Yield schemas of a field, what comes of each, and the annotation."""
    yield {"const": "x"}, BUILT, 'Literal["x"]'
    yield {"const": 5}, BUILT, "Literal[5]"
    yield {"const": None}, BUILT, "name: None"
    yield {"const": {"a": 1}}, BUILT, ""
    yield {"type": "string", "examples": ["x"]}, BUILT, "name: str"
    yield {"type": ["string", "null"]}, BUILT, "name: str | None"
    yield {"type": ["null"]}, BUILT, "name: None"
    yield {"type": []}, BUILT, ""
    yield {"type": "null"}, BUILT, "name: None"
    yield {"type": ["string", "integer"]}, BUILT, "name: int | str"
    yield {"type": ["string", "integer"], "enum": ["a", 1]}, BUILT, 'Literal["a"]'
    yield {"type": ["object", "array"], "properties": {"a": TEXT}, "items": TEXT}, BUILT, "list[str]"
    yield {"type": "string", "nullable": True}, BUILT, "name: str | None"
    yield {**TEXT, "enum": ["a", None]}, BUILT, 'Literal["a"] | None'
    yield {"anyOf": [TEXT, {"type": "null"}]}, BUILT, "name: str | None"
    yield {"enum": ["a", 1]}, BUILT, 'Literal["a"] | Literal[1]'
    yield {"enum": [1.5, 2.5]}, BUILT, "name: float"
    yield {"type": "number", "enum": [1, 2.5]}, BUILT, "name: float"
    yield {"enum": [{"a": 1}, {"a": 2}]}, BUILT, "name: dict[str, Any]"
    yield {"enum": [["a"], ["b"]]}, BUILT, "name: list[Any]"
    yield {"enum": [True, "auto"]}, BUILT, ""
    yield {"enum": [True]}, BUILT, "name: bool"
    yield {"type": "integer", "enum": ["1", "2"]}, BUILT, 'Literal["1", "2"]'
    yield {"enum": []}, BUILT, "name: Any"
    yield {"enum": ["a", "a", ""]}, BUILT, 'Literal["", "a"]'
    yield {"enum": ["A", "a", "a ", "ä"]}, BUILT, ""
    yield {**TEXT, "enum": ["a"] * 3000 + [f"v{n}" for n in range(300)]}, BUILT, ""
    yield {"oneOf": [TEXT, {"type": "integer"}], "discriminator": {"propertyName": "type"}}, BUILT, "name: int | str"
    yield {"oneOf": []}, BUILT, ""
    yield {"anyOf": [None]}, EITHER, ""
    yield {"allOf": []}, BUILT, ""
    yield (
        {"oneOf": [{"type": "object", "properties": {"a": TEXT}}, {"type": "object", "properties": {"b": TEXT}}]},
        BUILT,
        "",
    )
    yield {"not": {"type": "integer"}}, BUILT, "name: Any"
    yield {"not": THING}, BUILT, "name: Any"
    yield {}, BUILT, "name: Any"
    yield True, BUILT, "name: Any"
    yield False, BUILT, "name: Any"
    yield {"type": "object"}, BUILT, "dict[str, Any]"
    yield {"type": "object", "additionalProperties": TEXT}, BUILT, "name: dict[str, Any]"
    yield {"type": "object", "additionalProperties": THING}, BUILT, ""
    yield {"type": "object", "properties": {"a": TEXT}, "additionalProperties": False}, BUILT, ""
    yield {"type": "object", "patternProperties": {"^a": TEXT}}, BUILT, "dict[str, Any]"
    yield {"type": "array"}, BUILT, "list[Any]"
    yield {"type": "array", "items": [TEXT, {"type": "integer"}]}, BUILT, "list[int | str]"
    yield {"type": "array", "prefixItems": [TEXT]}, BUILT, "list[Any]"
    yield (
        {"type": "array", "items": {"type": "array", "items": {"type": "array", "items": TEXT}}},
        BUILT,
        "list[list[list[str]]]",
    )
    yield {**TEXT, "format": "date", "pattern": "^\\d{4}$"}, BUILT, "name: date"
    yield {**TEXT, "format": "date-time", "enum": ["2026-01-01T00:00:00Z"]}, BUILT, "Literal["
    yield {**TEXT, "pattern": "(("}, BUILT, "name: str"
    yield {**TEXT, "pattern": "(?<=a)b"}, BUILT, "name: str"
    yield {**TEXT, "maxLength": -1}, BUILT, "name: str"
    yield {**TEXT, "minLength": 1.5}, BUILT, "name: str"
    yield {"type": "integer", "maximum": 10**40}, BUILT, "name: int"
    yield {"type": "integer", "minimum": -(2**63), "maximum": 2**64}, BUILT, "name: int"
    yield {"type": "integer", "multipleOf": 0}, BUILT, "name: int"
    yield {"type": "integer", "maximum": "many"}, BUILT, "name: int"
    yield {"type": "integer", "exclusiveMinimum": True, "minimum": 0}, BUILT, "name: int"
    yield {"type": "integer", "default": "x"}, BUILT, "name: int"
    yield {"type": "Integer"}, BUILT, "name: int"
    yield {"type": "long"}, BUILT, "name: int"
    yield {"type": "datetime"}, BUILT, "name: datetime"
    yield {"type": "file"}, BUILT, "name: File"
    yield {"type": "thing"}, REFUSED, ""
    yield {"type": ["string", {}]}, REFUSED, ""
    yield {**TEXT, "required": True}, BUILT, "name: str"
    yield {"properties": {"a": TEXT}}, BUILT, ""
    yield {"$ref": "#/components/schemas/Gone"}, REFUSED, ""
    yield {"$ref": "other.json#/Thing"}, REFUSED, ""
    yield {"$ref": 5}, REFUSED, ""
    yield {**THING, "nullable": True}, BUILT, "| None"
    yield {"allOf": [THING, {"type": "object", "properties": {"more": TEXT}}]}, BUILT, "more: str"
    yield (
        {"$ref": "#/paths/~1things~1%7BthingId%7D/get/responses/200/content/application~1json/schema/properties/size"},
        BUILT,
        "name: int",
    )
    yield {"if": {"const": 1}, "then": TEXT, "type": "string", "contentEncoding": "base64"}, BUILT, "name: str"
    yield {**TEXT, "title": "class", "x-enum-varnames": ["a"]}, BUILT, "name: str"


def _loops() -> Iterator[Mutation]:
    """Yield schemas that come back to themselves."""
    schemas = ("components", "schemas", "Thing")
    box = {"$ref": "#/components/schemas/Box"}
    for again in (
        {"type": "object", "properties": {"id": TEXT, "child": THING}},
        {"type": "object", "properties": {"id": TEXT, "children": {"type": "array", "items": THING}}},
        {"type": "object", "properties": {"id": TEXT, "box": box}},
        {"allOf": [THING]},
        {"allOf": [THING, {"type": "object", "properties": {"id": TEXT}}]},
        {"allOf": [{"type": "object", "properties": {"id": TEXT}}, {"properties": {"up": {"allOf": [THING]}}}]},
        {"oneOf": [THING, {"type": "object", "properties": {"id": TEXT}}]},
        {"type": "object", "properties": {"id": TEXT}, "additionalProperties": THING},
        {"type": "object", "additionalProperties": THING},
        {"type": "array", "items": THING},
        THING,
    ):
        yield mutation(schemas, again, BUILT)
    yield mutation(("components", "schemas", "Box"), {"allOf": [box]}, BUILT)


def _operations() -> Iterator[Mutation]:
    """Yield operations said in other ways."""
    yield mutation(POST, lambda it: {key: it[key] for key in it if key != "summary"}, BUILT, "thing_create")
    yield mutation(
        POST, lambda it: {key: it[key] for key in it if key not in ("summary", "operationId")}, BUILT, "post_things"
    )
    for title in (
        "Class",
        "Import",
        "Print",
        "List",
        "404",
        "2FA",
        "🎉",
        "创建会议",
        "?!",
        "Request",
        "The a an",
        "True",
    ):
        yield mutation((*POST, "summary"), title, BUILT)
    yield mutation((*POST, "summary"), "Get a thing", BUILT)
    yield mutation((*POST, "operationId"), "thingGet", BUILT)
    for url, expected in (
        ("https://file.zoom.us/v2", BUILT), ("https://api.zoom.us", BUILT), ("/v2", REFUSED), ("http://api.zoom.us/v2", REFUSED),
        ("https://{region}.zoom.us/v2", REFUSED), ("", REFUSED),
    ):  # fmt: skip
        servers = [{"url": url}]
        yield mutation(("servers",), servers, expected)
        yield mutation(POST, lambda it, servers=servers: {**it, "servers": servers}, expected)
        yield mutation(("paths", "/things"), lambda it, servers=servers: {**it, "servers": servers}, expected)
    region = [{"url": "https://{region}.zoom.us/v2", "variables": {"region": {"default": "eu01api"}}}]
    yield mutation(("servers",), region, BUILT, "https://eu01api.zoom.us/v2")
    yield mutation(POST, lambda it: {**it, "servers": region}, BUILT, "https://eu01api.zoom.us/v2")
    for method, expected in (
        ("head", BUILT),
        ("options", BUILT),
        ("trace", REFUSED),
        ("GET", REFUSED),
        ("query", REFUSED),
    ):
        operation = {"summary": "Ask", "operationId": "ask", "responses": {"200": {"description": ""}}}
        yield mutation(("paths", "/things"), lambda it, method=method, new=operation: {**it, method: new}, expected)
    reference = {"$ref": "#/components/pathItems/Things"}
    moved = {
        **json.loads(json.dumps(THINGS)),
        "components": {"schemas": THINGS["components"]["schemas"], "pathItems": {}},
    }
    moved["components"]["pathItems"]["Things"] = moved["paths"]["/things"]
    moved["paths"]["/things"] = reference
    yield Mutation("a path item by reference", "endpoints", json.dumps(moved).encode(), BUILT, shows="def request")
    yield mutation(("paths", "/things"), reference, REFUSED)
    yield mutation(("paths",), lambda it: {**it, "/x": {"$ref": "#/paths/~1x"}}, REFUSED)
    yield mutation(("paths",), lambda it: {**it, "/others": it["/things"]}, BUILT)
    for path in ("things", "/things?type=1", "/thi ngs", "/things#a"):
        yield mutation(("paths",), lambda it, path=path: {**it, path: it["/things"]}, REFUSED)
    for path in (
        "/",
        "/things/",
        "/名前",
        '/it\'s/"x"',
        "/a%20b",
        '/"""/{x}',
        "/{a}/{b}/{a}",
        "/{a-b}.json",
        "/{class}",
        "/x/{}",
    ):
        yield mutation(("paths",), lambda it, path=path: {**it, path: {"get": it["/things"]["post"]}}, EITHER)


def _parameters() -> Iterator[Mutation]:
    """Yield parameters said in other ways."""
    shared = ("paths", "/things/{thingId}", "parameters")
    yield mutation(shared, [], BUILT)
    yield mutation(shared, ABSENT, BUILT)
    yield mutation((*shared, 0, "required"), False, BUILT)
    yield mutation((*shared, 0, "name"), "other", REFUSED)
    yield mutation((*shared, 0, "schema"), {"type": "array", "items": TEXT}, REFUSED)
    yield mutation((*shared, 0), {"$ref": "#/components/parameters/Id"}, REFUSED)
    own = {"name": "thingId", "in": "path", "required": True, "schema": {"type": "integer"}}
    yield mutation((*GET, "parameters"), lambda it: [*it, own], BUILT)
    yield mutation((*GET, "parameters"), lambda it: [*it, it[0]], BUILT)
    yield mutation((*GET, "parameters"), lambda it: [*it, {**it[0], "schema": TEXT}], REFUSED)
    for style, explode, expected in (
        ("form", True, BUILT), ("form", False, BUILT), ("pipeDelimited", False, REFUSED), ("spaceDelimited", True, REFUSED),
        ("deepObject", True, REFUSED),
    ):  # fmt: skip
        yield mutation(QUERY, lambda it, said={"style": style, "explode": explode}: {**it, **said}, expected)
    yield mutation((*QUERY, "schema"), {"type": "object", "properties": {"a": TEXT}}, REFUSED)
    yield mutation((*QUERY, "schema"), {"type": "array", "items": {"type": "object"}}, REFUSED)
    yield mutation(QUERY, {"name": "fields", "in": "query", "content": {JSON: {"schema": TEXT}}}, REFUSED)
    for where in ("cookie", "body", "formData", "Query"):
        yield mutation((*QUERY, "in"), where, REFUSED)
    for name in (
        "client",
        "body",
        "self",
        "request",
        "page-size",
        "PageSize",
        "Fields",
        "a[b]",
        "filter[]",
        "thing_id",
        "UNSET",
        "x" * 200,
    ):
        yield mutation((*QUERY, "name"), name, BUILT)
    for schema in (
        {"const": "x"},
        {"enum": ["a", 1]},
        {"type": ["string", "null"]},
        {"oneOf": [TEXT, {"type": "integer"}]},
        THING,
        {},
    ):
        yield mutation((*QUERY, "schema"), schema, REFUSED if schema is THING else BUILT)


def _bodies() -> Iterator[Mutation]:
    """Yield bodies and answers said in other ways."""
    thing = {"schema": THING}
    file = {"schema": {"type": "object", "properties": {"file": {**TEXT, "format": "binary"}}}}
    body, answers = (*POST, "requestBody"), (*POST, "responses")
    for content, expected in (
        ({JSON: thing, "multipart/form-data": file}, BUILT), ({"multipart/form-data": file}, BUILT),
        ({"application/json; charset=utf-8": thing}, BUILT), ({"application/vnd.zoom+json": thing}, BUILT), ({"*/*": thing}, BUILT),
        ({"application/x-www-form-urlencoded": thing}, REFUSED), ({"application/octet-stream": file}, REFUSED),
        ({"undefined": thing}, REFUSED), ({JSON: {}}, BUILT), ({}, BUILT),
    ):  # fmt: skip
        yield mutation((*body, "content"), content, expected)
    yield mutation(body, {"description": "A body."}, BUILT)
    yield mutation(body, {"$ref": "#/components/requestBodies/Gone"}, REFUSED)
    yield mutation((*PATCH, "requestBody", "content", JSON, "schema"), {"type": "array", "items": THING}, BUILT)
    made = {"description": "", "content": {JSON: thing}}
    for status, expected in (("2XX", BUILT), ("2xx", BUILT), ("default", BUILT), ("200", BUILT), ("299", BUILT),
                             ("302", REFUSED), ("abc", REFUSED), ("2", REFUSED), ("", REFUSED), ("1000", REFUSED)):  # fmt: skip
        yield mutation(answers, {status: made}, expected)
    yield mutation(answers, {"201": made, "2XX": {"description": ""}, "default": {"description": ""}}, BUILT)
    yield mutation(answers, {"200": made, "201": {"description": ""}, "202": made}, BUILT)
    yield mutation(answers, {"404": made, "default": made}, BUILT)
    yield mutation(answers, {"201": {}}, BUILT)
    for content, expected in (
        ({"text/csv": {"schema": TEXT}}, BUILT), ({"application/pdf": {}}, BUILT), ({"image/png": {"schema": TEXT}}, BUILT),
        ({"application/octet-stream": {"schema": {**TEXT, "format": "binary"}}}, BUILT), ({"file": thing}, REFUSED),
        ({JSON: thing, "application/pdf": {}}, BUILT), ({"application/pdf": {}, JSON: thing}, BUILT), ({"*/*": thing}, BUILT),
        ({"application/scim+json": thing}, BUILT), ({JSON: {}}, BUILT), ({}, BUILT), ({"text/event-stream": {"schema": TEXT}}, BUILT),
    ):  # fmt: skip
        yield mutation((*answers, "201", "content"), content, expected)
    for schema in ({"type": "array", "items": THING}, TEXT, {"type": "integer"}, {"type": "boolean"}, {"type": "null"}, {}, True,
                   {"oneOf": [THING, TEXT]}, {"type": "array", "items": {"type": "array", "items": THING}}):  # fmt: skip
        yield mutation(ANSWER, schema, BUILT)
    clash = {"type": "object", "properties": {
        "a_b": {"type": "object", "properties": {"c": {"enum": ["x"]}}}, "a": {"type": "object", "properties": {"b_c": {"enum": ["y"]}}},
        "ab": {"type": "object", "properties": {"c": {"enum": ["z"]}}}}}  # fmt: skip
    yield mutation(ANSWER, clash, BUILT)
    shadows = {
        "type": "object",
        "properties": {"list": TEXT, "labels": {"type": "array", "items": TEXT}, "str": TEXT, "x-y": TEXT},
    }
    yield mutation(ANSWER, shadows, BUILT)
    yield mutation(
        ANSWER,
        {"type": "object", "properties": {"named": TEXT, "from": TEXT, "a-b": TEXT, "a_b": TEXT, "aB": TEXT}},
        BUILT,
    )


def _events() -> Iterator[Mutation]:
    """Yield events said in other ways."""
    content = (*MADE, "requestBody", "content")
    schema = NOTICES["webhooks"]["thing.made"]["post"]["requestBody"]["content"][JSON]["schema"]
    for value, expected in (
        ({}, REFUSED), ({"text/plain": {"schema": TEXT}}, REFUSED), ({JSON: {}}, REFUSED), ({JSON: {"schema": TEXT}}, REFUSED),
        ({"application/json; charset=utf-8": {"schema": schema}}, BUILT), ({JSON: {"schema": {"oneOf": [schema]}}}, BUILT),
        ({JSON: {"schema": {"allOf": [schema]}}}, BUILT),
    ):  # fmt: skip
        yield mutation(content, value, expected)
    yield mutation(("webhooks", "thing.made"), lambda it: {**it, "put": it["post"]}, REFUSED)
    yield mutation(("webhooks", "thing.made"), lambda it: {"get": it["post"]}, BUILT)
    yield mutation(("webhooks",), lambda it: {**it, "thing_made": it["thing.made"]}, BUILT)
    yield mutation(("webhooks",), lambda it: {**it, "ThingMade": it["thing.made"]}, BUILT)
    yield mutation(("webhooks",), lambda it: {**it, "thing.made ": it["thing.made"]}, BUILT)
    yield mutation(("webhooks",), {}, REFUSED)
    own = "#/paths/thing.made/post/requestBody/content/application~1json/schema"
    yield mutation((*EVENT, "properties", "payload"), {"$ref": own}, BUILT)
    yield mutation((*EVENT, "properties", "payload"), {"$ref": "#/webhooks/thing.gone" + own[18:]}, BUILT)
    for name in ("event_ts", "payload", "event"):
        yield mutation((*EVENT, "properties"), lambda it, name=name: {key: it[key] for key in it if key != name}, BUILT)
        yield mutation((*EVENT, "properties", name), {"type": "array", "items": TEXT}, BUILT)


def _documents() -> Iterator[Mutation]:
    """Yield documents that are wrong, or other, as a whole."""
    whole = json.dumps(THINGS)
    for name, body, expected in (
        ("empty", b"", REFUSED), ("HTML", b"<html>", REFUSED), ("a list", b"[]", REFUSED), ("null", b"null", REFUSED),
        ("not UTF-8", b"\xff\xfe\x00", REFUSED), ("half", whole[: len(whole) // 2].encode(), REFUSED),
        ("nested lists", b"[" * 100_000 + b"]" * 100_000, REFUSED),
        ("nested in a default", whole.replace('"default": 30', f'"default": {"[" * 300}{"]" * 300}').encode(), REFUSED),
        ("NaN", whole.replace("300", "NaN").encode(), REFUSED), ("a huge number", whole.replace("300", "1e999").encode(), REFUSED),
        ("a long number", whole.replace("300", "9" * 5000).encode(), REFUSED),
        ("a key twice", whole.replace('"openapi"', '"info": {}, "openapi"').encode(), REFUSED),
        ("a lone surrogate in a name", whole.replace('"size"', '"\\ud800"').encode(), REFUSED),
        ("a lone surrogate in a value", whole.replace('"big"', '"\\udfff"').encode(), REFUSED),
        ("a lone surrogate in prose", whole.replace('"Its name"', '"\\ud800"').encode(), BUILT),
        ("UTF-16", whole.encode("utf-16"), EITHER), ("a byte order mark", b"\xef\xbb\xbf" + whole.encode(), EITHER),
        ("webhooks beside", json.dumps({**THINGS, "webhooks": {}}).encode(), BUILT),
        ("webhooks with events beside", json.dumps({**THINGS, "webhooks": NOTICES["webhooks"]}).encode(), REFUSED),
        ("OpenAPI 2", json.dumps({**THINGS, "openapi": "2.0"}).encode(), REFUSED),
        ("OpenAPI 3.1", json.dumps({**THINGS, "openapi": "3.1.0"}).encode(), BUILT),
        ("OpenAPI 3.2", json.dumps({**THINGS, "openapi": "3.2.0"}).encode(), BUILT),
        ("no version", json.dumps({key: THINGS[key] for key in THINGS if key != "openapi"}).encode(), BUILT),
        ("deep objects", _deep(60).encode(), BUILT), ("too deep objects", _deep(400).encode(), REFUSED),
    ):  # fmt: skip
        yield Mutation(name, "endpoints", body, expected)
    yield Mutation("master alone", "master", whole.encode(), BUILT)


def _deep(levels: int) -> str:
    schema: Any = TEXT
    for _ in range(levels // 2):
        schema = {"type": "object", "properties": {"a": schema}}
    document = json.loads(json.dumps(THINGS))
    document["components"]["schemas"]["Thing"] = schema
    return json.dumps(document)


def dialects() -> Iterator[Mutation]:
    """Yield all of them."""
    for schema, expected, shows in _schemas():
        yield mutation(NAME, schema, expected, shows)
    for part in (_loops, _operations, _parameters, _bodies, _events, _documents):
        yield from part()
