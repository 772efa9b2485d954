"""Recurrence: on which days a series takes place, by the fields that Zoom has for it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import islice, takewhile
from typing import Any

Rule = Mapping[str, Any]

FIELDS = (
    "type", "repeat_interval", "weekly_days", "monthly_day", "monthly_week", "monthly_week_day", "end_times",
    "end_date_time",
)  # fmt: skip

MOST = 60
"""So many occurrences a series has at most; one without an end has as many."""

_LAST_YEAR = 9000
_STEPS = 600  # months are looked at, of which few have a 31st


def starts(rule: Rule, first: datetime) -> list[datetime]:
    """Return when the occurrences of a series begin: at the same time of the day where it is held.

    Args:
        rule: `recurrence` as Zoom has it: its type (1 daily, 2 weekly, 3 monthly), interval, days and end.
        first: the start of the series, in the zone in which it is held.
    """
    rule = {name: each for name, each in rule.items() if each is not None}
    begun = (first.replace(year=day.year, month=day.month, day=day.day) for day in _days(rule, first.date()))
    ending = _end(rule)
    return list(islice(takewhile(lambda each: ending is None or each <= ending, begun), _count(rule)))


def _days(rule: Rule, first: date) -> Iterator[date]:
    every = max(1, int(rule.get("repeat_interval") or 1))
    days = _BY_TYPE.get(rule.get("type", 1), _daily)(rule, first, every)
    with suppress(OverflowError, ValueError):  # the calendar of Python ends with the year 9999
        yield from takewhile(lambda day: day.year < _LAST_YEAR, days)


def _daily(_rule: Rule, first: date, every: int) -> Iterator[date]:
    return (first + timedelta(days=number * every) for number in range(_STEPS))


def _weekly(rule: Rule, first: date, every: int) -> Iterator[date]:
    """Yield the days of every n-th week; for Zoom a week begins on Sunday, which is day 1."""
    sunday = first - timedelta(days=first.isoweekday() % 7)
    asked = {int(text) for text in str(rule.get("weekly_days", "")).split(",") if text.strip() in set("1234567")}
    weekdays = sorted(asked) or [first.isoweekday() % 7 + 1]
    days = (sunday + timedelta(weeks=number * every, days=each - 1) for number in range(_STEPS) for each in weekdays)
    return (day for day in days if day >= first)


def _monthly(rule: Rule, first: date, every: int) -> Iterator[date]:
    for number in range(_STEPS):
        year, month = divmod(first.year * 12 + first.month - 1 + number * every, 12)
        day = _day_of_month(rule, first, year, month + 1)
        if day and day >= first:
            yield day


_BY_TYPE: Mapping[int, Callable[[Rule, date, int], Iterator[date]]] = {1: _daily, 2: _weekly, 3: _monthly}


def _day_of_month(rule: Rule, first: date, year: int, month: int) -> date | None:
    """Return the day of a month; None if that month does not have it."""
    before, length = monthrange(year, month)
    if "monthly_week" not in rule or "monthly_week_day" not in rule:
        day = rule.get("monthly_day") or first.day
        return date(year, month, day) if 1 <= day <= length else None
    offset = (rule["monthly_week_day"] - 2 - before) % 7  # Sunday is 1 for Zoom; Monday is 0 for Python
    days = range(1 + offset, length + 1, 7)
    week = rule["monthly_week"]
    return date(year, month, days[-1] if week < 0 else days[max(week, 1) - 1]) if week <= len(days) else None


def _count(rule: Rule) -> int:
    usual = 0 if rule.get("end_date_time") else 1  # as Zoom's documents have it
    return min(max(0, rule.get("end_times", usual)) or MOST, MOST)


def _end(rule: Rule) -> datetime | None:
    try:
        end = datetime.fromisoformat(str(rule.get("end_date_time")))
    except ValueError:
        return None
    return end if end.tzinfo else end.replace(tzinfo=UTC)
