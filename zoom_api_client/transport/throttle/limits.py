"""Zoom's rate limits as data: what an account may send, by its plan, the operation's label and the product family.

https://developers.zoom.us/docs/api/rate-limits/
"""

from __future__ import annotations

from typing import Final

import attrs

LABELS: Final = ("light", "medium", "heavy", "resource-intensive")
PLANS: Final = ("free", "pro", "business+")
FAMILIES: Final = ("", "phone", "contact_center")

_SAME_AS_BUSINESS: Final = {"business", "education", "enterprise", "partner"}
_SHARED: Final = "heavy+resource-intensive"
_MINUTE: Final = 60  # seconds


@attrs.frozen
class Allowance:
    """A limit of `requests` in `seconds`, and of `per_day` a day (UTC), which operations with the same `day` share."""

    requests: int
    seconds: int
    per_day: int | None
    day: str


_Row = tuple[int, int, int | None, str]


def _rates(light: int, medium: int, heavy: int, resource: int, per_day: int) -> dict[str, _Row]:
    """Return the usual form of a table: only Heavy and Resource-intensive have a day's limit, and share it."""
    return {
        "light": (light, 1, None, "light"),
        "medium": (medium, 1, None, "medium"),
        "heavy": (heavy, 1, per_day, _SHARED),
        "resource-intensive": (resource, _MINUTE, per_day, _SHARED),
    }


_FREE: Final[dict[str, _Row]] = {
    "light": (4, 1, 6_000, "light"),
    "medium": (2, 1, 2_000, "medium"),
    "heavy": (1, 1, 1_000, "heavy"),
    "resource-intensive": (10, _MINUTE, 30_000, "resource-intensive"),
}

# Zoom gives Phone and Contact Center no figures for Free: the account's own hold, on counters of their own.
# It gives Contact Center none for Resource-intensive (no operation bears the label): Phone's hold.
_TABLES: Final[dict[tuple[str, str], dict[str, _Row]]] = {
    ("", "free"): _FREE,
    ("", "pro"): _rates(30, 20, 10, 10, 30_000),
    ("", "business+"): _rates(80, 60, 40, 20, 60_000),
    ("phone", "free"): _FREE,
    ("phone", "pro"): _rates(20, 10, 5, 5, 15_000),
    ("phone", "business+"): _rates(40, 20, 10, 10, 30_000),
    ("contact_center", "free"): _FREE,
    ("contact_center", "pro"): _rates(20, 10, 5, 5, 15_000),
    ("contact_center", "business+"): _rates(40, 20, 10, 10, 30_000),
}

MOST: Final = max(row[0] for table in _TABLES.values() for row in table.values())
"""The most requests that any window holds: no store needs to remember more."""


def find_plan(name: str) -> str:
    """Return the plan of the table for a plan's name: Business, Education, Enterprise and Partner have one table."""
    plan = name.strip().lower()
    if plan in _SAME_AS_BUSINESS:
        return "business+"
    if plan not in PLANS:
        known = ", ".join((*PLANS, *sorted(_SAME_AS_BUSINESS)))
        raise ValueError(f"{name!r} is not a Zoom plan; give one of {known}")
    return plan


def allowance(plan: str, label: str, family: str = "") -> Allowance:
    """Return the allowance of a plan (one of `PLANS`) for a label and a family (one of `FAMILIES`)."""
    return Allowance(*_TABLES[family, plan][label])
