"""The results of the guard: an attempt that it let through, and the status of a user."""

from __future__ import annotations

from datetime import datetime

import attrs


@attrs.define
class Attempt:
    """A request that was let through, and is counted.

    Attributes:
        user: whose it is.
        at: when it was counted, in UTC: it counts for 24 hours from then, or to the end of that day.
        used: how many requests of the user counted then, this one included.
        remaining: how many were left.
    """

    user: str
    at: datetime
    used: int
    remaining: int
    _refunded: bool = attrs.field(default=False, init=False, repr=False, eq=False)


@attrs.frozen
class Status:
    """The status of a user: the limit, and how much of it is used.

    Attributes:
        limit: how many requests a user has in 24 hours.
        used: how many of them count now.
        remaining: how many are left.
        resets_at: when the next place comes free, in UTC; None if none is taken (`rolling`).
    """

    limit: int
    used: int
    remaining: int
    resets_at: datetime | None
