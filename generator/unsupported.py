"""Find what a well-formed document asks for and the client cannot do, after overlays: each is a fault with its place.

Overlays are the way out, so what stands here is reported when building, not when fetching.
"""

import re
from collections.abc import Iterator
from typing import Any

from generator.distil import operations
from generator.faults import Place
from generator.normalise import JSON, MULTIPART, PLACE, media_type_of
from generator.references import DanglingReference, References, resolve
from generator.schemas import TYPES, Schema, schema
from generator.shape import Misfits, parts

_STYLES = {"path": "simple", "query": "form", "header": "simple"}
_STATUS = re.compile(r"[1-5](\d\d|XX|xx)|default")
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+*-]+")
_EVENT = re.compile(r"(?=[ -~]+$)[^A-Za-z0-9]*[A-Za-z].{0,60}")
_FACTS = ("operationId", "x-name", "x-zoom", "parameters", "tags")  # of each operation, as `distil` writes it
_ADDRESS = re.compile(r"https://[^/{}\s?#]+(/[^{}\s?#]*)?")
_OF_ALL_EVENTS = ("event", "event_ts")  # `core.event.Event` has them, and reads a time that is said in another way


def find_unsupported(document: dict[str, Any]) -> Misfits:
    """Yield what is wrong with a document that is well-formed OpenAPI."""
    if "info" not in document:
        yield ("info",), "is not there: fetch the document anew"
    yield from _servers(document, ())
    seen: set[str] = set()
    kind, check = ("webhooks", _event) if "webhooks" in document else ("paths", _operation)
    shapes: dict[str, str] = {}
    for name in document[kind]:
        found = list(operations({kind: {name: document[kind][name]}}))
        if kind == "webhooks" and len(found) > 1:
            yield (kind, name), "is an event with more than one operation"
        for method, _, operation in found:
            place = (kind, name, method)
            if kind == "paths" and (other := shapes.setdefault(f"{method} {PLACE.sub('{}', name)}", name)) != name:
                yield place, f"is at {other} too, which is the same path: remove one of the two in an overlay"
            if lacking := [fact for fact in (*_FACTS, *["responses"][: kind == "paths"]) if fact not in operation]:
                yield place, f"has no {', '.join(lacking)}: fetch it anew, or complete what an overlay adds"
                continue
            for said in ("summary", "description"):
                if not isinstance(operation.get(said, ""), str):
                    yield (*place, said), "is not a string"
            wrong = [each for at, raw in _schemas(operation, place) for each in _schema(raw, at, document, seen)]
            yield from wrong
            # What follows looks into schemas only if they are sound.
            yield from check(name, operation, place, None if wrong else References(document))


def _servers(holder: dict[str, Any], place: Place) -> Misfits:
    for index, server in enumerate(holder.get("servers", [])):
        if not _ADDRESS.fullmatch(server["url"]):
            yield (*place, "servers", index, "url"), f"is not an address that begins with https://: {server['url']!r}"


def _schemas(operation: dict[str, Any], place: Place) -> Iterator[tuple[Place, Any]]:
    """Yield the outermost schemas of an operation."""
    for index, parameter in enumerate(operation["parameters"]):
        yield (*place, "parameters", index, "schema"), parameter.get("schema", {})
    holders: list[tuple[Place, Any]] = [((*place, "requestBody"), operation.get("requestBody", {}))]
    holders += [((*place, "responses", status), each) for status, each in operation.get("responses", {}).items()]
    for where, holder in holders:
        for media_type, media in holder.get("content", {}).items():
            yield (*where, "content", media_type, "schema"), media.get("schema", {})


def _schema(raw: Any, place: Place, document: dict[str, Any], seen: set[str]) -> Misfits:
    """Yield the types that there are not, and the references to nothing, of a schema and of all it refers to."""
    if not isinstance(raw, dict):
        return
    kinds = raw.get("type", [])
    for kind in kinds if isinstance(kinds, list) else [kinds]:
        if not isinstance(kind, str) or kind.lower() not in TYPES:
            yield (*place, "type"), f"is {kind!r}, which is not a type"
    ref = raw.get("$ref")
    if ref is not None and ref not in seen:
        seen.add(ref)
        try:
            yield from _schema(resolve(ref, document), place, document, seen)
        except DanglingReference as fault:
            seen.discard(ref)
            yield (*place, "$ref"), str(fault)
    for key, part in parts(raw):
        yield from _schema(part, (*place, *key), document, seen)


