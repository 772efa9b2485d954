"""Times of a request, written so that Zoom reads what was meant: in UTC, or local to the time zone of a meeting.

Zoom reads a text with an offset (`…+01:00`) as if it were UTC (calcom#3238). Beside a `timezone` it takes a time with Z
as it is, and the zone for a label (zoomus#107, calcom#23705): occurrences of a series that was made so are reported to
be an hour off after a change of daylight saving time. A local time without Z counts in the zone, in any season.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, get_args, get_origin
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from zoom_api_client.core import decoding
from zoom_api_client.core.codec import time_text
from zoom_api_client.core.decoding import options_of
from zoom_api_client.core.protocols import ModelLike, OperationLike, is_model
from zoom_api_client.core.validation import hints_of

OFFSET = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d+)?)?[+-]\d\d(:?\d\d)?")
_MEETINGS = "zoom_api_client.models.meetings"  # of other products it is not known how they read a local time


def settle(value: Any, hint: Any = Any) -> Any:
    """Return a value whose times are in UTC or local to their zone: itself, or a copy if a time was written otherwise.

    What a text is follows from the type of its field (`hint`): of free text nothing is changed.
    """
    if isinstance(value, str):
        return _in_utc(value, options_of(hint))
    if isinstance(value, list | tuple):
        inner = next((get_args(each)[0] for each in options_of(hint) if get_origin(each) is list), Any)
        settled = [settle(each, inner) for each in value]
        return value if all(new is old for new, old in zip(settled, value, strict=True)) else settled
    if is_model(type(value)):
        fields = _settle_fields(type(value), value.__dict__)
        return value if fields is value.__dict__ else type(value)._adopt(dict(fields))
    kind = _model_of(value, hint) if isinstance(value, Mapping) else None
    return _settle_fields(kind, value) if kind else value


def parameter_hint(operation: OperationLike, wire: str) -> Any:
    """Return the type of an argument of an operation, by Zoom's name; Any if it is not known."""
    return _argument_hint(operation.module, operation.models, wire)


def local_to(zone: Any, moment: datetime) -> datetime | None:
    """Return an aware time as the naive one of a zone; None if the zone is unknown, or has that time twice that day."""
    try:
        local = moment.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, TypeError):
        return None
    is_there_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return None if is_there_twice else local.replace(tzinfo=None)


def read_argument(operation: OperationLike, name: str, value: Any) -> Any:
    """Return an argument whose time is in UTC; raise `TypeError` for a number where a time or a day is due."""
    hint = parameter_hint(operation, name)
    if not isinstance(value, str) and not {date, datetime}.isdisjoint(options_of(hint)):
        says = f"{name} is the number {value}; give a date, a datetime, or text such as 2026-03-31"
        raise TypeError(f"{operation}: {says}")
    return settle(value, hint)


@cache
def _argument_hint(module: str, models: str, wire: str) -> Any:
    try:
        annotations = importlib.import_module(module).request.__annotations__
    except (ImportError, AttributeError):  # an operation of the caller's own
        return Any
    found = (hint for name, hint in annotations.items() if _letters(name) == _letters(wire))
    return decoding.resolve(next(found, "Any"), models)


def _settle_fields(kind: type[ModelLike], fields: Mapping[str, Any]) -> Mapping[str, Any]:
    hints = hints_of(kind)
    settled = {wire: settle(each, hints[wire][1]) if wire in hints else each for wire, each in fields.items()}
    if kind.__module__.startswith(_MEETINGS) and {"start_time", "timezone"} <= fields.keys() & hints.keys():
        start = _moment(fields["start_time"], is_series="recurrence" in fields)
        settled["start_time"] = (start and local_to(fields["timezone"], start)) or settled["start_time"]
    return fields if all(settled[wire] is fields[wire] for wire in fields) else settled


def _moment(start: Any, *, is_series: bool) -> datetime | None:
    """Return the time that a start stands for, if it has a zone; a text with Z is sent as it is, but for a series."""
    if isinstance(start, str) and (OFFSET.fullmatch(start) or (is_series and start.endswith("Z"))):
        start = datetime.fromisoformat(start)
    return start if isinstance(start, datetime) and start.tzinfo is not None else None


def _in_utc(text: str, options: tuple[Any, ...]) -> str:
    if not OFFSET.fullmatch(text) or {date, datetime}.isdisjoint(options):
        return text
    moment = datetime.fromisoformat(text).astimezone(UTC)
    return time_text(moment) if datetime in options else moment.date().isoformat()


def _model_of(value: Mapping[str, Any], hint: Any) -> type[ModelLike] | None:
    """Return the model that an object is meant to be: the one with most of its fields."""
    models = [each for each in options_of(hint) if is_model(each)]
    return max(models, key=lambda each: len(value.keys() & each._fields.keys()), default=None)


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
