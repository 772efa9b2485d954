"""A stand-in until the simulator's own clock lands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """The time of the machine, moved on."""

    def __init__(self) -> None:
        self._offset = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def advance(self, by: float | timedelta) -> None:
        self._offset += by if isinstance(by, timedelta) else timedelta(seconds=by)

    def schedule(self, due: datetime, callback: Callable[[], None]) -> None: ...

    def run_due(self) -> None: ...
