"""Bodies are checked before they are sent: a value of a wrong type and a missing field are refused.

Only what Zoom surely refuses counts, and what it takes for something else: to a misspelt `auto_recording` it answers
204, and turns recording off. Limits are not checked: Zoom's documents and Zoom disagree about them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin

import attrs

from zoom_api_client.core import decoding
from zoom_api_client.core.protocols import ModelLike, is_model
from zoom_api_client.core.suggestions import did_you_mean, is_slip_of, unknown_choice
from zoom_api_client.core.unset import UNSET, File, Unset

_ACCEPTED: dict[Any, tuple[type, ...]] = {
    str: (str, date),
    int: (int,),
    float: (int, float),
    bool: (bool,),
    datetime: (datetime, str),
    date: (date, str),
    File: (File, bytes),
    dict: (Mapping,),
    list: (list, tuple),
    NoneType: (NoneType,),
}
_SPOKEN = {
    NoneType: "None",
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "True or False",
    datetime: "a datetime",
    list: "a list",
    dict: "an object",
}
_IS_ID = re.compile(r"(^|_|\.)(ids?|pmi)(\[\d+\])?$")


def check_body(operation: str, body: Any) -> None:
    """Raise `ValueError` or `TypeError` for the first field of a body that Zoom would refuse."""
    for error in _faults(body, "body"):
        raise type(error)(f"{operation}: {error}")


def _faults(value: Any, where: str) -> Iterator[Exception]:
    kind = type(value)
    if is_model(kind):
        hints = hints_of(kind)
        for wire, name in kind._fields.items():
            required, hint = hints[wire]
            held = value.__dict__.get(wire, UNSET)
            if held is not UNSET:
                yield from _misfits(held, hint, f"{where}.{name}")
            elif required:
                yield ValueError(f"{where}.{name} is missing, and Zoom requires it")
    elif isinstance(value, list | tuple):
        for index, each in enumerate(value):
            yield from _faults(each, f"{where}[{index}]")


def _misfits(value: Any, hint: Any, where: str) -> Iterator[Exception]:
    options = decoding.options_of(hint)
    models = [option for option in options if is_model(option)]
    if Any in options:
        yield from _faults(value, where)
    elif models and (is_model(type(value)) or isinstance(value, Mapping)):
        yield from _compare_all(value, models, where)
    elif not any(_fits(value, option, where) for option in options):
        wanted = " or ".join(dict.fromkeys(describe_type(option) for option in options if option is not Unset))
        yield TypeError(f"{where} must be {wanted}, not {type(value).__name__}")
    elif unknown := _unknown_choice(value, options, where):
        yield ValueError(unknown)
    elif isinstance(value, list | tuple):
        inner = [get_args(option)[0] for option in options if get_origin(option) is list]
        for index, each in enumerate(value if inner else ()):
            yield from _misfits(each, inner[0], f"{where}[{index}]")


def _unknown_choice(value: Any, options: tuple[Any, ...], where: str) -> str:
    """Say that a value is none of those that its enumeration has, and which was meant; "" if it is one."""
    choices = [each for option in options if get_origin(option) is Literal for each in get_args(option)]
    plain = [option for option in options if get_origin(option) is not Literal]
    if value in choices or not choices or any(_fits(value, option, where) for option in plain):
        return ""
    return unknown_choice(where, value, choices, "zoom.call(…, json=…)")


def _compare_all(value: Any, models: list[type[ModelLike]], where: str) -> Iterator[Exception]:
    """Yield what keeps an object from being the model that is wanted, or any of several."""
    is_made = is_model(type(value))
    if is_made and (len(models) == 1 or type(value) in models):
        yield from _faults(value, where)
        return
    made = [model.from_dict(value.__dict__ if is_made else value) for model in models]
    faults = [[*_faults(each, where), *(() if is_made else _slips(each, where))] for each in made]
    if all(faults):
        yield from min(faults, key=len)


def _slips(value: Any, where: str) -> Iterator[Exception]:
    """Yield the misspelt fields of an object that was given as a dict: Zoom takes them, and does nothing."""
    kind = type(value)
    if is_model(kind):
        for name in value.additional_properties:
            if any(is_slip_of(name, each, most=min(2, len(name) // 3)) for each in kind._fields):
                yield ValueError(
                    f"{where} has no field {name!r}{did_you_mean(name, kind._fields)} To send it all the same, use "
                    "zoom.call(…, json=…), which checks nothing"
                )
        for wire, name in kind._fields.items():
            yield from _slips(value.__dict__.get(wire), f"{where}.{name}")
    elif isinstance(value, list | tuple):
        for index, each in enumerate(value):
            yield from _slips(each, f"{where}[{index}]")


def _fits(value: Any, option: Any, where: str) -> bool:
    if get_origin(option) is Literal:
        return any(_fits(value, type(each), where) for each in get_args(option))
    kind = get_origin(option) or option
    if isinstance(value, bool) and kind in (int, float):
        return False
    if isinstance(value, str) and kind is int:  # an id is a number in one place and text in the next
        return value.isdigit() and _IS_ID.search(where) is not None
    return isinstance(value, _ACCEPTED.get(kind, kind if isinstance(kind, type) else object))


def describe_type(option: Any) -> str:
    """Describe a type in words."""
    if get_origin(option) is Literal:
        return " or ".join(dict.fromkeys(describe_type(type(each)) for each in get_args(option)))
    kind = get_origin(option) or option
    return _SPOKEN.get(kind, getattr(kind, "__name__", str(kind)))


@cache
def hints_of(cls: Any) -> dict[str, tuple[bool, Any]]:
    """Return for each field of a model, by its name in JSON, whether it is required, and its type."""
    fields = {field.metadata.get("wire", field.name): field for field in attrs.fields(cls)}
    return {
        wire: (field.default is attrs.NOTHING, decoding.resolve(field.type, cls.__module__))
        for wire, field in fields.items()
    }
