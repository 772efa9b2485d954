"""Days and ranges of time as Zoom's parameters take them: days in UTC, ranges cut into months."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from zoom_api_client.core.unset import UNSET, Unset

Moment = date | datetime | str
D = TypeVar("D", bound=date)

_DAY = timedelta(days=1)
_LONGEST = timedelta(days=29)  # from the first day of 30 to the last


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


def day(moment: Moment | Unset) -> date | Unset:
    """Return the day that a moment stands for: of an aware datetime that in UTC, of a naive one its own."""
    read = _read(moment)
    if isinstance(read, datetime):
        return (read.astimezone(UTC) if read.tzinfo else read).date()
    return read


def days(first: Moment | Unset, last: Moment | Unset) -> tuple[date, date] | None:
    """Return a range of days, which ends today (UTC) if nothing else is said; None if there is none."""
    begin, end = day(first), day(last)
    if isinstance(begin, Unset):
        _refuse_lone_end(last)
        return None
    return _check_order(begin, now().date() if isinstance(end, Unset) else end)


def times(first: Moment | Unset, last: Moment | Unset) -> tuple[date, date] | None:
    """Return a range of days, or of times if one of the two is a time: a day then counts from its start to its end.

    Times are whole seconds, as Zoom takes them, with the parts of seconds inside the range. Raises `ValueError` for a
    naive time, which says nothing of its time zone.
    """
    begin, end = _read(first), _read(last)
    if not isinstance(begin, datetime) and not isinstance(end, datetime):
        return days(begin, end)
    if isinstance(begin, Unset):
        _refuse_lone_end(last)
        return None
    until = now() if isinstance(end, Unset) else _instant(end, time.max)
    return _check_order(_instant(begin, time.min).replace(microsecond=0), _next_second(until))


def months(first: D, last: D) -> list[tuple[D, D]]:
    """Cut a range into parts of at most a month, the latest first.

    A part is no more than a month in any reading: it ends a day before the same day of the next month, and has 30 days
    at most, the last one counted. Parts of days lie side by side; parts of times share their borders, so that nothing
    falls between.
    """
    gap = timedelta() if isinstance(first, datetime) else _DAY
    parts = []
    while True:
        end = min(_later(first, 1) - _DAY, first + _LONGEST, last)
        parts.append((first, end))
        if end >= last:
            return parts[::-1]
        first = end + gap


def month_ranges(from_: Moment, to: Moment | Unset = UNSET) -> list[tuple[date, date]]:
    """Cut a range into what Zoom takes at a time: parts of at most a month, the latest first.

        for first, last in month_ranges("2026-01-01"):
            for call in zoom.api.phone.get_accounts_call_history.all(from_=first, to=last):
                print(call)

    Lists by name (`zoom.recordings.list`, `zoom.phone.list_call_logs`) do so by themselves.

    Args:
        from_: the first day, or an aware datetime.
        to: the last day, or an aware datetime; today or now (UTC) unless given.
    """
    span = times(from_, to)
    return months(*span) if span else []


def six_months_ago() -> date:
    """Return the day of six months ago, UTC."""
    return _later(now().date(), -6)


def _read(moment: Any) -> date | Unset:
    if isinstance(moment, str):
        return _parse(moment)
    if not isinstance(moment, date | Unset):
        says = f"{moment!r} is not a day or a time, but of type {type(moment).__name__}"
        raise TypeError(f"{says}: give from_ and to as a date, a datetime, or text such as 2026-03-31")
    return moment


def _parse(text: str) -> date:
    for parse in (date.fromisoformat, datetime.fromisoformat):
        try:
            return parse(text.strip())
        except ValueError:
            continue
    raise ValueError(f"{text!r} is not a day or a time: write 2026-03-31, or 2026-03-31T09:30:00Z")


def _instant(moment: date, of_a_day: time) -> datetime:
    if not isinstance(moment, datetime):
        return datetime.combine(moment, of_a_day, UTC)
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone, and Zoom takes none here: give it one")
    return moment.astimezone(UTC)


def _next_second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0) + timedelta(seconds=1 if moment.microsecond else 0)


def _later(moment: D, count: int) -> D:
    """Return the same day of a later month, or the last day of that month if it is shorter."""
    years, month = divmod(moment.month - 1 + count, 12)
    year = moment.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last))


def _check_order(first: D, last: D) -> tuple[D, D]:
    if first > last:
        raise ValueError(f"the range ends ({last.isoformat()}) before it begins ({first.isoformat()})")
    return first, last


def _refuse_lone_end(last: Moment | Unset) -> None:
    if last is not UNSET:
        raise ValueError("to says where the range ends; say with from_ where it begins")
