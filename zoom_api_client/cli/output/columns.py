"""Which fields of a resource a table shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

SCHEDULED = ("id", "topic", "start_time", "duration", "timezone", "join_url")
REGISTRANTS = ("id", "email", "first_name", "last_name", "status", "create_time")
"""Those of meetings and webinars, and of who registers for them."""

_RANKED = (
    "id", "uuid", "topic", "name", "display_name", "title", "first_name", "last_name", "email", "number", "type",
    "status", "direction", "start_time", "date_time", "duration", "role_name", "dept", "created_at", "create_time",
)  # fmt: skip
"""What people look for first, in any resource."""

_MOST = 7  # columns of a table, unless they are asked for


def choose(first: Sequence[dict[str, Any]], known: Sequence[str]) -> list[str]:
    """Return the columns of a table: those of the resource that it has, else its plain fields, the usual ones first."""
    names = dict.fromkeys(name for row in first for name in row)
    if found := [name for name in known if name in names]:
        return found
    plain = [name for name in names if _is_plain(name, first)]
    plain.sort(key=lambda name: _RANKED.index(name) if name in _RANKED else len(_RANKED))
    return plain[:_MOST] or list(names)[:_MOST]


def _is_plain(name: str, first: Sequence[dict[str, Any]]) -> bool:
    return "." not in name and not any(isinstance(row.get(name), dict | list) for row in first)
