"""Answers: from rows to what Zoom sends, always as the contract has it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from zoom_api_client.core import codec
from zoom_api_client.testing import echo, lookup, page_marks, validator
from zoom_api_client.testing.contract import Operation
from zoom_api_client.testing.exchange import OutgoingAnswer
from zoom_api_client.testing.page_marks import Place
from zoom_api_client.testing.simulator import derived, filters, paging, resources
from zoom_api_client.testing.simulator.call import Call
from zoom_api_client.testing.simulator.shapes import Shape, lay, shape
from zoom_api_client.testing.simulator.store import Row

_MOST = 300  # items of a page
_MONTH = timedelta(days=30)
_ROUNDS = 3


def of_row(call: Call, row: Row) -> OutgoingAnswer:
    """Return the answer that shows a row: with its id where the operation has it."""
    shown = shape(call.operation)
    given, example = _named(call, row)
    value = shown.take(_spread(given, shown), example)
    return _fit(call.operation, echo_path(call, value))


def of_page(call: Call, rows: Sequence[Row | Mapping[str, Any]]) -> OutgoingAnswer:
    """Return the page of a list that was asked for, of the rows that its query asks for."""
    operation = call.operation
    paged = lookup.library_operation(operation).paged
    items = paged.items[0] if paged else call.facts.items
    kept = _kept(call, rows)
    asked = call.body if paged and paged.in_body else call.query
    size = page_marks.page_size(paged, asked, paged.largest or _MOST) if paged else len(kept)
    now, question = call.state.clock.now(), _question(call, asked)
    start = page_marks.first_index(paged, asked, size, lambda token: paging.read(token, question, now)) if paged else 0
    if start is None:
        raise call.refuse(300, "The next page token is invalid or expired.")
    place = Place(start, size, len(kept))
    inner = shape(operation).at(items)
    shown = [_item(call, each, inner) for each in kept[start : place.end]]
    if not items:
        return _fit(operation, shown)
    page = page_marks.put(_frame(operation, paged.items if paged else (items,)), items, shown)
    page = {**page, **_range(page, now)}
    page = echo_path(call, echo.echo_arguments(page, _plain(call.query)))
    token = "" if place.is_last else paging.make(question, place.end, now)
    turned_by = paged.turned_by if paged else ()
    return _fit(operation, page_marks.mark(page, page_marks.outside(items), turned_by, place, token))


def of_change(call: Call, rows: Sequence[Row]) -> OutgoingAnswer:
    """Return the answer to a request that changed rows: which they are, where the operation says so."""
    operation = call.operation
    if not operation.answers[operation.success]:
        return OutgoingAnswer(operation.success, operation=operation)
    told = resources.example(operation, 0)
    if isinstance(told, list):
        return _fit(operation, [_item(call, row, shape(operation).items) for row in rows])
    lists = {name: _told(call, name, field, rows) for name, field in (shape(operation).fields or {}).items()}
    return _fit(
        operation, echo_path(call, {**told, **{name: each for name, each in lists.items() if each is not None}})
    )


def _told(call: Call, name: str, field: Shape, rows: Sequence[Row]) -> Any:
    """Return what a field says of rows: their items or their ids; None if it says neither."""
    if name == call.facts.items:
        return [_item(call, row, field.items) for row in rows]
    if name != "ids" and not name.endswith("_ids"):
        return None
    ids = [row.id for row in rows]
    return ids if "array" in field.kinds else ",".join(ids)


def echo_path(call: Call, value: Any) -> Any:
    """Return an answer that repeats the ids of the path, where it has them."""
    own = resources.facts(call.operation).id  # which is there by the name that the operation has for it
    ids = {name: each for name, each in call.path.items() if name != own}
    return echo.identify(value, call.operation, ids) if isinstance(value, dict) else value


def _spread(given: Mapping[str, Any], shown: Shape) -> dict[str, Any]:
    """Return the fields of a row with those in an object of the answer that stand there: `{"basic": {"name": …}}`."""
    spread = dict(given)
    for name, field in (shown.fields or {}).items():
        inner = {each: given[each] for each in field.fields or () if each in given and each not in (shown.fields or ())}
        if inner:
            spread[name] = lay(inner, given.get(name, {}))
    return spread


def _kept(call: Call, rows: Sequence[Row | Mapping[str, Any]]) -> Sequence[Row | Mapping[str, Any]]:
    asked = filters.of(call.operation, call.query)
    if not asked:
        return rows
    return [row for row in rows if all(each(row) for each in asked)]


def _item(call: Call, row: Row | Mapping[str, Any], inner: Shape) -> Any:
    if not isinstance(row, Row):
        return inner.take(row)
    return inner.take(*_named(call, row)) if inner.fields else row.fields.get("value", row.id)


def _named(call: Call, row: Row) -> tuple[dict[str, Any], Any]:
    """Return the fields of a row, with its id by the name that the operation has for it, and the example below."""
    field, store = call.facts.field, call.state.store
    fields = {**derived.usual(store, row), **row.fields, **derived.counts(store, row), **derived.groups(store, row)}
    return ({**fields, field: row.id} if field and row.id else fields), resources.look_of(row)


def _frame(operation: Operation, lists: Sequence[str]) -> dict[str, Any]:
    """Return a page without items."""
    page: dict[str, Any] = resources.example(operation, 0)
    for place in lists:
        page = page_marks.put(page, place, [])
    return page


def _range(page: Mapping[str, Any], now: datetime) -> dict[str, str]:
    """Return the days that a list is of, where the page says so and nobody asked for others: those of a month."""
    days = {"from": now - _MONTH, "to": now}
    return {
        name: f"{each:%Y-%m-%dT%H:%M:%SZ}" if "T" in str(page[name]) else f"{each:%Y-%m-%d}"
        for name, each in days.items()
        if isinstance(page.get(name), str)
    }


def _question(call: Call, asked: Mapping[str, Any]) -> str:
    """Return what a page token is good for: the same list, asked in the same way."""
    beside = {name: each for name, each in asked.items() if "token" not in name.lower()}
    return json.dumps([str(call.operation), call.account, call.caller.user, dict(call.path), beside], default=str)


def _plain(query: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a query an answer repeats."""
    return {name: each for name, each in query.items() if not name.lower().endswith("token")}


def _fit(operation: Operation, value: Any) -> OutgoingAnswer:
    """Return the answer of a value, in which the example stands wherever the value leaves the contract."""
    media_type = next(iter(operation.answers[operation.success]))
    for turn in range(_ROUNDS):
        misfits = validator.misfits(operation, operation.success, value, media_type)
        if not misfits:
            break
        for path in misfits:
            value = _mended(value, resources.example(operation, 0), path, whole=turn > 0)
    headers = {"Content-Type": media_type}
    return OutgoingAnswer(operation.success, headers, codec.dumps(value), operation=operation)


def _mended(value: Any, example: Any, path: Sequence[str | int], *, whole: bool) -> Any:
    """Return a value with the example at one path: below what is there of an object, and `whole` in its place."""
    if not path:
        return example if whole else lay(example, value)
    key, *deeper = path
    if isinstance(key, int):
        inner = example[0] if isinstance(example, list) and example else None
        return [_mended(each, inner, deeper, whole=whole) if at == key else each for at, each in enumerate(value)]
    known = example if isinstance(example, dict) else {}
    if not deeper and key not in known:
        return {name: each for name, each in value.items() if name != key}
    return {**value, key: _mended(value[key], known.get(key), deeper, whole=whole)}
