"""Schemas of the contract, compiled once each: open for what Zoom sends, closed for what is sent to Zoom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any
from urllib.parse import unquote

import attrs

from zoom_api_client.core import codec
from zoom_api_client.storage.extras import require_extra
from zoom_api_client.testing.contract import Document, Schema

with require_extra("testing", "zoom_api_client.testing"):
    import jsonschema_rs

_MAPS = ("properties", "$defs")
_LISTS = ("anyOf", "oneOf", "allOf", "prefixItems")
_ONES = ("items", "additionalProperties", "not")


@attrs.frozen(eq=False)
class Judge:
    """A compiled schema; `schema` is what it was made of."""

    document: Document
    schema: Schema = attrs.field(repr=False)
    validator: jsonschema_rs.Draft202012Validator = attrs.field(repr=False)

    def errors(self, value: Any) -> Iterable[jsonschema_rs.ValidationError]:
        """Return what is wrong with a JSON value."""
        return () if self.validator.is_valid(value) else self.validator.iter_errors(value)

    def list_declared(self, error: jsonschema_rs.ValidationError) -> list[str]:
        """Return the fields that are known where an error says that one is not."""
        return self._fields_at(error, lambda keys: keys[:-1])

    def list_beside(self, error: jsonschema_rs.ValidationError) -> list[str]:
        """Return the fields of the object in which the field stands that an error is about."""
        return self._fields_at(error, _up_to_properties)

    def _fields_at(self, error: jsonschema_rs.ValidationError, cut: Callable[[list[str]], list[str]]) -> list[str]:
        uri, _, pointer = (error.absolute_keyword_location or "").partition("#")
        here: Any = self.document.raw if uri else self.schema
        for key in cut(pointer.split("/")[1:]):
            here = (
                here[int(key)] if isinstance(here, list) else here[unquote(key).replace("~1", "/").replace("~0", "~")]
            )
        return list(here.get("properties", ()))


def _up_to_properties(keys: list[str]) -> list[str]:
    return keys[: len(keys) - 1 - keys[::-1].index("properties")] if "properties" in keys else []


def judge(document: Document, schema: Schema, *, closed: bool) -> Judge:
    """Compile a schema of a document; if `closed`, objects with declared properties have no others."""
    uri = f"{document.uri}/closed" if closed else document.uri
    standalone = absolute(schema, uri, closed=closed)
    registry = _registry(document, closed) if '"$ref"' in codec.text(standalone) else None
    compiled = jsonschema_rs.Draft202012Validator(standalone, registry=registry, validate_formats=True)
    return Judge(document, standalone, compiled)


def absolute(schema: Schema, uri: str, *, closed: bool) -> Schema:
    """Return a copy of a schema that can stand outside its document; if `closed`, it has no room for unknown fields."""
    copy: Schema = {}
    for key, value in schema.items():
        if key in _MAPS:
            copy[key] = {name: absolute(part, uri, closed=closed) for name, part in value.items()}
        elif key in _LISTS:
            copy[key] = [absolute(part, uri, closed=closed) for part in value]
        elif key in _ONES and isinstance(value, dict):
            copy[key] = absolute(value, uri, closed=closed)
        elif key == "$ref" and value.startswith("#"):
            copy[key] = uri + value
        else:
            copy[key] = value
    if closed and copy.get("properties"):
        copy.setdefault("additionalProperties", False)
    return copy


@cache
def _registry(document: Document, closed: bool) -> jsonschema_rs.Registry:
    uri, schemas = document.uri, document.schemas  # whose references are to the document that they stand in
    if closed:
        uri = f"{uri}/closed"
        schemas = {name: absolute(schema, uri, closed=True) for name, schema in schemas.items()}
    return jsonschema_rs.Registry([(uri, {"components": {"schemas": schemas}})])
