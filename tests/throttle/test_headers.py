"""What an answer teaches."""

from datetime import UTC, datetime
from typing import Any

import pytest

from zoom_api_client.transport.throttle.headers import Lesson, learn

NOON = datetime(2026, 5, 30, 12, tzinfo=UTC)
QPS: dict[str, str] = {"X-RateLimit-Category": "Light", "X-RateLimit-Type": "QPS", "X-RateLimit-Limit": "30"}
DAILY: dict[str, str] = {
    "X-RateLimit-Category": "Heavy",
    "X-RateLimit-Type": "Daily-limit",
    "X-RateLimit-Limit": "30000",
}


@pytest.mark.parametrize(
    ("status", "headers", "lesson"),
    [
        (200, {}, {}),
        (200, {**QPS, "X-RateLimit-Remaining": "29"}, {"label": "light", "limit": 30}),
        (200, {**QPS, "X-RateLimit-Remaining": "0"}, {"label": "light", "limit": 30}),
        (200, {**QPS, "X-RateLimit-Limit": "many"}, {"label": "light"}),
        (200, {"x-ratelimit-category": "Medium", "x-ratelimit-limit": "9"}, {"label": "medium"}),
        (200, {**DAILY, "X-RateLimit-Remaining": "5"}, {"label": "heavy", "limit": 30_000, "daily": True}),
        (
            200,
            {**DAILY, "X-RateLimit-Remaining": "0"},
            {"label": "heavy", "limit": 30_000, "daily": True, "pause": 43_200.0},
        ),
        (429, QPS, {"label": "light", "limit": 30, "pause": 1.0}),
        (429, {**QPS, "Retry-After": "3"}, {"label": "light", "limit": 30, "pause": 3.0}),
        (429, {**QPS, "Retry-After": "2026-05-30T12:00:02Z"}, {"label": "light", "limit": 30, "pause": 2.0}),
        (429, {**QPS, "Retry-After": "Sat, 30 May 2026 12:00:05 GMT"}, {"label": "light", "limit": 30, "pause": 5.0}),
        (429, {**QPS, "Retry-After": "2026-05-30T11:00:00Z"}, {"label": "light", "limit": 30}),
        (
            429,
            {**QPS, "Retry-After": "2026-05-30T15:00:02Z", "Date": "Sat, 30 May 2026 15:00:00 GMT"},
            {"label": "light", "limit": 30, "pause": 2.0},
        ),
        (429, {**QPS, "Date": "yesterday"}, {"label": "light", "limit": 30, "pause": 1.0}),
        (
            429,
            {**DAILY, "Retry-After": "2026-05-31T00:00:00Z"},
            {"label": "heavy", "limit": 30_000, "daily": True, "pause": 43_200.0},
        ),
        (429, DAILY, {"label": "heavy", "limit": 30_000, "daily": True, "pause": 43_200.0}),
        (
            429,
            {**DAILY, "Retry-After": "2030-01-01T00:00:00Z"},
            {"label": "heavy", "limit": 30_000, "daily": True, "pause": 86_400.0},
        ),
        (429, {}, {"pause": 1.0}),
        (429, {"X-RateLimit-Category": "Light", "X-RateLimit-Remaining": "5000"}, {"label": "light"}),
        (429, {"Retry-After": "2"}, {"pause": 2.0}),
        (500, QPS, {"label": "light", "limit": 30}),
    ],
)
def test_an_answer_is_read_rightly(status: int, headers: dict[str, str], lesson: dict[str, Any]) -> None:
    """A row for each kind of answer."""
    assert learn(status, headers, NOON) == Lesson(**lesson)


@pytest.mark.parametrize(
    "odd",
    [
        "-1",
        "nan",
        "1e400",
        "9" * 5000,
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 -2359",
        "0001-01-01T00:00:00+23:59",
        "Thu, 01 Jan 2026 00:00:00 +99999999999999999",
        "1 Jan 99999999999999999999 00:00:00 GMT",
        "1 Jan 2026 9999999999999999999:00:00 GMT",
    ],
    ids=lambda odd: odd[:40],
)
def test_an_odd_header_is_neither_a_failure_nor_an_endless_pause(odd: str) -> None:
    """A proxy may write it; the standard library ends in an OverflowError for some."""
    for name in ("Retry-After", "Date", "X-RateLimit-Limit", "X-RateLimit-Remaining"):
        for beside in ({}, QPS, DAILY, {"Retry-After": "99999999"}):
            assert 0 <= learn(429, {**beside, name: odd}, NOON).pause <= 86_400
