"""Bodies, answers, events and whole documents as nobody expects them today, and what has to come of each."""

import json
from collections.abc import Iterator
from typing import Any

from tests.generator.mutations import (
    ANSWER,
    BUILT,
    EITHER,
    EVENT,
    MADE,
    NOTICES,
    PATCH,
    POST,
    REFUSED,
    TEXT,
    THING,
    THINGS,
    Mutation,
    mutation,
)

JSON = "application/json"
SAID = {"schema": THING}
ANSWERS = (*POST, "responses")


def of_bodies() -> Iterator[Mutation]:
    """Yield bodies and answers said in other ways."""
    yield from _of_media_types()
    yield from _of_statuses()
    yield from _of_answers()
    yield from _of_names()


def _of_media_types() -> Iterator[Mutation]:
    body = (*POST, "requestBody")
    file = {"schema": {"type": "object", "properties": {"file": {**TEXT, "format": "binary"}}}}
    for content, expected in (
        ({JSON: SAID, "multipart/form-data": file}, BUILT),
        ({"multipart/form-data": file}, BUILT),
        ({"application/json; charset=utf-8": SAID}, BUILT),
        ({"application/vnd.zoom+json": SAID}, BUILT),
        ({"*/*": SAID}, BUILT),
        ({"application/x-www-form-urlencoded": SAID}, REFUSED),
        ({"application/octet-stream": file}, REFUSED),
        ({"undefined": SAID}, REFUSED),
        ({JSON: {}}, BUILT),
        ({}, BUILT),
    ):
        yield mutation((*body, "content"), content, expected)
    yield mutation(body, {"description": "A body."}, BUILT)
    yield mutation(body, {"$ref": "#/components/requestBodies/Gone"}, REFUSED)
    yield mutation((*PATCH, "requestBody", "content", JSON, "schema"), {"type": "array", "items": THING}, BUILT)


def _of_statuses() -> Iterator[Mutation]:
    made = {"description": "", "content": {JSON: SAID}}
    for status, expected in (
        ("2XX", BUILT),
        ("2xx", BUILT),
        ("default", BUILT),
        ("200", BUILT),
        ("299", BUILT),
        ("302", REFUSED),
        ("abc", REFUSED),
        ("2", REFUSED),
        ("", REFUSED),
        ("1000", REFUSED),
    ):
        yield mutation(ANSWERS, {status: made}, expected)
    yield mutation(ANSWERS, {"201": made, "2XX": {"description": ""}, "default": {"description": ""}}, BUILT)
    yield mutation(ANSWERS, {"200": made, "201": {"description": ""}, "202": made}, BUILT)
    yield mutation(ANSWERS, {"404": made, "default": made}, BUILT)
    yield mutation(ANSWERS, {"201": {}}, BUILT)


def _of_answers() -> Iterator[Mutation]:
    for content, expected in (
        ({"text/csv": {"schema": TEXT}}, BUILT),
        ({"application/pdf": {}}, BUILT),
        ({"image/png": {"schema": TEXT}}, BUILT),
        ({"application/octet-stream": {"schema": {**TEXT, "format": "binary"}}}, BUILT),
        ({"file": SAID}, REFUSED),
        ({JSON: SAID, "application/pdf": {}}, BUILT),
        ({"application/pdf": {}, JSON: SAID}, BUILT),
        ({"*/*": SAID}, BUILT),
        ({"application/scim+json": SAID}, BUILT),
        ({JSON: {}}, BUILT),
        ({}, BUILT),
        ({"text/event-stream": {"schema": TEXT}}, BUILT),
    ):
        yield mutation((*ANSWERS, "201", "content"), content, expected)
    for schema in (
        {"type": "array", "items": THING},
        TEXT,
        {"type": "integer"},
        {"type": "boolean"},
        {"type": "null"},
        {},
        True,
        {"oneOf": [THING, TEXT]},
        {"type": "array", "items": {"type": "array", "items": THING}},
    ):
        yield mutation(ANSWER, schema, BUILT)


