"""Times in the headers of an answer: those of HTTP, and the ISO 8601 that Zoom writes."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_YEARS = range(1970, 9000)  # with others one cannot reckon: Python's own time ends with the year 9999


def read(text: str | None) -> datetime | None:
    """Return the time of a header; None for what is none. Without a zone it is UTC."""
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse((text or "").strip())
        except (ValueError, OverflowError):  # the second for an hour, a year or a zone of twenty digits
            continue
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware if aware.year in _YEARS else None
    return None
