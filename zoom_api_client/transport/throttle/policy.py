"""Decides when a request may go. Pure: nothing sleeps and nothing is sent.

A request gets a reservation: the earliest moment at which it and the reservations before it keep the limit. Who waits
has its moment already, so nobody wakes to find the place taken. The window slides: any `requests + 1` reservations in
a row span at least `seconds`, which are a margin longer than Zoom's, because what leaves in time arrives with jitter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import attrs

DAY: Final = 86_400.0  # seconds
_SPREAD: Final = 0.5


@attrs.frozen
class Claim:
    """A request's claim on a limit. `patience` is how long it is ready to wait, in seconds."""

    account: str
    key: str
    requests: int
    seconds: float
    day_key: str
    per_day: int | None
    patience: float

    @property
    def pace(self) -> float:
        """The least distance of two requests: a full window is spread over half a second, never a burst.

        What leaves at once arrives at odds. Measured, four processes: without this 81 of 80 arrived within a second.
        """
        return _SPREAD / self.requests


@attrs.frozen
class Granted:
    """The request may go at this moment; it counts for this day."""

    at: float
    day: int


@attrs.frozen
class Reservation:
    """A claim's place: the seconds to wait for it, its moment on the store's clock, and the day it counts for."""

    claim: Claim
    wait: float
    at: float
    day: int


@attrs.frozen
class ReservationRefused:
    """The request may not go within its patience; in `after` seconds it could."""

    after: float
    daily: bool


def claim(
    account: str,
    key: str,
    day_key: str,
    *,
    requests: int,
    seconds: float,
    per_day: int | None,
    share: float,
    margin: float,
    patience: float,
) -> Claim:
    """Return the claim on a share of an allowance. Less than one request in a window becomes one in a longer window."""
    ours = requests * share
    return Claim(
        account=account,
        key=key,
        requests=max(1, int(ours)),
        seconds=seconds / min(1.0, ours) + margin,
        day_key=day_key,
        per_day=None if per_day is None else max(1, int(per_day * share)),
        patience=patience,
    )


def decide(
    claim: Claim,
    reserved: Sequence[float],
    *,
    held_until: float,
    day_held_until: float,
    used: Callable[[int], int],
    now: float,
    epoch: float,
) -> Granted | ReservationRefused:
    """Return the claim's reservation, or the refusal.

    Args:
        claim: what is asked for.
        reserved: the reservations before it, oldest first.
        held_until: until when Zoom takes none; `day_held_until` the same for the day's limit.
        day_held_until: see `held_until`.
        used: how many requests count for a day, given as the number of days since 1970 (UTC).
        now: the moment of asking, on any clock that does not jump.
        epoch: what to add to that clock for the time since 1970.
    """
    free = max(now, held_until)
    if len(reserved) >= claim.requests:
        free = max(free, reserved[-claim.requests] + claim.seconds)
    at = max(free, reserved[-1] + claim.pace) if reserved else free
    if day_held_until > at:
        return ReservationRefused(day_held_until - now, daily=True)
    day = int((at + epoch) // DAY)
    if claim.per_day is not None and used(day) >= claim.per_day:
        return ReservationRefused((day + 1) * DAY - epoch - now, daily=True)
    if free - now > claim.patience:
        return ReservationRefused(free - now, daily=False)
    return Granted(at, day)
