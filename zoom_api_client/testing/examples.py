"""Whole messages made from the contract: the request of an operation, its usual answer, an event."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote, urlencode

from zoom_api_client.testing import rules
from zoom_api_client.testing.contract import Event, Operation, Schema
from zoom_api_client.testing.exchange import IncomingRequest
from zoom_api_client.testing.sample import sample

_BOUNDARY = "a-part-of-the-specimen"
_FILES = {"application/pdf": b"%PDF-1.4\n%%EOF\n"}


def request(operation: Operation, *, seed: int = 0, full: bool = True, base_url: str = "") -> IncomingRequest:
    """Return a request that fits the contract; `full` adds everything that is optional."""
    query = urlencode(_query(operation, seed, full))
    url = (base_url or operation.server) + _path(operation, seed) + (f"?{query}" if query else "")
    headers = {"Authorization": "Bearer specimen", **_headers(operation, seed, full)}
    media_type = next(iter(operation.body), "")
    if not media_type or not (full or operation.needs_body):
        return IncomingRequest(operation.method, url, headers)
    value = make_body(operation, seed=seed, full=full)
    if media_type == "multipart/form-data":
        headers["Content-Type"] = f"{media_type}; boundary={_BOUNDARY}"
        return IncomingRequest(operation.method, url, headers, multipart(value, _properties(operation, media_type)))
    headers["Content-Type"] = media_type
    return IncomingRequest(operation.method, url, headers, json.dumps(value).encode())


def make_body(operation: Operation, *, seed: int = 0, full: bool = True) -> Any:
    """Return the value of a body, None where the operation takes none."""
    schemas = operation.document.schemas
    for schema in operation.body.values():
        return rules.obey(operation, sample(schema, seed=seed, name="body", full=full, schemas=schemas))
    return None


def make_answer(operation: Operation, *, seed: int = 0, full: bool = True, items: int = 2) -> tuple[str, Any]:
    """Return the media type and the value of the usual answer; no body is "" and None, a file is bytes."""
    for media_type, schema in operation.answers.get(operation.success, {}).items():
        if not media_type.endswith("json"):
            return media_type, _FILES.get(media_type, b"a file of Zoom's\n")
        return media_type, sample(
            schema, seed=seed, name="answer", full=full, items=items, schemas=operation.document.schemas
        )
    return "", None


def event(declared: Event, *, seed: int = 0, full: bool = True) -> Any:
    """Return the JSON of an event."""
    value = sample(declared.schema, seed=seed, name="event", full=full, schemas=declared.document.schemas)
    named = declared.document.resolve(declared.schema).get("properties", {}).get("event", {})
    return {**value, "event": declared.name} if "event" in value and "enum" not in named else value


def multipart(value: dict[str, Any], properties: dict[str, Schema]) -> bytes:
    """Return a body of parts; what is a file by its schema is sent as one, what is a list as several parts."""
    parts = [
        _part(name, each, properties[name].get("items", properties[name]))
        for name, content in value.items()
        for each in (content if isinstance(content, list) else [content])
    ]
    return b"".join(parts) + f"--{_BOUNDARY}--\r\n".encode()


def segment(operation: Operation, name: str, text: str) -> str:
    """Return a path parameter as it stands in a URL."""
    twice = any(each["name"] == name and each.get("x-encode-twice") for each in operation.parameters("path"))
    once = quote(text, safe="")
    return quote(once, safe="") if twice and (text.startswith("/") or "//" in text) else once


def _part(name: str, value: Any, schema: Schema) -> bytes:
    is_file = schema.get("format") == "binary" or (schema.get("type") == "object" and not schema.get("properties"))
    filename = '; filename="specimen.bin"' if is_file else ""
    content = value if isinstance(value, str) else json.dumps(value)
    return f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{filename}\r\n\r\n{content}\r\n'.encode()


def _properties(operation: Operation, media_type: str) -> dict[str, Schema]:
    properties: dict[str, Schema] = operation.document.resolve(operation.body[media_type]).get("properties", {})
    return properties


def _path(operation: Operation, seed: int) -> str:
    values = {each["name"]: _text(_sample(operation, each, seed)) for each in operation.parameters("path")}
    return re.sub(r"\{([^}]+)\}", lambda place: segment(operation, place[1], values[place[1]] or "x"), operation.path)


def _query(operation: Operation, seed: int, full: bool) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for parameter in operation.parameters("query"):
        if full or parameter.get("required"):
            value = _sample(operation, parameter, seed)
            texts = [_text(each) for each in value] if isinstance(value, list) else [_text(value)]
            texts = [",".join(texts)] if parameter.get("explode") is False else texts
            pairs += [(parameter["name"], text) for text in texts]
    return pairs


def _headers(operation: Operation, seed: int, full: bool) -> dict[str, str]:
    wanted = [each for each in operation.parameters("header") if full or each.get("required")]
    return {each["name"]: _text(_sample(operation, each, seed)) for each in wanted}


def _sample(operation: Operation, parameter: dict[str, Any], seed: int) -> Any:
    return sample(parameter["schema"], seed=seed, name=parameter["name"], items=1, schemas=operation.document.schemas)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
