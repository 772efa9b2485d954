"""The judge of requests, answers and events: what leaves Zoom's contract, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from zoom_api_client.core import codec, parameters
from zoom_api_client.testing import contract, parsing, ranges, rules
from zoom_api_client.testing.contract import Document, Match, Operation, Schema
from zoom_api_client.testing.messages import violations
from zoom_api_client.testing.schemas import Judge, judge
from zoom_api_client.testing.violation import Violation

_FORM = "multipart/form-data"


def check_request(
    match: Match,
    query: Iterable[tuple[str, str]],
    headers: Mapping[str, str],
    content_type: str,
    body: bytes,
    *,
    closed: bool = True,
) -> list[Violation]:
    """Return what leaves the contract in a request. `query` is decoded, `headers` may have more than Zoom knows.

    Zoom ignores fields and parameters that it does not know; if `closed`, they are violations too.
    """
    return [
        *_check_path(match),
        *_check_query(match.operation, query, closed),
        *_check_headers(match.operation, headers),
        *_check_body(match.operation, content_type, body, closed),
    ]


def check_answer(
    operation: Operation, status: int, value: Any, media_type: str = "application/json", *, closed: bool = False
) -> list[Violation]:
    """Return how an answer leaves the contract. `value` is the decoded JSON, bytes of a file, or None for no body.

    Zoom may send fields that it does not declare; if `closed`, they are violations too.
    """
    name = str(operation)
    if status not in operation.answers:
        known = ", ".join(map(str, sorted(operation.answers)))
        return [Violation.of(name, "status", "answer", f"has the status {status}, but Zoom declares only {known}")]
    content = operation.answers[status]
    if not content:
        return (
            []
            if value is None or status >= 400
            else [Violation.of(name, "unknown", "answer", "has a body, but Zoom declares none")]
        )
    if media_type not in content:
        return [
            Violation.of(name, "content_type", "answer", f"is {media_type}, but Zoom declares {' or '.join(content)}")
        ]
    if not _is_json(media_type):
        return [] if isinstance(value, bytes) else [Violation.of(name, "type", "answer", "must be the bytes of a file")]
    return violations(name, _answer_judge(operation, status, media_type, closed), value, "answer")


def misfits(
    operation: Operation, status: int, value: Any, media_type: str = "application/json"
) -> list[list[str | int]]:
    """Return where in an answer the values are that do not fit the contract."""
    return [error.instance_path for error in _answer_judge(operation, status, media_type, False).errors(value)]


def check_event(name: str, value: Any) -> list[Violation]:
    """Return how the JSON of an event leaves the contract; raises `KeyError` if Zoom has no event of that name."""
    return violations(f"{contract.event(name).product}.{name}", _event_judge(name), value, "event")


def event_misfits(name: str, value: Any) -> list[list[str | int]]:
    """Return where in the JSON of an event the values are that do not fit the contract."""
    return [error.instance_path for error in _event_judge(name).errors(value)]


def parameters_of(operation: Operation, query: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the values of a query, as their schemas mean them."""
    declared = operation.parameters("query")
    twice = {each["name"] for each in declared if each.get("x-encode-twice")}
    decoded = ((name, parameters.decode(text) if name in twice else text) for name, text in query)
    return parsing.read_parameters(declared, decoded, operation.document)


def _check_path(match: Match) -> list[Violation]:
    operation = match.operation
    texts = parsing.read_parameters(operation.parameters("path"), match.path.items(), operation.document)
    found = violations(str(operation), _parameter_judge(operation, "path", True), texts, "path")
    found += rules.check_path(operation, match.path)
    for name, text in match.once.items():
        if text == match.path[name] and _needs_encoding_twice(operation, name, text):
            says = "begins with a slash or has two in a row, so it must be percent-encoded twice"
            found.append(Violation.of(str(operation), "encoding", f"path.{name}", says))
    return found


def _needs_encoding_twice(operation: Operation, name: str, text: str) -> bool:
    marked = any(each["name"] == name and each.get("x-encode-twice") for each in operation.parameters("path"))
    return marked and (text.startswith("/") or "//" in text)


def _check_query(operation: Operation, query: Iterable[tuple[str, str]], closed: bool) -> list[Violation]:
    given = parameters_of(operation, query)
    lists = {each["name"] for each in operation.parameters("query") if each["schema"].get("type") == "array"}
    repeated = [name for name, value in given.items() if isinstance(value, list) and name not in lists]
    once = {name: value[-1] if name in repeated else value for name, value in given.items()}
    found = violations(str(operation), _parameter_judge(operation, "query", closed), once, "query")
    found += [Violation.of(str(operation), "repeated", f"query.{name}", "is given more than once") for name in repeated]
    return found or ranges.check(operation, once, closed=closed)


