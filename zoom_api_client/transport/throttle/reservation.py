"""One request's way to its turn, shared by threads and event loops: they differ only in how they wait."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Final, Self

import attrs

from zoom_api_client.core.returns import Returns
from zoom_api_client.core.steps import Call, Sleep, Steps
from zoom_api_client.errors import ConnectionFailed
from zoom_api_client.transport.throttle.clock import Clock
from zoom_api_client.transport.throttle.policy import Reservation
from zoom_api_client.transport.throttle.stores import Store

_TRIES: Final = 5


@attrs.define
class Trip:
    """What turns of one store share: the shortest time of the way there and back, and what is being given back."""

    seconds: float = float("inf")
    returns: Returns = attrs.field(factory=Returns)


class Turn:
    """Reserves, and reserves again if the caller comes too late: a late request would fall into others' window.

    What was reserved and not taken is given back at the end of the `with` block.

    Args:
        ask: reserves a place within the seconds given.
        store: keeps the reservation.
        clock: the throttle's.
        patience: seconds to wait at most.
        slack: seconds that a request may be late.
        trip: common to all turns of a store. What every request loses on the way is not lateness.
    """

    def __init__(
        self,
        ask: Callable[[float], Reservation],
        store: Store,
        clock: Clock,
        *,
        patience: float,
        slack: float,
        trip: Trip,
    ) -> None:
        self._ask, self._store, self._clock, self._trip = ask, store, clock, trip
        self._slack, self._gives_up = slack, clock.now() + patience
        self._reservation: Reservation | None = None
        self._due = 0.0
        self._left = _TRIES  # a machine that is late each time is evenly late, and must send in the end

    def wait_steps(self) -> Steps[None]:
        """Reserve a place, and wait for it."""
        if self._reservation is None:
            yield from self._reserve_steps()
        while True:
            if self._delay > 0:
                yield Sleep(self._delay)
            if self._left <= 0 or not self._is_late:
                return
            yield from self._reserve_steps()

    def take_steps(self) -> Steps[bool]:
        """Take the place, for a request that has a connection now; False if it is to come back at another turn.

        Who waited too long for the connection reserves anew. It keeps its connection for a turn that is at hand, and
        after several tries for any: it must send in the end.
        """
        if self._is_late:
            yield from self._reserve_steps()
            if self._left > 0 and self._delay > self._slack:
                return False
            if self._delay > 0:
                yield Sleep(self._delay)
        self.take()
        return True

    def take(self) -> None:
        """Take the place: it is not given back any more."""
        self._reservation = None

    @property
    def _delay(self) -> float:
        return max(0.0, self._due - self._clock.now())

    @property
    def _is_late(self) -> bool:
        return self._clock.now() - self._due > self._slack

    def _reserve_steps(self) -> Steps[None]:
        yield Call(self._trip.returns.before(self._reserve), self._store.may_block, self._undo_call)

    def _reserve(self) -> None:
        self._release()
        self._left -= 1
        asked = self._clock.now()
        reservation = self._ask(max(0.0, self._gives_up - asked))
        self._trip.seconds = min(self._clock.now() - asked, self._trip.seconds)
        self._due, self._reservation = asked + self._trip.seconds + reservation.wait, reservation

    def _release(self) -> None:
        reservation, self._reservation = self._reservation, None
        if reservation:
            self._store.release(reservation)

    def _undo_call(self, call: Future[None]) -> None:
        self._trip.returns.begin(partial(self._undo, call))

    def _undo(self, call: Future[None] | None = None) -> None:
        if call is not None and not call.cancelled():
            call.exception()  # waits for it
        with suppress(ConnectionFailed):
            self._release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give back what was not taken, without waiting for it: a task that was cancelled waits no more."""
        if self._reservation is not None and self._store.may_block:
            self._trip.returns.begin(self._undo)
        else:
            self._undo()
