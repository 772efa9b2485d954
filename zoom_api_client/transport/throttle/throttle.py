"""The throttle: asks the store for a place, waits for it or raises, and learns from the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Literal

from zoom_api_client.core.checks import check_number
from zoom_api_client.core.operation import Operation
from zoom_api_client.core.steps import Call, Steps, perform
from zoom_api_client.errors import ConnectionFailed, Throttled
from zoom_api_client.storage.redis_client import RedisClient
from zoom_api_client.storage.url import state_file_url
from zoom_api_client.transport.requests import Target
from zoom_api_client.transport.throttle import limits
from zoom_api_client.transport.throttle.clock import Clock, SystemClock
from zoom_api_client.transport.throttle.headers import learn
from zoom_api_client.transport.throttle.observed_limits import ObservedLimits
from zoom_api_client.transport.throttle.policy import Claim, Reservation, ReservationRefused
from zoom_api_client.transport.throttle.reservation import Trip, Turn
from zoom_api_client.transport.throttle.stores import open_store


class Throttle:
    """Keeps every account below Zoom's rate limits. One throttle may serve any number of clients and accounts.

    Args:
        plan: the account's plan: free, pro, business, education, enterprise, partner or business+; or a function that
            returns the plan of an account.
        share: the part of the limits to use, from above 0 to 1: all apps of an account share them.
        store: `sqlite:///a/file.db` for all processes of a machine, `redis://…` or `redis+sentinel://…` for all
            machines that give the same URL, `memory://` for this process; or a redis-py client. If none is given:
            a file in the user's state directory; in memory where none can be written, and with a clock of its own.
        on_limit: `wait` for a place, at most `max_wait` seconds, or `raise` once the window is full: then a request
            waits half a second at most, for its place within the window. A day's limit is never waited for.
        max_wait: seconds.
        margin: seconds by which windows are longer than Zoom's: as much may the requests' ways to Zoom differ in time.
        clock: for tests.

    Its methods may wait. In an event loop, call them in a thread: `await asyncio.to_thread(throttle.wait, …)`.

    Raises `Throttled`, a `RateLimited`, for a request that is held back, and `ConnectionFailed` without the store.
    """

    def __init__(
        self,
        plan: str | Callable[[str], str] = "pro",
        *,
        share: float = 1.0,
        store: str | RedisClient | None = None,
        on_limit: Literal["wait", "raise"] = "wait",
        max_wait: float = 60.0,
        margin: float = 0.08,
        clock: Clock | None = None,
    ) -> None:
        check_number("max_wait", max_wait)
        check_number("margin", margin)
        check_number("share", share)
        if not 0 < share <= 1:
            raise ValueError(f"share is {share}: give the part of the limits to use, above 0 and at most 1")
        if on_limit not in ("wait", "raise"):
            raise ValueError(f"on_limit is {on_limit!r}: give 'wait' or 'raise'")
        self._patience = max_wait if on_limit == "wait" else 0.0
        self._margin = margin
        self._clock = clock or SystemClock()
        self._observed = ObservedLimits(_plans(plan), share=share, margin=margin)
        if store is None:
            store = "memory://" if clock else state_file_url("throttle.db", "the throttle")
        self._store = open_store(store, self._clock)
        self._trip = Trip()

    def reserve(self, account: str, target: Target, *, patience: float | None = None) -> float:
        """Reserve a place for a request, and return the seconds to wait before it is sent.

        Args:
            account: whose limits they are: any name that is one account's own.
            target: the operation, or the method and the path below the base URL.
            patience: seconds to wait at most, instead of the throttle's.
        """
        return self._reserve(account, target, self._patience if patience is None else patience).wait

    def wait(self, account: str, target: Target) -> None:
        """Wait until the request may be sent."""
        perform(self.wait_steps(account, target))

    def wait_steps(self, account: str, target: Target) -> Steps[None]:
        """Take the steps of `wait`."""
        with self.turn(account, target) as turn:
            yield from turn.wait_steps()
            turn.take()

    def turn(self, account: str, target: Target) -> Turn:
        """Return the turn of a request, to be entered: what is reserved and not taken is given back in the end."""
        return Turn(
            partial(self._reserve, account, target),
            self._store,
            self._clock,
            patience=self._patience,
            slack=self._margin / 2,
            trip=self._trip,
        )

    def learn(self, account: str, target: Target, status: int, headers: Mapping[str, str]) -> None:
        """Learn from an answer: the label and the limit that Zoom names, and for how long it takes no more.

        Nothing is raised without the store: the answer is there, and the next request will say so.
        """
        perform(self.learn_steps(account, target, status, headers))

    def learn_steps(self, account: str, target: Target, status: int, headers: Mapping[str, str]) -> Steps[None]:
        """Take the steps of `learn`."""
        lesson = learn(status, headers, datetime.fromtimestamp(self._clock.wall(), UTC))
        key = self._observed.take(account, target, lesson)
        if lesson.pause:
            yield Call(partial(self._hold, account, key, lesson.pause), self._store.may_block)

    def close(self) -> None:
        """Close the store's connections."""
        self._store.close()

    def _reserve(self, account: str, target: Target, patience: float) -> Reservation:
        claim = self._observed.claim(account, target, patience)
        verdict = self._store.reserve(claim)
        if isinstance(verdict, ReservationRefused):
            raise self._make_error(claim, verdict, target)
        return verdict

    def _hold(self, account: str, key: str, seconds: float) -> None:
        with suppress(ConnectionFailed):
            self._store.hold(account, key, seconds)

    def _make_error(self, claim: Claim, verdict: ReservationRefused, target: Target) -> Throttled:
        return Throttled(
            claim.key.replace(":", " ").strip(),
            claim.account,
            datetime.fromtimestamp(self._clock.wall() + verdict.after, UTC),
            daily=verdict.daily,
            operation=target if isinstance(target, Operation) else None,
        )


def _plans(plan: str | Callable[[str], str]) -> Callable[[str], str]:
    if callable(plan):
        return lambda account: limits.find_plan(plan(account))
    named = limits.find_plan(plan)
    return lambda _: named
