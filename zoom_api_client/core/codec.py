"""JSON in and out: bytes to values, values to bytes, and the JSON value of what callers give."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import msgspec

from zoom_api_client.core.unset import UNSET

T = TypeVar("T")

NESTING = 256  # what walks a value takes two calls a level, and Python allows 1,000; no answer of Zoom's has 20

# Whole numbers have any size in it, as in json; orjson, as fast, makes floats of those beyond 64 bits without a word.
_decode, _encode = msgspec.json.Decoder().decode, msgspec.json.Encoder().encode


class TooDeep(ValueError):
    """JSON that is nested more deeply than is allowed."""


def loads(content: bytes | str, nesting: int = NESTING) -> Any:
    """Decode JSON. Raises `ValueError` for what is not JSON, `TooDeep` for what is nested more deeply than allowed."""
    text = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    try:
        value = decode(text)
    except RecursionError:
        raise TooDeep(_too_deep(nesting)) from None
    brackets = _count(text, b"[") + _count(text, b"{")
    if brackets > nesting and _is_deeper(value, nesting, brackets):
        raise TooDeep(_too_deep(nesting))
    return value


def decode(text: bytes) -> Any:
    """Decode JSON that is not checked for how deep it is nested. Raises `ValueError`, or `RecursionError`."""
    try:
        return _decode(text)
    except (msgspec.MsgspecError, ValueError):  # also for what json takes: a byte order mark, lone surrogates, NaN
        return json.loads(text)


def decode_as(text: bytes, kind: type[T]) -> T:
    """Decode JSON into what a type, a `TypedDict` for one, says. Members that it does not name are passed over."""
    return msgspec.json.decode(text, type=kind)


def _count(text: bytes, bracket: bytes) -> int:
    return len(text) - len(text.replace(bracket, b""))  # a fifth of what `count` takes


def _is_deeper(value: Any, most: int, brackets: int) -> bool:
    """Go down a level at a time, until no more levels are left or the brackets that are left cannot reach so deep."""
    level: list[Any] = [[value]]
    for depth in range(1, most + 2):
        level = [
            below
            for each in level
            for below in (each.values() if each.__class__ is dict else each)
            if below.__class__ is dict or below.__class__ is list
        ]
        brackets -= len(level)
        if not level or depth + brackets <= most:
            return False
    return True


def _too_deep(nesting: int) -> str:
    return f"it is nested more than {nesting:,} deep"


def dumps(value: Any) -> bytes:
    """Encode plain values as compact JSON. Raises `ValueError` for numbers and characters that JSON does not have."""
    content = _encode(value)
    if b"null" in content:  # which stands for NaN too
        _check_finite(value)
    return content


def text(value: Any, indent: int | None = None) -> str:
    """Return plain values as JSON text, on one line, or indented by `indent` spaces.

    What came with it stays: NaN and infinite numbers, and half of a character as an escape.
    """
    separators = (",", ":") if indent is None else None
    try:
        written = dumps(value).decode()
        return written if indent is None else json.dumps(value, indent=indent, ensure_ascii=False)
    except ValueError:
        return json.dumps(value, indent=indent, separators=separators)


def _check_finite(value: Any) -> None:
    if value.__class__ is float and not math.isfinite(value):
        raise ValueError(f"{value} is not a number that JSON has")
    if value.__class__ in (dict, list):
        for each in value.values() if value.__class__ is dict else value:
            _check_finite(each)


def copy(value: Any) -> Any:
    """Copy the objects and arrays of a JSON value."""
    if isinstance(value, dict):
        return {key: copy(each) for key, each in value.items()}
    return [copy(each) for each in value] if isinstance(value, list) else value


def plain(value: Any) -> Any:
    """Return the JSON value that stands for a Python one: models are objects, times are Zoom's text forms."""
    kind = value.__class__
    if kind is str or kind is int or kind is bool or kind is float or value is None:
        return value
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items() if each is not UNSET}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, date):
        return value.isoformat()
    to_dict = getattr(kind, "to_dict", None)
    if to_dict is not None:
        return to_dict(value)
    if isinstance(value, str | int | float):  # an enum or another subclass
        return getattr(value, "value", value)
    raise TypeError(
        f"{kind.__name__} is not a type that JSON has: give a number, text, a list, a dict, a time or a model"
    )


to_jsonable = plain
"""The public name: `json.dumps(value, default=to_jsonable)` encodes models and times wherever they stand."""


def time_text(moment: datetime) -> str:
    """Spell a time as Zoom wants it: an aware one in UTC with Z, a naive one (local, beside a `timezone`) without."""
    suffix = ""
    if moment.tzinfo is not None:
        moment, suffix = moment.astimezone(UTC).replace(tzinfo=None), "Z"
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds") + suffix
