"""What only examples say of a value becomes a fact: that a text is a time, and what an enumeration lacks."""

from typing import Any

import pytest

from generator.distil import distil, operations
from generator.schema_facts import schema_facts

TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("examples", "form"),
    [
        (["2026-03-01T10:00:00Z"], "date-time"),
        (["2026-03-01T10:00:00.123Z", "2026-03-01T10:00+01:00"], "date-time"),
        (["2026-03-01"], "date"),
        (["", "2026-03-01"], "date"),
        (["2026-03-01", "2026-03-01T10:00:00Z"], None),
        (["2026-03-01T10:00:00Z", "soon"], None),
        (["2026-03-01 10:00:00"], None),
        (["2026-03-01T10:00:00"], None),
        ([20260301], None),
        ([""], None),
        ([], None),
    ],
    ids=repr,
)
def test_text_whose_every_example_is_a_time_is_one(examples: list[Any], form: str | None) -> None:
    """Zoom says `string` of 800 times; a time without an offset is not an OpenAPI date-time."""
    assert schema_facts(TEXT, examples).get("format") == form


def test_what_a_document_says_of_a_text_counts_more_than_examples() -> None:
    """A format of its own, a pattern and a number stay what they are."""
    for said in ({"format": "uuid"}, {"pattern": "^2"}, {"const": "2026-03-01"}):
        assert schema_facts({**TEXT, **said, "example": "2026-03-01"}) == {**TEXT, **said}
    assert schema_facts({"type": "integer", "example": "2026-03-01"}) == {"type": "integer"}


def test_example_of_the_whole_is_one_of_each_part() -> None:
    """Events have no examples of fields, but whole ones: with lists and objects in them."""
    part = {"type": "object", "properties": {"at": TEXT, "days": {"type": "array", "items": TEXT}, "name": TEXT}}
    given = [{"at": "2026-03-01T10:00:00Z", "days": ["2026-03-01", "2026-03-02"], "name": "x"}, {"name": "y"}, "junk"]
    assert schema_facts(part, given)["properties"] == {
        "at": {**TEXT, "format": "date-time"},
        "days": {"type": "array", "items": {**TEXT, "format": "date"}},
        "name": TEXT,
    }


def test_examples_of_bodies_and_parameters_are_read() -> None:
    """They stand beside the schema there, with names or without."""
    schema = {"type": "object", "properties": {"at": TEXT}}
    media = {"schema": schema, "examples": {"one": {"value": {"at": "2026-03-01T10:00:00Z"}}}}
    operation = {
        "parameters": [{"name": "day", "in": "query", "example": "2026-03-01", "schema": TEXT}],
        "requestBody": {"content": {"application/json": media}},
    }
    document = {"openapi": "3.0.0", "info": {}, "paths": {"/x": {"post": operation}}}
    [(_, _, facts)] = operations(distil(document))
    assert facts["parameters"][0]["schema"] == {**TEXT, "format": "date"}
    body = facts["requestBody"]["content"]["application/json"]["schema"]
    assert body["properties"]["at"] == {**TEXT, "format": "date-time"}


def test_enumeration_takes_in_its_own_example() -> None:
    """`Active` for a list of `active` and `inactive` is an oversight, and Zoom takes it: it must not be refused."""
    assert schema_facts({**TEXT, "enum": ["a", "b"], "example": "c"})["enum"] == ["a", "b", "c"]
    assert schema_facts({**TEXT, "enum": ["a", "b"], "example": "b"})["enum"] == ["a", "b"]
    assert schema_facts({"type": "integer", "enum": [1], "example": "c"})["enum"] == [1]


def test_example_of_several_values_makes_a_list_in_a_text() -> None:
    """`audio,image` cannot be asked for of an enumeration; as the example of an item it is the list's."""
    assert schema_facts({**TEXT, "enum": ["a", "b"], "example": "a,b"}) == TEXT
    items = {**TEXT, "enum": ["a", "b"]}
    assert schema_facts({"type": "array", "items": {**items, "example": "a,b"}})["items"] == items


def test_truth_that_is_said_as_text_is_one() -> None:
    """`"nullable": "false"` made a field that may be null, and `"exclusiveMinimum": "true"` no limit."""
    said = {"type": "integer", "minimum": 0, "nullable": "false", "deprecated": "False", "exclusiveMinimum": "true"}
    facts = {"type": "integer", "minimum": 0, "nullable": False, "deprecated": False, "exclusiveMinimum": True}
    assert schema_facts(said) == facts
    assert schema_facts({"type": "string", "enum": ["true", "false"], "default": "true"})["enum"] == ["true", "false"]


def test_items_of_single_places_are_kept() -> None:
    """OpenAPI 3.1 has them under another name than 3.0 had."""
    text, number = {"type": "string"}, {"type": "integer"}
    said = {"type": "array", "prefixItems": [text], "items": number}
    assert schema_facts(said) == {"type": "array", "items": {"anyOf": [text, number]}}


def test_fields_that_are_there_on_a_condition_are_kept() -> None:
    """They may be there; what the condition says of a field that is always there does not narrow it."""
    text, number = {"type": "string"}, {"type": "integer"}
    said = {
        "properties": {"kind": text},
        "if": {"properties": {"kind": {"const": "a"}}},
        "then": {"properties": {"kind": {"const": "a"}, "size": number}, "required": ["size"]},
        "else": {"properties": {"size": text}},
        "dependentSchemas": {"kind": {"properties": {"shape": text}}},
    }
    assert schema_facts(said) == {
        "properties": {"kind": text, "size": {"anyOf": [number, text]}, "shape": {"anyOf": [text]}}
    }
