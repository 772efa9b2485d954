"""What Zoom says of a value must be said of its type, in JSON Schema's words, or not at all."""

from typing import Any

import pytest

from generator.normalise import schema

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
LIST = {"type": "array", "items": TEXT}


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ({**LIST, "maximum": 5, "minimum": 1}, {**LIST, "maxItems": 5, "minItems": 1}),
        ({**LIST, "maxLength": 5, "uniqueItems": True}, {**LIST, "maxItems": 5, "uniqueItems": True}),
        ({**TEXT, "enum": ["a"], "maxLength": 5}, {**TEXT, "enum": ["a"]}),
        ({**TEXT, "maximum": 64}, {**TEXT, "maxLength": 64}),
        ({**TEXT, "maxLength": 10, "maximum": 64}, {**TEXT, "maxLength": 10}),
        ({**NUMBER, "maxLength": 3, "maximum": 100, "pattern": "x"}, {**NUMBER, "maximum": 100}),
        ({"type": "boolean", "maxLength": 3}, {"type": "boolean"}),
        ({**NUMBER, "maximum": "65535", "minimum": "-1"}, {**NUMBER, "maximum": 65535, "minimum": -1}),
        ({**TEXT, "maxLength": "about 5"}, TEXT),
        ({**NUMBER, "maximum": 9, "exclusiveMaximum": True}, {**NUMBER, "exclusiveMaximum": 9}),
        ({**NUMBER, "minimum": 1, "exclusiveMinimum": False}, {**NUMBER, "minimum": 1}),
        ({**NUMBER, "exclusiveMinimum": True}, NUMBER),
    ],
)
def test_limit_means_something_or_goes(raw: dict[str, Any], plain: dict[str, Any]) -> None:
    """A limit of another type becomes the one that Zoom meant; what fits nothing goes, beside an enum too."""
    assert schema(raw) == plain


@pytest.mark.parametrize(
    ("kind", "given", "plain"),
    [
        *(("string", name, "date-time") for name in ("datetime", "date_time", "date-time")),
        *(("string", name, "date") for name in ("date", "YYYY-MM-DD")),
        *(("string", name, name) for name in ("binary", "email", "uri", "uuid")),
        ("string", "UUID", "uuid"),
        *(
            ("string", name, None)
            for name in ("percent", "string", "Hex color code", "MM-DD-YYYY", "int64", "password")
        ),
        ("integer", "int64", "int64"),
        ("integer", "int32", None),
        ("integer", "int8", None),
        ("integer", "date-time", None),
        ("number", "double", "double"),
        ("number", "percentage", None),
        ("boolean", "boolean", None),
    ],
)
def test_format_that_nobody_knows_is_dropped(kind: str, given: str, plain: str | None) -> None:
    """Formats that say something are spelled one way; the rest, invented or on the wrong type, are dropped."""
    assert schema({"type": kind, "format": given}) == {"type": kind} | ({"format": plain} if plain else {})


def test_time_of_type_object_is_a_text() -> None:
    """Zoom has times of type object: texts they are."""
    assert schema({"type": "object", "format": "date-time"}) == {**TEXT, "format": "date-time"}


@pytest.mark.parametrize(
    ("kind", "default", "fits"),
    [
        ("string", "scheduled", True),
        ("string", 5, False),
        ("string", "", False),
        ("string", None, False),
        ("integer", 30, True),
        ("integer", "30", False),
        ("integer", True, False),
        ("number", 0.5, True),
        ("boolean", False, True),
        ("boolean", "false", False),
        ("array", ["a"], False),
        ("object", {"a": 1}, False),
    ],
)
def test_default_that_does_not_fit_is_dropped(kind: str, default: Any, fits: bool) -> None:
    """A default is kept only where it is a value of its type that says something."""
    assert ("default" in schema({"type": kind, "default": default})) == fits
