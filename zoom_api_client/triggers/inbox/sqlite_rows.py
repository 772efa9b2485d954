"""Changes of many rows of the inbox's file by one statement.

With each statement a thread gives Python's lock away, and waits until the event loop gives it back: that takes longer
than to store a row.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias, TypeVar

from zoom_api_client.triggers.inbox.base import Delivery

T = TypeVar("T")
Run: TypeAlias = Callable[..., sqlite3.Cursor]
"""Runs a statement, with values for its places."""

DAY: Final = 86_400  # seconds
_TOGETHER: Final = 100  # rows that one statement changes; SQLite takes 32,766 values

_SEEN: Final = "SELECT key FROM seen WHERE day IN (?, ?) AND key IN "
_WAITING: Final = "SELECT key FROM work WHERE key IN "
_PUT: Final = "INSERT INTO work (key, body, received_at, source, due) VALUES "
_MARK: Final = "INSERT OR IGNORE INTO seen VALUES "
_DONE: Final = "INSERT OR IGNORE INTO seen SELECT ?, key FROM work WHERE key IN "
_FORGET: Final = "DELETE FROM work WHERE key IN "


def insert_new(run: Run, deliveries: Sequence[Delivery], now: float) -> list[bool]:
    """Store the deliveries whose key and mark are not known, and return which they are."""
    today = int(now // DAY)
    known = _find_known(run, deliveries, today)
    are_new: list[bool] = []
    rows: list[object] = []
    marks: list[object] = []
    for each in deliveries:
        names = {each.key, each.mark or each.key}
        are_new.append(known.isdisjoint(names))
        if are_new[-1]:
            known |= names
            rows += each.key, each.body, each.received_at, each.source, now
            marks += (today, each.mark) if each.mark else ()
    _insert(run, _PUT, rows, 5)
    _insert(run, _MARK, marks, 2)
    return are_new


def _find_known(run: Run, deliveries: Sequence[Delivery], today: int) -> set[str]:
    """Return the keys and marks of deliveries that wait, or were handled or marked today or yesterday."""
    keys = [each.key for each in deliveries]
    names = [*keys, *(each.mark for each in deliveries if each.mark)]
    seen = run(_SEEN + places(len(names)), (today - 1, today, *names)).fetchall()
    waiting = run(_WAITING + places(len(keys)), keys).fetchall()
    return {name for (name,) in seen + waiting}


def _insert(run: Run, statement: str, values: Sequence[object], columns: int) -> None:
    if values:
        run(statement + ", ".join([places(columns)] * (len(values) // columns)), values)


def finish(run: Run, keys: Sequence[str], today: int) -> None:
    """Let deliveries leave `work`, their keys stay known."""
    run(_DONE + places(len(keys)), (today, *keys))
    run(_FORGET + places(len(keys)), keys)


def places(number: int) -> str:
    """Return a list of placeholders for values."""
    return f"({', '.join('?' * number)})"


def split(things: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut what is to be changed into parts, for one statement each."""
    for start in range(0, len(things), _TOGETHER):
        yield things[start : start + _TOGETHER]
