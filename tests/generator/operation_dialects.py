"""Operations and parameters as OpenAPI allows them and Zoom does not write them today, and what has to come of each."""

import json
from collections.abc import Iterator

from tests.generator.mutations import ABSENT, BUILT, EITHER, GET, POST, REFUSED, TEXT, THING, THINGS, Mutation, mutation

QUERY = (*GET, "parameters", 0)
JSON = "application/json"


def of_operations() -> Iterator[Mutation]:
    """Yield operations said in other ways."""
    yield from _of_names()
    yield from _of_hosts()
    yield from _of_methods()
    yield from _of_paths()


def _of_names() -> Iterator[Mutation]:
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


def _of_hosts() -> Iterator[Mutation]:
    for url, expected in (
        ("https://file.zoom.us/v2", BUILT),
        ("https://api.zoom.us", BUILT),
        ("/v2", REFUSED),
        ("http://api.zoom.us/v2", REFUSED),
        ("https://{region}.zoom.us/v2", REFUSED),
        ("", REFUSED),
    ):
        servers = [{"url": url}]
        yield mutation(("servers",), servers, expected)
        yield mutation(POST, lambda it, servers=servers: {**it, "servers": servers}, expected)
        yield mutation(("paths", "/things"), lambda it, servers=servers: {**it, "servers": servers}, expected)
    region = [{"url": "https://{region}.zoom.us/v2", "variables": {"region": {"default": "eu01api"}}}]
    yield mutation(("servers",), region, BUILT, "https://eu01api.zoom.us/v2")
    yield mutation(POST, lambda it: {**it, "servers": region}, BUILT, "https://eu01api.zoom.us/v2")


def _of_methods() -> Iterator[Mutation]:
    for method, expected in (
        ("head", BUILT),
        ("options", BUILT),
        ("trace", REFUSED),
        ("GET", REFUSED),
        ("query", REFUSED),
    ):
        operation = {"summary": "Ask", "operationId": "ask", "responses": {"200": {"description": ""}}}
        yield mutation(("paths", "/things"), lambda it, method=method, new=operation: {**it, method: new}, expected)


def _of_paths() -> Iterator[Mutation]:
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


def of_parameters() -> Iterator[Mutation]:
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
        ("form", True, BUILT),
        ("form", False, BUILT),
        ("pipeDelimited", False, REFUSED),
        ("spaceDelimited", True, REFUSED),
        ("deepObject", True, REFUSED),
    ):
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
