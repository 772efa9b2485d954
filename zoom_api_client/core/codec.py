"""JSON in and out: bytes to values, values to bytes, and the JSON value of what callers give."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import orjson

from zoom_api_client.core.unset import UNSET

NESTING = 1024  # the depth that orjson takes, as its documentation says; no answer of Zoom's has 20

# orjson makes floats of whole numbers beyond 64 bits, without a word. They have 20 digits, or 19 and a minus: so of
# every fifth byte, four in a row are digits, or a minus and three digits. Dates, times and ids of Zoom's have neither.
_LONG = re.compile(rb"-[0-9]{19}|[0-9]{20}")
_STEP, _RUNS = 5, (b"0000", b"-000")
_KINDS = bytes(byte if byte == ord("-") else ord("0" if chr(byte) in "0123456789" else " ") for byte in range(256))


class TooDeep(ValueError):
    """JSON that is nested more deeply than is allowed."""


def loads(content: bytes | str, nesting: int = NESTING) -> Any:
    """Decode JSON. Raises `ValueError` for what is not JSON, `TooDeep` for what is nested more deeply than allowed."""
    text = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    if not _may_have_long_numbers(text):
        try:
            return _decode_nested(text, nesting)
        except ValueError:  # also for what json takes: a byte order mark, lone surrogates, NaN
            pass
    try:
        value = json.loads(text)
    except RecursionError:
        raise TooDeep(_too_deep(nesting)) from None
    if _is_deeper(value, nesting):
        raise TooDeep(_too_deep(nesting))
    return value


def _decode_nested(text: bytes, nesting: int) -> Any:
    """Decode what may have fewer levels than the parser takes: it is put into as many lists as it must not have.

    Those take 70 µs; a text with few brackets does not need them.
    """
    more = NESTING - nesting
    if more <= 0 or text.count(b"[") + text.count(b"{") <= nesting:
        return orjson.loads(text)
    value = orjson.loads(b"".join((b"[" * more, text, b"]" * more)))
    for _ in range(more):
        (value,) = value  # a text that closes one of our lists, and opens another, would make two
    return value


def _may_have_long_numbers(text: bytes) -> bool:
    sample = text[::_STEP].translate(_KINDS)
    for run in _RUNS:
        at = sample.rfind(run)  # half of what `find` takes
        while at >= 0:
            if _is_long_number(text, _STEP * at):
                return True
            at = sample.rfind(run, 0, at + len(run) - 1)
    return False


def _is_long_number(text: bytes, place: int) -> bool:
    """Tell whether a long number, or its minus, stands around a place; few places with digits have more beside them."""
    digits = text[place + 1 : place + 16]
    return digits.isdigit() and _LONG.search(text, max(place - _STEP + 1, 0), place + 20) is not None


def _is_deeper(value: Any, most: int) -> bool:
    level = [value]
    for _ in range(most + 1):
        inner = [each for each in level if each.__class__ in (dict, list)]
        if not inner:
            return False
        level = [below for each in inner for below in (each.values() if each.__class__ is dict else each)]
    return True


def _too_deep(nesting: int) -> str:
    return f"it is nested more than {nesting:,} deep"


def dumps(value: Any) -> bytes:
    """Encode plain values as compact JSON."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:  # whole numbers over 64 bits
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def text(value: Any, indent: int | None = None) -> str:
    """Return plain values as JSON text, on one line, or indented by so many spaces."""
    return dumps(value).decode() if indent is None else json.dumps(value, indent=indent, ensure_ascii=False)


def copy(value: Any) -> Any:
    """Copy the objects and arrays of a JSON value."""
    if isinstance(value, dict):
        return {key: copy(each) for key, each in value.items()}
    return [copy(each) for each in value] if isinstance(value, list) else value


def plain(value: Any) -> Any:
    """Return the JSON value that stands for a Python one: models are objects, times are Zoom's text forms."""
    kind = value.__class__
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if kind is float:
        if not math.isfinite(value):
            raise ValueError(f"{value} is not a number that JSON has")
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