def _of_names() -> Iterator[Mutation]:
    clash = {
        "type": "object",
        "properties": {
            "a_b": {"type": "object", "properties": {"c": {"enum": ["x"]}}},
            "a": {"type": "object", "properties": {"b_c": {"enum": ["y"]}}},
            "ab": {"type": "object", "properties": {"c": {"enum": ["z"]}}},
        },
    }
    yield mutation(ANSWER, clash, BUILT)
    shadows = {
        "type": "object",
        "properties": {
            "list": TEXT,
            "labels": {"type": "array", "items": TEXT},
            "str": TEXT,
            "x-y": TEXT,
            "z": {"type": "array"},
        },
    }
    yield mutation(ANSWER, shadows, BUILT)
    yield mutation(
        ANSWER,
        {
            "type": "object",
            "properties": {"named": TEXT, "from": TEXT, "z-z": TEXT, "a-b": TEXT, "a_b": TEXT, "aB": TEXT},
        },
        BUILT,
    )


def of_events() -> Iterator[Mutation]:
    """Yield events said in other ways."""
    content = (*MADE, "requestBody", "content")
    schema = NOTICES["webhooks"]["thing.made"]["post"]["requestBody"]["content"][JSON]["schema"]
    for value, expected in (
        ({}, REFUSED),
        ({"text/plain": {"schema": TEXT}}, REFUSED),
        ({JSON: {}}, REFUSED),
        ({JSON: {"schema": TEXT}}, REFUSED),
        ({"application/json; charset=utf-8": {"schema": schema}}, BUILT),
        ({JSON: {"schema": {"oneOf": [schema]}}}, BUILT),
        ({JSON: {"schema": {"allOf": [schema]}}}, BUILT),
    ):
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
        listed = BUILT if name == "payload" else REFUSED  # the others stand in the base class of all events
        yield mutation((*EVENT, "properties", name), {"type": "array", "items": TEXT}, listed)


def of_documents() -> Iterator[Mutation]:
    """Yield documents that are wrong, or other, as a whole."""
    whole = json.dumps(THINGS)
    for name, body, expected in (
        ("empty", b"", REFUSED),
        ("HTML", b"<html>", REFUSED),
        ("a list", b"[]", REFUSED),
        ("null", b"null", REFUSED),
        ("not UTF-8", b"\xff\xfe\x00", REFUSED),
        ("half", whole[: len(whole) // 2].encode(), REFUSED),
        ("nested lists", b"[" * 100_000 + b"]" * 100_000, REFUSED),
        ("nested in a default", whole.replace('"default": 30', f'"default": {"[" * 300}{"]" * 300}').encode(), REFUSED),
        ("NaN", whole.replace("300", "NaN").encode(), REFUSED),
        ("a huge number", whole.replace("300", "1e999").encode(), REFUSED),
        ("a long number", whole.replace("300", "9" * 5000).encode(), REFUSED),
        ("a key twice", whole.replace('"openapi"', '"info": {}, "openapi"').encode(), REFUSED),
        ("a lone surrogate in a name", whole.replace('"size"', '"\\ud800"').encode(), REFUSED),
        ("a lone surrogate in a value", whole.replace('"big"', '"\\udfff"').encode(), REFUSED),
        ("a lone surrogate in prose", whole.replace('"Its name"', '"\\ud800"').encode(), BUILT),
        ("UTF-16", whole.encode("utf-16"), EITHER),
        ("a byte order mark", b"\xef\xbb\xbf" + whole.encode(), EITHER),
        ("webhooks beside", json.dumps({**THINGS, "webhooks": {}}).encode(), BUILT),
        ("webhooks with events beside", json.dumps({**THINGS, "webhooks": NOTICES["webhooks"]}).encode(), REFUSED),
        ("OpenAPI 2", json.dumps({**THINGS, "openapi": "2.0"}).encode(), REFUSED),
        ("OpenAPI 3.1", json.dumps({**THINGS, "openapi": "3.1.0"}).encode(), BUILT),
        ("OpenAPI 3.2", json.dumps({**THINGS, "openapi": "3.2.0"}).encode(), BUILT),
        ("no version", json.dumps({key: THINGS[key] for key in THINGS if key != "openapi"}).encode(), BUILT),
        ("deep objects", _deep(60).encode(), BUILT),
        ("too deep objects", _deep(400).encode(), REFUSED),
    ):
        yield Mutation(name, "endpoints", body, expected)
    yield Mutation("master alone", "master", whole.encode(), BUILT)


def _deep(levels: int) -> str:
    schema: Any = TEXT
    for _ in range(levels // 2):
        schema = {"type": "object", "properties": {"a": schema}}
    document = json.loads(json.dumps(THINGS))
    document["components"]["schemas"]["Thing"] = schema
    return json.dumps(document)
