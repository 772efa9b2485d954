"""Reads what an answer tells about the limits. Pure: the throttle acts on it.

Zoom sends `X-RateLimit-Category`, `-Type` (`QPS`, `Daily-limit`), `-Limit`, `-Remaining` and, with 429, `Retry-After`.
A 429 of a limit per user comes without Type and Retry-After and with plenty Remaining: it says nothing of the account.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import attrs

from zoom_api_client.transport import http_date, responses
from zoom_api_client.transport.throttle.labels import find_label

_LONGEST = 86_400.0  # seconds: a day


@attrs.frozen
class Lesson:
    """The label that counted, the limit it has, and for how many seconds nothing more is taken (0: no pause)."""

    label: str | None = None
    limit: int | None = None
    daily: bool = False
    pause: float = 0.0


def learn(status: int, headers: Mapping[str, str], now: datetime) -> Lesson:
    """Read an answer that came at `now`."""
    said = {name.lower(): text.strip() for name, text in headers.items()}
    kind = said.get("x-ratelimit-type", "").lower()
    lesson = Lesson(
        label=find_label(said.get("x-ratelimit-category")),
        limit=_number(said.get("x-ratelimit-limit")) if kind else None,
        daily=kind.startswith("daily"),
    )
    remaining = _number(said.get("x-ratelimit-remaining"))
    used_up = remaining is not None and remaining <= 0
    if not (status == 429 or (lesson.daily and used_up)):
        return lesson
    theirs = http_date.read(said.get("date")) or now  # Zoom's clock at that moment, if ours is wrong
    until = responses.retry_at(said.get("retry-after"), theirs)
    if until is None and not kind and remaining and remaining > 0:
        return lesson
    return attrs.evolve(lesson, pause=min(_LONGEST, _pause(lesson.daily, until, theirs)))


def _pause(daily: bool, until: datetime | None, now: datetime) -> float:
    if until is not None:
        return max(0.0, (until - now).total_seconds())
    if daily:
        midnight = (now.astimezone(UTC) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        return (midnight - now).total_seconds()
    return 1.0


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
