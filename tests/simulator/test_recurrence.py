"""Recurrence: the occurrences of a series are those that a calendar would have."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from zoom_api_client.testing.simulator import recurrence

FIRST = datetime(2026, 3, 27, 9, tzinfo=ZoneInfo("Europe/Berlin"))
"""A Friday, before the clocks of Berlin are changed on the 29th."""


def _days(**rule: Any) -> list[str]:
    return [f"{each:%m-%d}" for each in recurrence.starts(rule, FIRST)]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ({"type": 1, "repeat_interval": 2, "end_times": 3}, ["03-27", "03-29", "03-31"]),
        ({"type": 2, "end_times": 2}, ["03-27", "04-03"]),
        ({"type": 2, "weekly_days": "2,6", "end_times": 3}, ["03-27", "03-30", "04-03"]),
        ({"type": 2, "weekly_days": "1", "repeat_interval": 2, "end_times": 2}, ["04-05", "04-19"]),
        ({"type": 3, "monthly_day": 15, "end_times": 2}, ["04-15", "05-15"]),
        ({"type": 3, "monthly_day": 31, "end_times": 3}, ["03-31", "05-31", "07-31"]),
        ({"type": 3, "monthly_week": -1, "monthly_week_day": 6, "end_times": 2}, ["03-27", "04-24"]),
        (
            {"type": 3, "monthly_week": 1, "monthly_week_day": 2, "repeat_interval": 2, "end_times": 2},
            ["05-04", "07-06"],
        ),
    ],
)
def test_a_series_takes_place_on_the_days_that_zoom_means(rule: dict[str, Any], days: list[str]) -> None:
    """Zoom counts weekdays from Sunday, 1, and the last week of a month as -1; a month without a 31st is left out."""
    assert _days(**rule) == days


def test_the_time_of_the_day_stays_when_clocks_are_changed() -> None:
    """A meeting at nine in Berlin begins at eight in UTC in winter, and at seven in summer."""
    days = recurrence.starts({"type": 1, "repeat_interval": 3, "end_times": 2}, FIRST)
    assert [each.astimezone(UTC).hour for each in days] == [8, 7]


def test_a_series_ends_at_its_end() -> None:
    """`end_date_time` is a moment in UTC: what begins at it is the last."""
    assert _days(type=1, end_date_time="2026-03-29T07:00:00Z") == ["03-27", "03-28", "03-29"]
    assert _days(type=1, end_date_time="2026-03-29T06:59:59Z") == ["03-27", "03-28"]


def test_a_series_without_an_end_has_as_many_as_zoom_keeps() -> None:
    """0 is no end, and there are 60 then; without a word of its end there is one, as Zoom's documents say."""
    assert len(_days(type=1, end_times=0)) == recurrence.MOST
    assert _days(type=1) == ["03-27"]


@pytest.mark.parametrize(
    "rule",
    [
        {"type": 3, "monthly_day": 31, "repeat_interval": 10**12, "end_times": 9},
        {"type": 2, "weekly_days": "Monday", "repeat_interval": 10**12, "end_times": 9},
        {"type": 77, "end_times": -4, "end_date_time": "soon"},
        {"type": 3, "monthly_week": 99, "monthly_week_day": -5},
    ],
)
def test_a_rule_of_nonsense_ends(rule: dict[str, Any]) -> None:
    """A simulator takes what strangers send: no rule may hang or break it."""
    assert len(recurrence.starts(rule, FIRST)) <= recurrence.MOST
