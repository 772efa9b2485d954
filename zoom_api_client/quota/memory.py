"""Counts in memory: for one process, all its threads and event loops."""

from __future__ import annotations

from threading import Lock
from typing import Final

from zoom_api_client.quota.base import Clock, Store
from zoom_api_client.quota.window import Admitted, AttemptRefused, Rule, Usage, midnight

_SWEEP_EVERY: Final = 4096  # attempts
_NONE: Final = Usage()


class MemoryStore(Store):
    """Keeps what users have used behind one lock; it is held for some microseconds."""

    may_block = False

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._users: dict[str, Usage] = {}
        self._names: dict[str, tuple[str, int]] = {}
        self._calls = 0

    def acquire(self, user: str, rule: Rule) -> Admitted | AttemptRefused:
        with self._lock:
            now = self._clock()
            self._sweep(now)
            usage = self._users.get(user, _NONE).drop_implausible(now)
            verdict = rule.admit(usage, now)
            if isinstance(verdict, Admitted):
                self._users[user] = usage.add(verdict.stamp)
            return verdict

    def refund(self, user: str, stamp: int) -> None:
        with self._lock:
            if user in self._users:
                self._users[user] = self._users[user].remove(stamp)

    def usage(self, user: str) -> tuple[Usage, int]:
        with self._lock:
            return self._users.get(user, _NONE), self._clock()

    def hold(self, user: str, until: int | None) -> None:
        with self._lock:
            now = self._clock()
            self._users[user] = self._users.get(user, _NONE).drop_implausible(now).hold(until or midnight(now))

    def recall(self, name: str) -> str | None:
        with self._lock:
            user, ends = self._names.get(name, (None, 0))
            return user if ends > self._clock() else None

    def remember(self, name: str, user: str, seconds: float) -> None:
        with self._lock:
            self._names[name] = user, self._clock() + round(seconds * 1e6)

    def merge(self, name: str, user: str) -> None:
        with self._lock:
            if other := self._users.pop(name, None):
                self._users[user] = self._users.get(user, _NONE).merge(other)

    def close(self) -> None:
        pass

    def __len__(self) -> int:
        """Return how many things are remembered."""
        return len(self._users) + len(self._names)

    def _sweep(self, now: int) -> None:
        """Forget what is over, once in a while."""
        self._calls += 1
        if self._calls % _SWEEP_EVERY == 0:
            self._users = {user: usage for user, usage in self._users.items() if usage.ends > now}
            self._names = {name: meant for name, meant in self._names.items() if meant[1] > now}
