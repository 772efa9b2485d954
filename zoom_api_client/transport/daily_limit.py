"""Whether a 429 is about a limit of the day: told by its headers, by who is limited, and by the number in its text.

Zoom writes in the language of the account, so words alone decide nothing. `X-RateLimit-Type` says it where it comes.
The limit of a user (100 creates and updates of meetings and webinars) comes without Type and Retry-After, with plenty
left of the account's (`X-RateLimit-Remaining`), and with its number in the text: "… (100) …".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from zoom_api_client.core.operation import Operation

_NUMBER = re.compile(r"[(\uff08]\s*\d+\s*[)\uff09]")
_LONGEST_PAUSE = timedelta(minutes=10)  # of the limits below a day, chat's holds longest: five minutes


def is_daily(
    message: str, headers: Mapping[str, str], retry_at: datetime | None, operation: Operation[Any] | None, now: datetime
) -> bool:
    """Return whether a refusal with 429 stands until another day begins."""
    kind = headers.get("x-ratelimit-type", "").lower()
    if kind:
        return kind.startswith("daily")
    has_word = "daily" in message.lower()
    until = retry_at or _reset(headers.get("x-ratelimit-reset", ""))
    if until is not None:
        return has_word or until - now > _LONGEST_PAUSE
    return has_word or names_limit(message) or (_is_counted_per_user(operation) and _has_rest(message, headers))


def names_limit(message: str) -> bool:
    """Return whether a text has the number of a limit, as that of a user's limit does in any language."""
    return _NUMBER.search(message) is not None


def _is_counted_per_user(operation: Operation[Any] | None) -> bool:
    if operation is None:
        return False
    last = operation.path.rpartition("/")[2]
    created = operation.method == "POST" and operation.path.endswith(("/{userId}/meetings", "/{userId}/webinars"))
    return created or (operation.method == "PATCH" and last in ("{meetingId}", "{webinarId}"))


def _has_rest(message: str, headers: Mapping[str, str]) -> bool:
    """Return whether requests were left; two writes at once on one thing are refused so too, for a moment."""
    remaining = headers.get("x-ratelimit-remaining", "").strip()
    return remaining.isdecimal() and int(remaining) > 0 and "concurrent" not in message.lower()


def _reset(header: str) -> datetime | None:
    text = header.strip()
    return datetime.fromtimestamp(int(text), UTC) if text.isascii() and text.isdigit() and len(text) == 10 else None
