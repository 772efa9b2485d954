"""Reservations in memory: for one process, all its threads and event loops."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from threading import Lock
from typing import Final

from zoom_api_client.transport.throttle.clock import Clock
from zoom_api_client.transport.throttle.limits import MOST
from zoom_api_client.transport.throttle.policy import Claim, Granted, Reservation, ReservationRefused, decide

_SWEEP_EVERY: Final = 4096  # reservations

_Key = tuple[str, str]


class MemoryStore:
    """Keeps reservations behind one lock; it is held for some microseconds."""

    may_block = False

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._reserved: dict[_Key, deque[float]] = {}
        self._dies_at: dict[_Key, float] = {}
        self._holds: dict[_Key, float] = {}
        self._days: dict[tuple[str, str, int], int] = {}
        self._calls = 0

    def reserve(self, claim: Claim) -> Reservation | ReservationRefused:
        window = (claim.account, claim.key)
        with self._lock:
            now, epoch = self._times()
            self._sweep(now, epoch)
            verdict = decide(
                claim,
                self._reserved.get(window, ()),
                held_until=self._holds.get(window, now),
                day_held_until=self._holds.get((claim.account, claim.day_key), now),
                used=lambda day: self._days.get((claim.account, claim.day_key, day), 0),
                now=now,
                epoch=epoch,
            )
            if isinstance(verdict, Granted):
                self._keep(claim, verdict)
                return Reservation(claim, verdict.at - now, verdict.at, verdict.day)
            return verdict

    def release(self, reservation: Reservation) -> None:
        claim = reservation.claim
        day = (claim.account, claim.day_key, reservation.day)
        with self._lock:
            with suppress(KeyError, ValueError):  # it is over
                self._reserved[claim.account, claim.key].remove(reservation.at)
            if claim.per_day is not None and self._days.get(day):
                self._days[day] -= 1

    def hold(self, account: str, key: str, seconds: float) -> None:
        with self._lock:
            until = self._clock.now() + seconds
            self._holds[account, key] = max(until, self._holds.get((account, key), until))

    def close(self) -> None:
        pass

    def __len__(self) -> int:
        """Return how many things are remembered."""
        return len(self._reserved) + len(self._holds) + len(self._days)

    def _times(self) -> tuple[float, float]:
        now = self._clock.now()
        return now, self._clock.wall() - now

    def _keep(self, claim: Claim, granted: Granted) -> None:
        key = (claim.account, claim.key)
        self._reserved.setdefault(key, deque(maxlen=MOST)).append(granted.at)
        self._dies_at[key] = granted.at + claim.seconds
        if claim.per_day is not None:
            day = (claim.account, claim.day_key, granted.day)
            self._days[day] = self._days.get(day, 0) + 1

    def _sweep(self, now: float, epoch: float) -> None:
        """Forget what is over, once in a while: thousands of accounts come and go."""
        self._calls += 1
        if self._calls % _SWEEP_EVERY:
            return
        for key in [key for key, dies_at in self._dies_at.items() if dies_at < now]:
            del self._reserved[key], self._dies_at[key]
        for key in [key for key, until in self._holds.items() if until < now]:
            del self._holds[key]
        today = int((now + epoch) // 86_400)
        for day in [day for day in self._days if day[2] < today]:
            del self._days[day]
