"""Counts in a SQLite file: for all processes of a machine."""

from __future__ import annotations

import random
import sqlite3
from contextlib import AbstractContextManager
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Final

from zoom_api_client.core import codec
from zoom_api_client.quota.base import Clock, Store
from zoom_api_client.quota.window import Admitted, AttemptRefused, Rule, Usage, midnight
from zoom_api_client.storage.sqlite import SQLiteFile, counting, prepare

_SWEEPS: Final = 1 / 8  # the part of the attempts that sweep, and how many rows they look at
_SWEPT: Final = 32

_ELSEWHERE: Final = 'Guard("sqlite:///a/file.db"), or Guard("memory://") for this process alone'

_SCHEMA: Final = (
    "CREATE TABLE IF NOT EXISTS users "
    "(key INTEGER PRIMARY KEY, user TEXT, stamps TEXT NOT NULL, held_until INTEGER, ends INTEGER)",
    "CREATE TABLE IF NOT EXISTS names (key INTEGER PRIMARY KEY, name TEXT, user TEXT NOT NULL, ends INTEGER)",
)


class SQLiteStore(Store):
    """Keeps a row for each user; an attempt reads and writes one, in a transaction of its own."""

    may_block = True

    def __init__(self, path: Path, clock: Clock) -> None:
        self.path = path
        self._clock = clock
        self._file = SQLiteFile(path, partial(prepare, schema=_SCHEMA), timeout=0)

    def acquire(self, user: str, rule: Rule) -> Admitted | AttemptRefused:
        with self._transaction() as database:
            now = self._clock()
            usage = _read(database, user).drop_implausible(now)
            verdict = rule.admit(usage, now)
            if isinstance(verdict, Admitted):
                _write(database, user, usage.add(verdict.stamp))
                _sweep(database, user, now)
            return verdict

    def refund(self, user: str, stamp: int) -> None:
        with self._transaction() as database:
            _write(database, user, _read(database, user).remove(stamp))

    def usage(self, user: str) -> tuple[Usage, int]:
        with self._transaction() as database:
            return _read(database, user), self._clock()

    def hold(self, user: str, until: int | None) -> None:
        with self._transaction() as database:
            now = self._clock()
            _write(database, user, _read(database, user).drop_implausible(now).hold(until or midnight(now)))

    def recall(self, name: str) -> str | None:
        with self._transaction() as database:
            found = database.execute("SELECT user FROM names WHERE key = ? AND ends > ?", (_key(name), self._clock()))
            row: tuple[str] | None = found.fetchone()
            return row[0] if row else None

    def remember(self, name: str, user: str, seconds: float) -> None:
        with self._transaction() as database:
            ends = self._clock() + round(seconds * 1e6)
            database.execute("INSERT OR REPLACE INTO names VALUES (?, ?, ?, ?)", (_key(name), name, user, ends))

    def merge(self, name: str, user: str) -> None:
        with self._transaction() as database:
            if (other := _read(database, name)) != Usage():
                _write(database, user, _read(database, user).merge(other))
                database.execute("DELETE FROM users WHERE key = ?", (_key(name),))

    def close(self) -> None:
        self._file.close()

    def _transaction(self) -> AbstractContextManager[sqlite3.Connection]:
        return counting(self._file, "guard", _ELSEWHERE)

    def __repr__(self) -> str:
        return f"SQLiteStore({str(self.path)!r})"


def _key(name: str) -> int:
    """Return the key of a row: evenly spread, so that the rows after any other are a fair sample to sweep."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), signed=True)


def _read(database: sqlite3.Connection, user: str) -> Usage:
    found = database.execute("SELECT stamps, held_until FROM users WHERE key = ?", (_key(user),))
    row: tuple[str, int] | None = found.fetchone()
    if row is None:
        return Usage()
    stamps, held_until = codec.loads(row[0]), row[1]
    if not {*map(type, stamps), type(held_until)} <= {int}:
        raise TypeError("a row is damaged")
    return Usage(tuple(stamps), held_until)


def _write(database: sqlite3.Connection, user: str, usage: Usage) -> None:
    row = (_key(user), user, codec.dumps(usage.stamps).decode(), usage.held_until, usage.ends)
    database.execute("INSERT OR REPLACE INTO users VALUES (?, ?, ?, ?, ?)", row)


def _sweep(database: sqlite3.Connection, user: str, now: int) -> None:
    """Forget now and then, among the rows beside the one just written, what can be forgotten.

    An attempt adds one row, and four are looked at for it: the store stays small without an index on the ends.
    """
    if random.random() > _SWEEPS:
        return
    for table in ("users", "names"):
        sample = f"SELECT key FROM {table} WHERE key > ? ORDER BY key LIMIT {_SWEPT}"
        database.execute(f"DELETE FROM {table} WHERE key IN ({sample}) AND ends <= ?", (_key(user), now))
