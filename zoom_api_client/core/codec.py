"""JSON in and out: bytes to values, values to bytes, and the JSON value of what callers give."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import orjson

from zoom_api_client.core.unset import UNSET


def loads(content: bytes | str) -> Any:
    """Decode JSON; numbers that do not fit into 64 bits are kept whole."""
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        try:
            return json.loads(content)
        except RecursionError:
            raise ValueError("it is nested too deeply") from None


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
