"""Parsing reads the texts and parts of a request as the JSON values that the schemas describe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

import attrs

from zoom_api_client.core import codec
from zoom_api_client.testing.contract import Document, Schema

_NESTING = 100  # levels: the deepest body of Zoom's has fewer than thirty; what walks a value takes some hundreds
_ESCAPE = b"\\u"
_INTEGER = re.compile(r"-?[0-9]{1,100}")
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
_BOOLEANS = {"true": True, "false": False}
_STEP = re.compile(r"\[(\d+)\]|\.?([^.\[\]]+)")


@attrs.frozen
class Part:
    """One part of a multipart body; `filename` is None for a field that is not a file."""

    name: str
    content: bytes = attrs.field(repr=False)
    filename: str | None = None


def read_json(text: str | bytes) -> Any:
    """Return the JSON value of a text. Raises `ValueError` for what is not JSON, or is nested without end."""
    encoded = text.encode() if isinstance(text, str) else text
    value = codec.loads(encoded, _NESTING)
    if _ESCAPE in encoded:
        codec.dumps(value)  # half a surrogate pair can be escaped, but in no answer
    return value


def read_text(schema: Schema, text: str, document: Document) -> Any:
    """Return what a text stands for where a schema is expected; what it cannot stand for stays text."""
    kinds = _kinds(schema, document)
    if "integer" in kinds and _INTEGER.fullmatch(text):
        return int(text)
    if "number" in kinds and _NUMBER.fullmatch(text):
        return float(text)
    if "boolean" in kinds and text in _BOOLEANS:
        return _BOOLEANS[text]
    return _json(text) if kinds & {"object", "array"} and "string" not in kinds else text


def read_parameters(
    parameters: Iterable[Mapping[str, Any]], pairs: Iterable[tuple[str, str]], document: Document
) -> dict[str, Any]:
    """Return the values of a query; a parameter that is not a list but is given twice has a list of its texts."""
    schemas = {parameter["name"]: parameter for parameter in parameters}
    texts: dict[str, list[str]] = {}
    for name, text in pairs:
        texts.setdefault(name, []).append(text)
    return {name: _value(schemas.get(name, {}), values, document) for name, values in texts.items()}


def read_multipart(content_type: str, body: bytes) -> list[Part] | None:
    """Return the parts of a multipart body, or None if it is none."""
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    if not message.is_multipart() or message.defects:
        return None
    return [_part(part) for part in message.iter_parts()]


def read_parts(schema: Schema, parts: Iterable[Part], document: Document) -> Any:
    """Return the object that the parts make up. A file counts as its name; `items[0].title` is a field within."""
    value: Any = {}
    for part in parts:
        value = _with(value, _steps(part.name), part, schema, document)
    return value


def _part(message: Message) -> Part:
    content = message.get_payload(decode=True)
    name = str(message.get_param("name", "", "content-disposition"))
    return Part(name, content if isinstance(content, bytes) else b"", message.get_filename())


def _value(parameter: Mapping[str, Any], texts: list[str], document: Document) -> Any:
    schema = document.resolve(parameter.get("schema", {}))
    if schema.get("type") != "array":
        values = [read_text(schema, text, document) for text in texts]
        return values[0] if len(values) == 1 else values
    if parameter.get("explode") is False:
        texts = [each for text in texts for each in text.split(",")]
    return [read_text(schema.get("items", {}), text, document) for text in texts]


def _kinds(schema: Schema, document: Document) -> set[str]:
    schema = document.resolve(schema)
    kinds = {schema["type"]} if isinstance(schema.get("type"), str) else set(schema.get("type", ()))
    return kinds.union(*(_kinds(option, document) for option in schema.get("anyOf", ())))


def _json(text: str) -> Any:
    try:
        return read_json(text)
    except ValueError:
        return text


def _steps(name: str) -> list[str | int]:
    return [int(index) if index else key for index, key in _STEP.findall(name)]


def _with(value: Any, steps: list[str | int], part: Part, schema: Schema, document: Document) -> Any:
    schema = document.resolve(schema)
    if not steps:
        return _with_content(value, part, schema, document)
    step, rest = steps[0], steps[1:]
    if isinstance(step, str):
        inner = schema.get("properties", {}).get(step, {})
        known = value if isinstance(value, dict) else {}
        return {**known, step: _with(known.get(step), rest, part, inner, document)}
    items = list(value) if isinstance(value, list) else []
    here = items[step] if step < len(items) else None
    items[step : step + 1] = [_with(here, rest, part, schema.get("items", {}), document)]
    return items


def _with_content(value: Any, part: Part, schema: Schema, document: Document) -> Any:
    if schema.get("type") == "array":
        content = _content(part, schema.get("items", {}), document)
        return [*(value or []), *(content if isinstance(content, list) else [content])]
    content = _content(part, schema, document)
    return content if value is None else [value, content]


def _content(part: Part, schema: Schema, document: Document) -> Any:
    if part.filename is not None:
        return part.filename
    return read_text(schema, part.content.decode(errors="replace"), document)
