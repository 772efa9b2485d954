"""Turns the errors of the JSON Schema validator into sentences about the fields of a message."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from zoom_api_client.core.redaction import is_secret, redact_text
from zoom_api_client.core.suggestions import did_you_mean
from zoom_api_client.testing.violation import Violation

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

    from zoom_api_client.testing.schemas import Judge

_NAMES = re.compile(r"[\w-]+")
_LOCAL_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_TIME_ZONES = frozenset({"timezone", "time_zone", "timeZone"})
_TYPES = {
    "array": "a list", "boolean": "true or false", "integer": "an integer", "null": "null", "number": "a number",
    "object": "an object", "string": "a string",
}  # fmt: skip
_FORMATS = {
    "date": "a date such as 2026-03-31",
    "date-time": "a time with its zone such as 2026-03-31T09:00:00Z",
    "email": "an e-mail address",
    "hostname": "the name of a host",
    "ipv4": "an IP address",
    "uri": "a URL",
    "uuid": "a UUID such as 0f8fad5b-d9cb-469f-a165-70867728950e",
}
_LIMITS: Mapping[str, tuple[str, Callable[[Any], object]]] = {
    "maximum": ("must be at most {}", lambda value: value),
    "minimum": ("must be at least {}", lambda value: value),
    "exclusiveMaximum": ("must be less than {}", lambda value: value),
    "exclusiveMinimum": ("must be more than {}", lambda value: value),
    "maxLength": ("must have at most {} characters", len),
    "minLength": ("must have at least {} characters", len),
    "maxItems": ("must have at most {} items", len),
    "minItems": ("must have at least {} items", len),
}


def violations(operation: str, judge: Judge, value: Any, field: str) -> list[Violation]:
    """Return what is wrong with a value that stands at `field` of a message of the operation."""
    return [
        Violation.of(operation, rule, where, says)
        for error in judge.errors(value)
        for rule, where, says in _faults(error, judge, field)
        if not (rule == "format" and _is_local_time(error, judge))
    ]


def place(field: str, path: Iterable[str | int]) -> str:
    """Return a path into a value as people write it: `body.settings.interpreters[0]`."""
    return field + "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)


def describe_value(value: Any, field: str) -> str:
    """Return a value as a message may show it: cut short, and not at all where it is a secret or may hold some."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if any(map(is_secret, _NAMES.findall(field))):
        return "another string" if isinstance(value, str) else "another number"
    if not isinstance(value, str):
        return json.dumps(value)
    text = redact_text(value)
    return repr(text if len(text) <= 60 else text[:59] + "…")


def _faults(error: ValidationError, judge: Judge, field: str) -> Iterator[tuple[str, str, str]]:
    rule, at = error.kind.name, place(field, error.instance_path)
    if rule == "anyOf":
        yield from _closest(error, judge, field)
    elif rule == "additionalProperties":
        known = judge.list_declared(error)
        for name in error.kind.value:
            yield "unknown", f"{at}.{name}", f"is unknown to Zoom{did_you_mean(name, known)}"
    elif rule == "required":
        yield rule, f"{at}.{error.kind.value}", "is missing"
    else:
        yield rule, at, _sentence(error, at)


def _closest(error: ValidationError, judge: Judge, field: str) -> Iterator[tuple[str, str, str]]:
    """Yield the faults of the alternative that a value was meant to be, where it fits none."""
    branches: list[list[ValidationError]] = error.kind.value
    meant = [branch for branch in branches if not any(_is_of_kind(each, "type", error) for each in branch)]
    if meant:
        for each in min(meant, key=len):
            yield from _faults(each, judge, field)
        return
    at = place(field, error.instance_path)
    types = [kind for branch in branches for each in branch if each.kind.name == "type" for kind in _types(each)]
    yield "type", at, f"must be {_either(types)}, but is {describe_value(error.instance, at)}"


def _is_of_kind(error: ValidationError, rule: str, outer: ValidationError) -> bool:
    return error.kind.name == rule and error.instance_path == outer.instance_path


def _types(error: ValidationError) -> list[str]:
    types: list[str] = error.kind.as_dict()["types"]
    return types


def _either(types: Iterable[str]) -> str:
    return " or ".join(dict.fromkeys(_TYPES.get(each, each) for each in types))


def _sentence(error: ValidationError, field: str) -> str:
    rule, wanted, value = error.kind.name, error.kind.value, error.instance
    if rule in _LIMITS:
        text, measure = _LIMITS[rule]
        return f"{text.format(wanted)}, but {'has' if measure is len else 'is'} {measure(value)}"
    return f"{_must(error, rule, wanted)}, but is {describe_value(value, field)}"


def _must(error: ValidationError, rule: str, wanted: Any) -> str:
    if rule == "type":
        return f"must be {_either(_types(error))}"
    if rule == "enum":
        return f"must be one of {', '.join(map(repr, wanted))}"
    if rule == "format":
        return f"must be {_FORMATS.get(wanted, f'a {wanted}')}"
    if rule == "uniqueItems":
        return "must not have the same item twice"
    return f"must match {wanted}" if rule == "pattern" else f"is refused by the rule {rule}"


def _is_local_time(error: ValidationError, judge: Judge) -> bool:
    """Zoom takes a time without zone (`yyyy-MM-ddTHH:mm:ss`) where a time zone may stand beside it.

    Where none does, the time is local to the time zone of the user.
    """
    is_local = error.kind.value == "date-time" and _LOCAL_TIME.fullmatch(str(error.instance))
    return bool(is_local) and not _TIME_ZONES.isdisjoint(judge.list_beside(error))
