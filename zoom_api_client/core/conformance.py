"""Compares an answer with Zoom's document, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Literal, get_args, get_origin

import attrs

from zoom_api_client.core import decoding, validation
from zoom_api_client.core.operation import Operation
from zoom_api_client.core.protocols import ModelLike, is_model
from zoom_api_client.core.unset import UNSET, Unset


@attrs.frozen
class Departure:
    """A way in which answers of an operation leave the document.

    Attributes:
        operation: `meetings.get_meeting`.
        field: where in the answer: `settings.continuous_meeting_chat`, `meetings[].type`.
        what: `is not declared`, `is missing`, `is text, not a whole number`, `has the value 9, which is not declared`.
    """

    operation: str
    field: str
    what: str

    def __str__(self) -> str:
        return f"{self.operation}: {self.field} {self.what}"


def departures(operation: Operation[Any], status: int, result: Any) -> Iterator[Departure]:
    """Yield how a result leaves what the document declares for the status."""
    name = str(operation)
    if status not in operation.results:
        yield Departure(name, "the answer", f"has the status {status}, which is not declared")
        return
    hint = operation.results[status]
    if hint == "bytes":
        return
    if hint is None:
        if result is not None:
            yield Departure(name, "the answer", "has a body, and none is declared")
        return
    for field, what in _departures(result, decoding.resolve(hint, operation.models), ""):
        yield Departure(name, field or "the answer", what)


def _departures(value: Any, hint: Any, field: str) -> Iterator[tuple[str, str]]:
    options = [option for option in decoding.options_of(hint) if option is not Unset]
    if Any in options:
        return
    if is_model(type(value)):
        yield from _of_model(value, f"{field}." if field else "")
    elif isinstance(value, list) and (inner := _inner(options, list)):
        for each in value:
            yield from _departures(each, inner[0], f"{field}[]")
    elif isinstance(value, dict) and (inner := _inner(options, dict)):
        for each in value.values():
            yield from _departures(each, inner[-1], f"{field}.*")
    elif not (any(fits(value, option) for option in options) or _is_no_time(value, options)):
        yield field, _describe_fault(value, options)


def _of_model(value: ModelLike, prefix: str) -> Iterator[tuple[str, str]]:
    kind: Any = type(value)
    for name in value.additional_properties:
        yield f"{prefix}{name}", "is not declared"
    for wire, (is_required, hint) in validation.hints_of(kind).items():
        held = value.__dict__.get(wire, UNSET)
        if held is not UNSET:
            yield from _departures(held, hint, f"{prefix}{wire}")
        elif is_required:
            yield f"{prefix}{wire}", "is missing"


def _inner(options: list[Any], kind: type) -> tuple[Any, ...]:
    return next((get_args(option) for option in options if get_origin(option) is kind), ())


def fits(value: Any, option: Any) -> bool:
    """Return whether a plain JSON value has a type that is neither a model nor a list of them."""
    if option is Any:
        return True
    if get_origin(option) is Literal:
        return any(value == each and type(value) is type(each) for each in get_args(option))
    if option in (datetime, date):
        return isinstance(value, str) and _is_time(value, option)
    if option is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if option is int:
        return isinstance(value, int) and not isinstance(value, bool)
    kind = get_origin(option) or (type(None) if option is None else option)
    return isinstance(value, kind)


def _is_no_time(value: Any, options: list[Any]) -> bool:
    """Return whether a value is the empty text that Zoom sends for no time: the end of what still runs, for example."""
    return value == "" and any(option in (datetime, date) for option in options)


def _is_time(text: str, kind: type[date]) -> bool:
    try:
        kind.fromisoformat(text)
    except ValueError:
        return False
    return True


def _describe_fault(value: Any, options: list[Any]) -> str:
    """Say what is wrong with a value. Only a value of an enumeration is shown: any other may be a secret."""
    literals = [each for option in options if get_origin(option) is Literal for each in get_args(option)]
    if any(type(each) is type(value) for each in literals):
        return f"has the value {value!r}, which is not declared"
    wanted = " or ".join(dict.fromkeys(validation.describe_type(option) for option in options))
    return f"is {validation.describe_type(type(value))}, not {wanted}"
