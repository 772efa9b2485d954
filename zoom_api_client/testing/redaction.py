"""Redacts a request and its answer, each value by its place in the contract."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode, urlsplit

from zoom_api_client.testing import examples
from zoom_api_client.testing.contract import Document, Match, Operation, Schema
from zoom_api_client.testing.exchange import IncomingRequest
from zoom_api_client.testing.pseudonyms import Pseudonyms


def redact_target(match: Match, request: IncomingRequest, pseudonyms: Pseudonyms) -> str:
    """Return the path and the query of a request with pseudonyms, without its host."""
    path = match.operation.path
    for parameter in match.operation.parameters("path"):
        name, text = parameter["name"], pseudonyms.text(parameter["name"], match.path[parameter["name"]], {})
        path = path.replace(f"{{{name}}}", examples.segment(match.operation, name, text))
    schemas = {each["name"]: each["schema"] for each in match.operation.parameters("query")}
    pairs = [(name, pseudonyms.text(name, text, schemas.get(name, {}))) for name, text in request.query]
    base = urlsplit(match.operation.server).path.rstrip("/")
    return f"{base}{path}" + (f"?{urlencode(pairs)}" if pairs else "")


def redact_body(operation: Operation, request: IncomingRequest, pseudonyms: Pseudonyms) -> Any:
    """Return the JSON that was sent with pseudonyms; None where there is none, or where files were sent."""
    schema = operation.body.get("application/json", {})
    if not request.body or "json" not in request.header("content-type"):
        return None
    return redact_value("body", json.loads(request.body), [schema], operation.document, pseudonyms)


def redact_answer(operation: Operation, status: int, content: Any, pseudonyms: Pseudonyms) -> Any:
    """Return the JSON of an answer with pseudonyms."""
    schemas = list(operation.answers.get(status, {}).values())
    return redact_value("answer", content, schemas, operation.document, pseudonyms)


def redact_value(name: str, content: Any, schemas: list[Schema], document: Document, pseudonyms: Pseudonyms) -> Any:
    """Return a JSON value with pseudonyms; `schemas` are those that may be meant."""
    schemas = [option for schema in schemas for option in _options(schema, document)]
    if isinstance(content, dict):
        return {
            pseudonyms.scrub(each) if "@" in each else each: redact_value(
                each, part, _parts(each, schemas), document, pseudonyms
            )
            for each, part in content.items()
        }
    if isinstance(content, list):
        items = [schema["items"] for schema in schemas if "items" in schema]
        return [redact_value(name, part, items, document, pseudonyms) for part in content]
    if isinstance(content, int) and not isinstance(content, bool):
        return pseudonyms.number(name, content)
    if not isinstance(content, str):
        return content
    if name == "message" and not schemas:  # of an error
        return pseudonyms.scrub(content)
    meant = next((schema for schema in schemas if content in schema.get("enum", ())), schemas[0] if schemas else {})
    return pseudonyms.text(name, content, meant)


def _options(schema: Schema, document: Document) -> list[Schema]:
    resolved = document.resolve(schema)
    options = resolved.get("anyOf", ())
    return [inner for option in options for inner in _options(option, document)] if options else [resolved]


def _parts(name: str, schemas: list[Schema]) -> list[Schema]:
    found = [schema["properties"][name] for schema in schemas if name in schema.get("properties", {})]
    return found or [
        schema["additionalProperties"] for schema in schemas if isinstance(schema.get("additionalProperties"), dict)
    ]
