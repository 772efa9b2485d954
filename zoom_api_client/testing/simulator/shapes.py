"""Shapes select the fields of a row that the schema of an answer has."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any

import attrs

from zoom_api_client.testing.contract import Document, Operation, Schema

_INNER = ("anyOf", "oneOf", "allOf")


@attrs.define(eq=False)
class Shape:
    """What a schema has room for: the fields of an object, the items of a list; `kinds` are the types of JSON."""

    document: Document = attrs.field(repr=False)
    schema: Schema

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The types that a value may have; none if it may have any."""
        return frozenset(_kinds(self.schema, self.document))

    @cached_property
    def fields(self) -> Mapping[str, Shape] | None:
        """The fields of an object, those of all its alternatives; None if it may have any."""
        found = _properties(self.schema, self.document)
        return {name: Shape(self.document, part) for name, part in found.items()} or None

    @cached_property
    def default(self) -> Any:
        """The value of what is not said; None if the schema has none."""
        return self.document.resolve(self.schema).get("default")

    @cached_property
    def items(self) -> Shape:
        """What the items of a list look like."""
        return Shape(self.document, _find(self.schema, "items", self.document) or {})

    def at(self, place: str) -> Shape:
        """Return the shape at a place: the items if it is a list."""
        found = self
        for name in filter(None, place.split(".")):
            found = (found.fields or {}).get(name, found)
        return found.items if "array" in found.kinds else found

    def take(self, given: Any, example: Any = None) -> Any:
        """Return what there is room for of a value, laid over an example. What is None is left out, of both."""
        if isinstance(given, dict):
            return self._take_object(given, example if isinstance(example, dict) else {})
        if isinstance(given, list):
            inner = example[0] if isinstance(example, list) and example else None
            return [self.items.take(each, inner) for each in given]
        return self._take_scalar(given)

    def _take_object(self, given: Mapping[str, Any], example: Mapping[str, Any]) -> dict[str, Any]:
        if self.fields is None:
            return dict(given)
        taken = {}
        for name, field in self.fields.items():
            if name in given:
                if given[name] is not None:
                    taken[name] = field.take(given[name], example.get(name))
            elif name in example:
                taken[name] = field.take(example[name])
        return taken

    def _take_scalar(self, given: Any) -> Any:
        if isinstance(given, str) and "string" not in self.kinds and given.isdecimal():
            return int(given) if self.kinds & {"integer", "number"} else given
        if isinstance(given, int) and not isinstance(given, bool) and self.kinds == {"string"}:
            return str(given)
        return given


@cache
def shape(operation: Operation) -> Shape:
    """Return the shape of the usual answer of an operation."""
    return Shape(operation.document, next(iter(operation.answers[operation.success].values()), {}))


@cache
def body(operation: Operation) -> Shape:
    """Return the shape of the body that an operation takes."""
    return Shape(operation.document, next(iter(operation.body.values()), {}))


def without(example: Mapping[str, Any], said: Shape) -> dict[str, Any]:
    """Return an example without the fields that a body has room for, but with the defaults of those that have one."""
    kept = {}
    for name, value in example.items():
        field = (said.fields or {}).get(name)
        if field is None:
            kept[name] = value
        elif isinstance(value, dict) and field.fields:
            kept |= {name: inner} if (inner := without(value, field)) else {}
        elif (default := field.default) is not None:
            kept[name] = default
    return kept


def lay(below: Any, above: Any) -> Any:
    """Return a value laid over another one: objects field by field; anything else takes the place of what was there."""
    if isinstance(below, Mapping) and isinstance(above, Mapping):
        return {**below, **{name: lay(below.get(name), each) for name, each in above.items()}}
    return above


def _properties(schema: Schema, document: Document) -> dict[str, Schema]:
    schema = document.resolve(schema)
    found: dict[str, Schema] = {}
    for key in _INNER:
        for each in schema.get(key, ()):
            found |= _properties(each, document)
    return {**found, **schema.get("properties", {})}


def _kinds(schema: Schema, document: Document) -> set[str]:
    schema = document.resolve(schema)
    told = schema.get("type", ())
    found = {told} if isinstance(told, str) else set(told)
    return found.union(*(_kinds(each, document) for key in _INNER for each in schema.get(key, ())))


def _find(schema: Schema, key: str, document: Document) -> Any:
    schema = document.resolve(schema)
    inner = (_find(each, key, document) for name in _INNER for each in schema.get(name, ()))
    return schema.get(key) or next(filter(None, inner), None)