def _check_headers(operation: Operation, headers: Mapping[str, str]) -> list[Violation]:
    sent = {name.lower(): text for name, text in headers.items()}
    parameters = operation.parameters("header")
    pairs = [(each["name"], sent[each["name"].lower()]) for each in parameters if each["name"].lower() in sent]
    texts = parsing.read_parameters(parameters, pairs, operation.document)
    return violations(str(operation), _parameter_judge(operation, "header", True), texts, "headers")


def _check_body(operation: Operation, content_type: str, body: bytes, closed: bool) -> list[Violation]:
    name, declared = str(operation), operation.body
    if not body:
        return [Violation.of(name, "required", "body", "is missing")] if operation.needs_body else []
    if not declared:
        return [Violation.of(name, "unknown", "body", "is sent, but Zoom declares none")] if closed else []
    media_type = _match_declared(content_type, declared)
    if media_type is None:
        says = f"is {content_type or 'of no declared type'}, but must be {' or '.join(declared)}"
        return [Violation.of(name, "content_type", "body", says)]
    if media_type == _FORM:
        return _check_parts(operation, content_type, body, closed)
    if not _is_json(media_type):
        return []
    try:
        value = parsing.read_json(body)
    except codec.TooDeep as error:
        return [Violation.of(name, "json", "body", f"is not a body of Zoom's: {error}")]
    except ValueError as error:
        return [Violation.of(name, "json", "body", f"is not JSON: {error}")]
    return violations(name, _body_judge(operation, media_type, closed), value, "body") or rules.check_value(
        operation, value
    )


def _check_parts(operation: Operation, content_type: str, body: bytes, closed: bool) -> list[Violation]:
    parts = parsing.read_multipart(content_type, body)
    if parts is None:
        return [
            Violation.of(str(operation), "content_type", "body", "is not multipart, or ends before its last boundary")
        ]
    schema, document = operation.body[_FORM], operation.document
    fields = document.resolve(schema).get("properties", {})
    value = parsing.read_parts(schema, parts, document)
    return violations(str(operation), _body_judge(operation, _FORM, closed), value, "body") + [
        Violation.of(str(operation), "type", f"body.{part.name}", "must be a file: a part with a filename")
        for part in parts
        if part.filename is None and _is_file(fields.get(part.name, {}))
    ]


def _match_declared(content_type: str, declared: Iterable[str]) -> str | None:
    sent = content_type.partition(";")[0].strip().lower()
    return next((each for each in declared if each == sent or (_is_json(each) and sent.endswith("+json"))), None)


def _is_json(media_type: str) -> bool:
    return media_type == "application/json" or media_type.endswith("+json")


def _is_file(schema: Schema) -> bool:
    schema = schema.get("items", schema)
    return schema.get("format") == "binary" or (schema.get("type") == "object" and not schema.get("properties"))


def _any_file(schema: Schema, document: Document) -> Schema:
    """A file is judged by being one: `maxLength` of a binary string is not the length of its name."""
    resolved = document.resolve(schema)
    loose = {name: {} if _is_file(part) else part for name, part in resolved.get("properties", {}).items()}
    return {**resolved, "properties": loose} if loose else resolved


@cache
def _parameter_judge(operation: Operation, place: str, closed: bool) -> Judge:
    parameters = operation.parameters(place)
    schema: Schema = {
        "type": "object",
        "properties": {each["name"]: each["schema"] for each in parameters},
        "required": [each["name"] for each in parameters if each.get("required")],
        "additionalProperties": not closed,
    }
    return judge(operation.document, schema, closed=closed)


@cache
def _body_judge(operation: Operation, media_type: str, closed: bool) -> Judge:
    schema = operation.body[media_type]
    schema = _any_file(schema, operation.document) if media_type == _FORM else schema
    return judge(operation.document, schema, closed=closed)


@cache
def _answer_judge(operation: Operation, status: int, media_type: str, closed: bool) -> Judge:
    return judge(operation.document, operation.answers[status][media_type], closed=closed)


@cache
def _event_judge(name: str) -> Judge:
    event = contract.event(name)
    return judge(event.document, event.schema, closed=False)
