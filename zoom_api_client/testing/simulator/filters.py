"""Filters: which rows of a list a query asks for, where its parameters are fields of the items."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from zoom_api_client.testing.contract import Operation
from zoom_api_client.testing.simulator import resources
from zoom_api_client.testing.simulator.shapes import Shape, shape
from zoom_api_client.testing.simulator.store import Row

Item = Row | Mapping[str, Any]
Filter = Callable[[Item], bool]

_SEARCHES = frozenset({"search_key", "keyword", "search", "query", "q", "search_term", "search_text"})
_NAMES = re.compile(r"(^|_)(name|topic|title|email|number)$")
_RANGES = {"from": True, "start_date": True, "start_time": True, "to": False, "end_date": False, "end_time": False}
_TIMES = ("start_time", "date_time", "created_at", "create_time", "created_time", "recording_start", "time", "date")


def of(operation: Operation, query: Mapping[str, Any]) -> list[Filter]:
    """Return what a query asks of the items of a list."""
    item = shape(operation).at(resources.facts(operation).items).fields or {}
    declared = {each["name"] for each in operation.parameters("query")}
    asked = {name: each for name, each in query.items() if name in declared and each not in ("", [])}
    return [each for name, value in asked.items() for each in _filters(name, value, item)]


def _filters(name: str, value: Any, item: Mapping[str, Shape]) -> Iterator[Filter]:
    if name in _SEARCHES:
        searched = [each for each in item if _NAMES.search(each)]
        yield lambda row: any(str(value).lower() in str(_field(row, each, "")).lower() for each in searched)
    elif name in _RANGES:
        time = next((each for each in _TIMES if each in item), None)
        if time and (limit := _moment(value)):
            yield lambda row: _is_within(_moment(_field(row, time)), limit, str(value), is_least=_RANGES[name])
    elif name in item and _is_comparable(value, item[name]):
        wanted = value if isinstance(value, list) else [value]
        yield lambda row: str(_field(row, name)) in map(str, wanted)


def _field(item: Item, name: str, otherwise: Any = None) -> Any:
    """Return a field of an item: of a row, what is known of it, or what its example says."""
    if not isinstance(item, Row):
        return item.get(name, otherwise)
    return item.fields[name] if name in item.fields else resources.look_of(item).get(name, otherwise)


def _is_comparable(value: Any, field: Shape) -> bool:
    """Return True if a value may stand in a field: `type` is a word for a list of meetings, a number in a meeting."""
    values = value if isinstance(value, list) else [value]
    known = field.schema.get("enum")
    return (
        field.fields is None and "array" not in field.kinds and (known is None or all(each in known for each in values))
    )


def _moment(text: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # the first hours of the year 1 are before it elsewhere
        return None


def _is_within(moment: datetime | None, limit: datetime, text: str, *, is_least: bool) -> bool:
    """Return True if a moment is in range; a day as the end of one lasts until it is over."""
    if moment is None:
        return True
    if is_least:
        return moment >= limit
    return moment.date() <= limit.date() if len(text) == 10 else moment <= limit
