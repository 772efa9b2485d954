"""Days: the range of a list, where Zoom has a usual one and a longest one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from zoom_api_client.testing.simulator.call import Call

_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


def clamp(call: Call, *, longest: timedelta, usual: timedelta) -> None:
    """Give a call the range that is answered: the usual one if it asks for none, and of a longer one the last part."""
    last = read(call.query["to"]) if "to" in call.query else call.state.clock.now()
    first = read(call.query["from"]) if "from" in call.query else last - usual
    if "to" not in call.query:
        call.query["to"] = last.date().isoformat()
    if "from" not in call.query or first < last - longest:
        call.query["from"] = max(first, last - longest).date().isoformat()


def read(text: str) -> datetime:
    """Return the moment that a text is, in UTC unless it says otherwise; what lies too far back is 1970."""
    moment = datetime.fromisoformat(text)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC) if aware > _EARLIEST else _EARLIEST
