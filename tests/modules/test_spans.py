"""Days and ranges: nothing between two months is lost, and no time zone is made up."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

import pytest

from zoom_api_client import UNSET, month_ranges
from zoom_api_client.arguments import dates

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
TOKYO = timezone(timedelta(hours=9))


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dates, "now", lambda: NOW)


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        (date(2026, 3, 1), date(2026, 3, 1)),
        ("2026-03-01", date(2026, 3, 1)),
        (datetime(2026, 3, 1, 5, tzinfo=TOKYO), date(2026, 2, 28)),
        ("2026-03-01T05:00:00+09:00", date(2026, 2, 28)),
        ("2026-03-01T23:00:00Z", date(2026, 3, 1)),
        (datetime(2026, 3, 1, 5), date(2026, 3, 1)),
        (UNSET, UNSET),
    ],
)
def test_day_of_an_aware_datetime_is_that_in_utc(moment: dates.Moment, sent: date) -> None:
    """Zoom's days are UTC days: a morning in Tokyo is still the day before."""
    assert dates.day(moment) == sent


def test_text_that_is_not_a_day_is_refused() -> None:
    """Zoom would take today instead."""
    with pytest.raises(ValueError, match="not a day or a time: write 2026-03-31"):
        dates.day("03/31/2026")


@pytest.mark.parametrize("start", [date(2024, 1, 31), date(2025, 12, 1), date(2026, 1, 15), date(2026, 2, 28)])
@pytest.mark.parametrize("length", [0, 1, 27, 28, 29, 30, 31, 59, 365, 800])
def test_months_cover_every_day_once(start: date, length: int) -> None:
    """A day in no part is a recording that is never found; a part of over a month is silently shortened."""
    parts = dates.months(start, start + timedelta(days=length))
    covered = [first + timedelta(days=each) for first, last in parts for each in range((last - first).days + 1)]
    assert sorted(covered) == [start + timedelta(days=each) for each in range(length + 1)]
    assert all((last - first).days < 30 for first, last in parts)
    assert parts == sorted(parts, reverse=True)


def test_part_is_no_longer_than_the_shortest_reading_of_a_month() -> None:
    """Zoom says a month in one place and 30 days in the next, and not whether the last day counts."""
    short = [(date(2026, 4, 1), date(2026, 4, 30)), (date(2026, 2, 1), date(2026, 2, 28))]
    assert [dates.months(*each) for each in short] == [[each] for each in short]
    assert dates.months(date(2026, 1, 1), date(2026, 1, 31)) == [
        (date(2026, 1, 31), date(2026, 1, 31)),
        (date(2026, 1, 1), date(2026, 1, 30)),
    ]


@pytest.mark.parametrize("wrong", [1752105600, 1752105600.5, None, True, ["2026-03-01"]])
@pytest.mark.parametrize("read", [lambda it: dates.days(it, it), lambda it: dates.times(it, it), dates.day])
def test_what_is_neither_a_day_nor_a_time_is_refused(read: Any, wrong: Any) -> None:
    """A comparison of a number with a date that fails says nothing of `from_`."""
    with pytest.raises(TypeError, match=r"is not a day or a time, but of type .*: give from_ and to as a date"):
        read(wrong)


def test_months_of_times_leave_no_gap() -> None:
    """A call in the last second of a part belongs to it or to the next, or to both, and never to none."""
    first = datetime(2026, 1, 15, 8, tzinfo=UTC)
    parts = dates.months(first, datetime(2026, 3, 20, tzinfo=UTC))[::-1]
    assert (parts[0][0], parts[-1][1]) == (first, datetime(2026, 3, 20, tzinfo=UTC))
    assert all(earlier[1] == later[0] for earlier, later in pairwise(parts))
    assert all(last - begin <= timedelta(days=30) for begin, last in parts)


def test_range_ends_today_unless_told_otherwise() -> None:
    """Zoom wants an end where there is a beginning."""
    assert dates.days("2026-03-01", UNSET) == (date(2026, 3, 1), NOW.date())
    assert dates.times(datetime(2026, 3, 1, 5, tzinfo=TOKYO), UNSET) == (datetime(2026, 2, 28, 20, tzinfo=UTC), NOW)
    assert dates.days(UNSET, UNSET) is None is dates.times(UNSET, UNSET)


def test_day_beside_a_time_counts_from_its_start_to_its_end() -> None:
    """`to` a day means all of it."""
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert dates.times(noon, date(2026, 3, 2)) == (noon, datetime(2026, 3, 3, tzinfo=UTC))
    assert dates.times(date(2026, 3, 1), noon) == (datetime(2026, 3, 1, tzinfo=UTC), noon)


def test_parts_of_seconds_stay_inside_the_range() -> None:
    """Zoom takes whole seconds: cutting the end would lose what happened in the last one."""
    first, last = datetime(2026, 3, 1, 5, 0, 0, 700, UTC), datetime(2026, 3, 2, 5, 0, 0, 700, UTC)
    assert dates.times(first, last) == (first.replace(microsecond=0), datetime(2026, 3, 2, 5, 0, 1, tzinfo=UTC))


def test_naive_time_is_refused_where_zoom_takes_utc_only() -> None:
    """A Z stuck on it would mean another time."""
    with pytest.raises(ValueError, match="has no time zone"):
        dates.times(datetime(2026, 3, 1, 12), UNSET)


@pytest.mark.parametrize("read", [dates.days, dates.times])
def test_range_that_cannot_be_meant_is_refused(read: object) -> None:
    """Zoom answers both with an empty list or with today."""
    assert callable(read)
    with pytest.raises(ValueError, match=r"ends .* before it begins"):
        read("2026-03-02", "2026-03-01")
    with pytest.raises(ValueError, match="say with from_ where it begins"):
        read(UNSET, "2026-03-01")


def test_six_months_ago_is_a_day_that_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no 31st of February."""
    monkeypatch.setattr(dates, "now", lambda: datetime(2026, 8, 31, tzinfo=UTC))
    assert dates.six_months_ago() == date(2026, 2, 28)


def test_ranges_for_any_list_are_those_of_the_named_ones() -> None:
    """A list of `zoom.api` takes a month at most too, and users cut by hand what `zoom.recordings.list` cuts itself."""
    assert month_ranges("2026-02-15") == [
        (date(2026, 3, 15), date(2026, 3, 31)),
        (date(2026, 2, 15), date(2026, 3, 14)),
    ]
    [(first, last)] = month_ranges(NOW - timedelta(hours=1))
    assert (first, last) == (NOW - timedelta(hours=1), NOW)
