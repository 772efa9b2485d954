"""What we send is checked: a value of a wrong type, or a field that is missing, is refused before a request is made.

Only what Zoom surely refuses counts. Limits and enums are not checked: Zoom's documents and Zoom disagree about them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import attrs

from zoom_api_client import _types
from zoom_api_client.file import File
from zoom_api_client.model import Model
from zoom_api_client.unset import UNSET, Unset

_ACCEPTED: dict[Any, tuple[type, ...]] = {
    str: (str, date),
    int: (int, str),
    float: (int, float, str),
    bool: (bool,),
    datetime: (datetime, str),
    date: (date, str),
    File: (File, bytes),
    dict: (Mapping,),
    list: (list, tuple),
    NoneType: (NoneType,),
}
_SPOKEN = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "True or False",
    datetime: "a datetime",
    list: "a list",
}


def check_body(operation: str, body: Any) -> None:
    """Raise `ValueError` or `TypeError` for the first field of a body that Zoom would refuse."""
    for error in _faults(body, "body"):
        raise type(error)(f"{operation}: {error}")


def _faults(value: Any, where: str) -> Iterator[Exception]:
    if isinstance(value, Model):
        kind: Any = type(value)
        hints = _hints(kind)
        for wire, name in value._fields.items():
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
    options = _options(hint)
    if Any in options or isinstance(value, Model):
        yield from _faults(value, where)
        return
    if not any(_fits(value, option) for option in options):
        wanted = " or ".join(dict.fromkeys(_spoken(option) for option in options if option is not Unset))
        yield TypeError(f"{where} must be {wanted}, not {type(value).__name__}")
    elif isinstance(value, list | tuple):
        inner = [get_args(option)[0] for option in options if get_origin(option) is list]
        for index, each in enumerate(value if inner else ()):
            yield from _misfits(each, inner[0], f"{where}[{index}]")


def _fits(value: Any, option: Any) -> bool:
    if get_origin(option) is Literal:
        return any(_fits(value, type(each)) for each in get_args(option))
    kind = get_origin(option) or option
    if isinstance(kind, type) and issubclass(kind, Model):
        return isinstance(value, Mapping)
    if isinstance(value, bool) and kind in (int, float):
        return False
    if isinstance(value, str) and kind in (int, float):
        return _is_number(value, kind)
    return isinstance(value, _ACCEPTED.get(kind, (object,)))


def _is_number(text: str, kind: Callable[[str], float]) -> bool:
    try:
        kind(text)
    except ValueError:
        return False
    return True


def _options(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)


def _spoken(option: Any) -> str:
    if get_origin(option) is Literal:
        return " or ".join(dict.fromkeys(_spoken(type(each)) for each in get_args(option)))
    kind = get_origin(option) or option
    return _SPOKEN.get(kind, getattr(kind, "__name__", str(kind)))


@cache
def _hints(cls: Any) -> dict[str, tuple[bool, Any]]:
    fields = {field.metadata.get("wire", field.name): field for field in attrs.fields(cls)}
    return {
        wire: (field.default is attrs.NOTHING, _types.resolve(field.type, cls.__module__))
        for wire, field in fields.items()
    }
