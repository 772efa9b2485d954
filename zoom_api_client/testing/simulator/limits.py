"""Limits: what an account may send, by plan and label; what a user may create in a day; one write at a time on a thing.

The figures are those that the throttle of the client keeps to. https://developers.zoom.us/docs/api/rate-limits/
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any, Final
from urllib.parse import quote

import attrs

from zoom_api_client.quota.rules import CountedHost, find_host
from zoom_api_client.testing import parsing
from zoom_api_client.testing.contract import Match
from zoom_api_client.testing.error_answers import DAILY, PER_SECOND
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.simulator import registrations
from zoom_api_client.testing.simulator.state import Caller, State
from zoom_api_client.transport.throttle.labels import UNLABELLED, family
from zoom_api_client.transport.throttle.limits import Allowance, allowance, find_plan

PER_USER: Final = 100
"""Creates and updates of meetings and webinars, for each host and day (UTC)."""

_PER_USER_TEXT: Final = f"The daily rate limit ({PER_USER}) of Meeting Create/Update is reached for this user."
_REGISTRANT_TEXT: Final = "The daily rate limit ({}) is reached for the registrant {} of this meeting."
_CONCURRENT: Final = "Too many concurrent requests on this resource."
_WRITES: Final = ("PUT", "PATCH", "DELETE")  # two POSTs make two things


@attrs.define
class Window:
    """The requests of an account for one label: those of the last seconds, and the limit they fall under."""

    label: str
    allowance: Allowance
    times: deque[datetime] = attrs.field(factory=deque)

    def count(self, now: datetime) -> int:
        """Return how many requests there were in the seconds before now."""
        since = now - timedelta(seconds=self.allowance.seconds)
        while self.times and not since < self.times[0] <= now:  # a clock that was set back forgets what lies ahead
            self.times.popleft()
        return len(self.times)

    def headers(self, now: datetime) -> dict[str, str]:
        """Return what Zoom tells with every answer."""
        return {
            "X-RateLimit-Category": self.label.capitalize(),
            "X-RateLimit-Limit": str(self.allowance.requests),
            "X-RateLimit-Remaining": str(max(0, self.allowance.requests - self.count(now))),
        }


class Limits:
    """Refuses what is too much.

    Args:
        state: of the simulator: the clock, and who hosts which meeting.
        plan: of the account; None counts nothing.
    """

    def __init__(self, state: State, plan: str | None = None) -> None:
        self._state, self._clock, self._lock = state, state.clock, Lock()
        self._plan = find_plan(plan) if plan else None
        self._windows: dict[tuple[str, str, str], Window] = {}
        self._days: Counter[tuple[Any, ...]] = Counter()
        self._written: set[tuple[str, str]] = set()

    def admit(self, match: Match, request: IncomingRequest, caller: Caller) -> OutgoingAnswer | None:
        """Count a request, or return the refusal of one that is too much."""
        if self._plan is None:
            return None
        with self._lock:
            return self._count(match, request, caller)

    def headers(self, match: Match, caller: Caller) -> dict[str, str]:
        """Return the headers of an answer."""
        return {} if self._plan is None else self._window(match, caller).headers(self._clock.now())

    def clear(self) -> None:
        """Forget what was counted."""
        self._windows.clear()
        self._days.clear()

    def dump(self) -> dict[str, Any]:
        """Return what was counted, as JSON."""
        with self._lock:
            windows = [[*key, [each.isoformat() for each in window.times]] for key, window in self._windows.items()]
            days = [[day.isoformat(), *what, count] for (day, *what), count in self._days.items()]
        return {"windows": windows, "days": days}

    def load(self, dumped: Mapping[str, Any]) -> None:
        """Take what was counted in the place of all else; without a plan nothing is."""
        self.clear()
        for account, of, label, times in dumped["windows"] if self._plan else ():
            window = self._open(account, of, label)
            window.times.extend(map(datetime.fromisoformat, times))
        for day, *what, count in dumped["days"] if self._plan else ():
            self._days[(date.fromisoformat(day), *what)] = int(count)

    @contextmanager
    def writing(self, match: Match, caller: Caller) -> Iterator[OutgoingAnswer | None]:
        """Hold a resource while it is written; a second write that comes meanwhile gets the refusal instead."""
        resource = (caller.account, _path(match))
        counts = self._plan is not None and match.operation.method in _WRITES
        with self._lock:
            is_taken = counts and resource in self._written
            self._written |= {resource} if counts else set()
        try:
            yield _refuse(match, _CONCURRENT, self.headers(match, caller)) if is_taken else None
        finally:
            if counts and not is_taken:
                self._written.discard(resource)

    def _count(self, match: Match, request: IncomingRequest, caller: Caller) -> OutgoingAnswer | None:
        now, window = self._clock.now(), self._window(match, caller)
        if window.count(now) >= window.allowance.requests:
            return _refuse_rate(match, window, now)
        if not self._has_place("account", caller.account, window.allowance.day, most=window.allowance.per_day):
            return _refuse_day(match, window, now)
        counted = find_host("zoom", request.method, _path(match), _read_json(request))
        if counted and not self._has_place("user", self._find_user(counted, caller), most=PER_USER):
            return _refuse(match, _PER_USER_TEXT, window.headers(now))
        for each in registrations.find(match, _read_json(request)):
            if not self._has_place("registrant", *each.key, most=each.most):
                return _refuse(match, _REGISTRANT_TEXT.format(each.most, each.who), window.headers(now))
        window.times.append(now)
        return None

    def _has_place(self, *what: str, most: int | None) -> bool:
        """Count something of today (UTC), and tell whether that is within its limit of the day."""
        if most is None:
            return True
        key = (self._clock.now().date(), *what)
        if self._days[key] >= most:
            return False
        self._days[key] += 1
        return True

    def _find_user(self, counted: CountedHost, caller: Caller) -> str:
        """Return the id of the user who is counted: the host of a meeting; the name itself, if nobody knows it."""
        if counted.name == "me":
            return caller.user
        row = self._state.store.find(counted.account or caller.account, counted.kind, counted.name)
        if row is None:
            return counted.name
        return row.id if counted.kind == "users" else row.owner[-1]

    def _window(self, match: Match, caller: Caller) -> Window:
        label = match.operation.facts["x-zoom"].get("rate-limit") or UNLABELLED
        return self._open(caller.account, family(match.operation.path), label)

    def _open(self, account: str, of: str, label: str) -> Window:
        key = (account, of, label)
        if key not in self._windows:
            self._windows[key] = Window(label, allowance(self._plan or "", label, of))
        return self._windows[key]


def _refuse_rate(match: Match, window: Window, now: datetime) -> OutgoingAnswer:
    free_at = window.times[0] + timedelta(seconds=window.allowance.seconds)
    reset = str(int(free_at.timestamp()) + 1)
    return _refuse(match, PER_SECOND, {**window.headers(now), "X-RateLimit-Type": "QPS", "X-RateLimit-Reset": reset})


def _refuse_day(match: Match, window: Window, now: datetime) -> OutgoingAnswer:
    tomorrow = now.replace(hour=0, minute=0, second=0) + timedelta(days=1)
    said = {
        "X-RateLimit-Type": "Daily-limit",
        "X-RateLimit-Limit": str(window.allowance.per_day),
        "X-RateLimit-Remaining": "0",
        "Retry-After": f"{tomorrow:%Y-%m-%dT%H:%M:%SZ}",
    }
    return _refuse(match, DAILY, {**window.headers(now), **said})


def _refuse(match: Match, message: str, headers: dict[str, str]) -> OutgoingAnswer:
    answer = OutgoingAnswer.json(429, {"code": 429, "message": message}, operation=match.operation)
    return attrs.evolve(answer, headers={**answer.headers, **headers})


def _path(match: Match) -> str:
    """Return the path of a request below the base URL, filled, so that all who mean the same thing have the same."""
    return match.operation.path.format_map({name: quote(value, safe="") for name, value in match.path.items()})


def _read_json(request: IncomingRequest) -> Any:
    try:
        return parsing.read_json(request.body) if "json" in request.header("content-type") else None
    except ValueError:
        return None