def _operation(path: str, operation: dict[str, Any], place: Place, references: References | None) -> Misfits:
    if not path.startswith("/") or re.search(r"[\s?#]", PLACE.sub("", path)):
        yield place[:2], "is not a path: it has to begin with / and to have no ?, # or blank"
    if len(set(PLACE.findall(path))) < len(PLACE.findall(path)):
        yield place[:2], "has a parameter twice"
    yield from _servers(operation, place)
    seen: set[tuple[str, str]] = set()
    for index, parameter in enumerate(operation["parameters"]):
        key = parameter["in"], parameter["name"]
        reason = "is declared twice, differently" if key in seen else _of_parameter(path, parameter, references)
        seen.add(key)
        if reason:
            yield (*place, "parameters", index), f"{key[1]!r} {reason}"
    if "requestBody" in operation:
        yield from _body(operation["requestBody"], (*place, "requestBody"))
    yield from _answers(operation["responses"], (*place, "responses"))


def _of_parameter(path: str, parameter: dict[str, Any], references: References | None) -> str:
    where, name = parameter["in"], parameter["name"]
    if where not in _STYLES:
        return f"goes into {where!r}, which the client does not write: say in an overlay what it is"
    if where == "path" and name not in PLACE.findall(path):
        return "is not in the path"
    if "content" in parameter:
        return "is JSON inside an address: say in an overlay what it is"
    if parameter.get("style") not in (None, _STYLES[where]):
        return f"has style {parameter['style']!r}, which the client does not write: say in an overlay what it is"
    plain = schema(parameter.get("schema", {}), references) if references else {}
    if "object" in _kinds(plain) or (where != "query" and "array" in _kinds(plain)):
        return f"is an object or a list, which the client does not write into a {where}: say in an overlay what it is"
    return ""


def _kinds(plain: Schema) -> set[str]:
    """Return the types a value may have; those of the items of a list count too, but for a list of them."""
    options = plain.get("anyOf", [plain])
    items = [each["items"] for each in options if each.get("type") == "array"]
    nested = {"object" for item in items if _kinds(item) & {"array", "object"}}
    return {str(each.get("type", "")) for each in options} | nested


def _body(body: dict[str, Any], place: Place) -> Misfits:
    content = body.get("content") or {JSON: {}}
    if not any(media_type_of(name) in (JSON, MULTIPART) for name in content):
        yield (*place, "content"), f"is {', '.join(content)}, and the client sends JSON and multipart/form-data"


def _answers(answers: dict[str, Any], place: Place) -> Misfits:
    for status, answer in answers.items():
        if not _STATUS.fullmatch(status):
            yield (*place, status), "is not a status of HTTP"
        for media_type in answer.get("content", {}):
            if not _MEDIA_TYPE.fullmatch(media_type_of(media_type)) and media_type_of(media_type) != JSON:
                yield (*place, status, "content", media_type), "is not a media type: say in an overlay which it is"
    if not any(status.startswith("2") or status == "default" for status in answers):
        yield place, "has no answer of success: say in an overlay what it is"


def _event(event: str, operation: dict[str, Any], place: Place, references: References | None) -> Misfits:
    if not _EVENT.fullmatch(event):
        yield place[:2], "is not a name of an event: it has to be ASCII, to begin with a letter, and to be short"
    content = operation.get("requestBody", {}).get("content", {})
    found = [media.get("schema", {}) for name, media in content.items() if media_type_of(name) == JSON]
    if not found:
        yield place, f"the event {event} has no JSON: say in an overlay what it is"
    elif references:
        yield from _fields_of_event(event, schema(found[0], references).get("properties", {}), place)


def _fields_of_event(event: str, fields: Schema, place: Place) -> Misfits:
    if not fields:
        yield place, f"the event {event} is not an object with fields: say in an overlay what it is"
    for name in _OF_ALL_EVENTS:
        if {"array", "object"} & _kinds(fields.get(name, {})):
            yield place, f"{name} of the event {event} is more than one value: say in an overlay what it is"
