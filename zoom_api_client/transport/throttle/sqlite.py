"""Reservations in a SQLite file: for all processes of a machine."""

from __future__ import annotations

import random
import sqlite3
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Final

from zoom_api_client.core import codec
from zoom_api_client.storage.sqlite import SQLiteFile, counting, prepare
from zoom_api_client.transport.throttle.clock import Clock
from zoom_api_client.transport.throttle.limits import MOST
from zoom_api_client.transport.throttle.policy import DAY, Claim, Granted, Reservation, ReservationRefused, decide

_SWEEPS: Final = 1 / 1024  # the part of the reservations that sweep: thousands of accounts come and go

_ELSEWHERE: Final = 'Throttle(store="sqlite:///a/file.db"), or "memory://" for this process alone'

_SCHEMA: Final = (
    "CREATE TABLE IF NOT EXISTS windows (account TEXT, key TEXT, reserved TEXT NOT NULL, held_until REAL NOT NULL, "
    "written REAL NOT NULL, ends REAL NOT NULL, PRIMARY KEY (account, key)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS days (account TEXT, key TEXT, day INTEGER, used INTEGER NOT NULL, "
    "PRIMARY KEY (account, key, day)) WITHOUT ROWID",
)


class SQLiteStore:
    """Keeps a row for each window of an account, and one for each of its days.

    Moments are those of the machine's clock. After it was set back, a window stands as it did when it was written:
    nobody waits until the old time comes again, and no place is free too early.
    """

    may_block = True

    def __init__(self, path: Path, clock: Clock) -> None:
        self.path = path
        self._clock = clock
        self._file = SQLiteFile(path, partial(prepare, schema=_SCHEMA), timeout=0)

    def reserve(self, claim: Claim) -> Reservation | ReservationRefused:
        with self._transaction() as database:
            now = self._clock.wall()
            reserved, held_until = _window(database, claim.account, claim.key, now)
            verdict = decide(
                claim,
                reserved,
                held_until=held_until,
                day_held_until=_window(database, claim.account, claim.day_key, now)[1],
                used=partial(_count_used, database, claim),
                now=now,
                epoch=0.0,
            )
            if isinstance(verdict, ReservationRefused):
                return verdict
            _keep(database, claim, verdict, reserved, held_until, now)
            _sweep(database, now)
            return Reservation(claim, verdict.at - now, verdict.at, verdict.day)

    def release(self, reservation: Reservation) -> None:
        claim = reservation.claim
        with self._transaction() as database:
            now = self._clock.wall()
            reserved, held_until = _window(database, claim.account, claim.key, now)
            if reservation.at in reserved:
                reserved.remove(reservation.at)
                _write(database, claim.account, claim.key, reserved, held_until, now, claim.seconds)
            if claim.per_day is not None:
                _count(database, claim, reservation.day, -1)

    def hold(self, account: str, key: str, seconds: float) -> None:
        with self._transaction() as database:
            now = self._clock.wall()
            reserved, held_until = _window(database, account, key, now)
            _write(database, account, key, reserved, max(held_until, now + seconds), now, DAY)

    def close(self) -> None:
        self._file.close()

    def _transaction(self) -> AbstractContextManager[sqlite3.Connection]:
        return counting(self._file, "throttle", _ELSEWHERE)

    def __repr__(self) -> str:
        return f"SQLiteStore({str(self.path)!r})"


def _window(database: sqlite3.Connection, account: str, key: str, now: float) -> tuple[list[float], float]:
    """Return the reservations of a window, oldest first, and until when Zoom takes none.

    What lies more than a day ahead is not believed: nothing is reserved or held for so long.
    """
    found = database.execute(
        "SELECT reserved, held_until, written FROM windows WHERE account = ? AND key = ?", (account, key)
    )
    row: tuple[str, float, float] | None = found.fetchone()
    if row is None:
        return [], now
    set_back, latest = max(0.0, row[2] - now), now + DAY
    reserved = [each - set_back for each in codec.loads(row[0])]
    return [each for each in reserved if each <= latest], max(now, min(row[1] - set_back, latest))


def _keep(
    database: sqlite3.Connection, claim: Claim, granted: Granted, reserved: list[float], held_until: float, now: float
) -> None:
    reserved = [*reserved, granted.at][-MOST:]
    _write(database, claim.account, claim.key, reserved, held_until, now, claim.seconds)
    if claim.per_day is not None:
        _count(database, claim, granted.day, 1)


def _write(
    database: sqlite3.Connection,
    account: str,
    key: str,
    reserved: list[float],
    held_until: float,
    now: float,
    seconds: float,
) -> None:
    ends = max([held_until, *(each + seconds for each in reserved[-1:])])
    row = (account, key, codec.dumps(reserved).decode(), held_until, now, ends)
    database.execute("INSERT OR REPLACE INTO windows VALUES (?, ?, ?, ?, ?, ?)", row)


def _count_used(database: sqlite3.Connection, claim: Claim, day: int) -> int:
    where = (claim.account, claim.day_key, day)
    found = database.execute("SELECT used FROM days WHERE account = ? AND key = ? AND day = ?", where)
    row: tuple[int] | None = found.fetchone()
    return row[0] if row else 0


def _count(database: sqlite3.Connection, claim: Claim, day: int, more: int) -> None:
    database.execute(
        "INSERT INTO days VALUES (?, ?, ?, max(0, ?)) ON CONFLICT DO UPDATE SET used = max(0, used + ?)",
        (claim.account, claim.day_key, day, more, more),
    )


def _sweep(database: sqlite3.Connection, now: float) -> None:
    """Forget what is over, once in a while."""
    if random.random() < _SWEEPS:
        database.execute("DELETE FROM windows WHERE ends < ? OR written > ?", (now, now + DAY))
        database.execute("DELETE FROM days WHERE day < ?", (int(now // DAY) - 1,))
