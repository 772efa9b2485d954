"""Days: the range of a list, where Zoom has a usual one and a longest one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from zoom_api_client.testing.simulator.call import Call


def clamp(call: Call, *, longest: timedelta, usual: timedelta) -> None:
    """Give a call the range that is answered: the usual one if it asks for none, and of a longer one the last part."""
    last = _read(call.query["to"]) if "to" in call.query else call.state.clock.now()
    first = _read(call.query["from"]) if "from" in call.query else last - usual
    if "to" not in call.query:
        call.query["to"] = last.date().isoformat()
    if "from" not in call.query or first < last - longest:
        call.query["from"] = max(first, last - longest).date().isoformat()


def _read(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
