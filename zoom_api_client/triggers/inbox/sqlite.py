"""The inbox in a file, for all processes of one machine; it needs nothing but Python.

A lease is a moment: `due` says when a delivery may be claimed, so to lease it is to move that moment, and a worker that
was killed needs nobody to notice. What is handled leaves `work`, whose size is that of the backlog, and its key goes to
`seen`, which is ordered by day, so that a day is swept from its edge.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Condition
from typing import Any, Final

from zoom_api_client.storage.sqlite import FAILURES, SQLiteFile
from zoom_api_client.triggers.inbox.base import Counts, DeadLetter, Delivery, Inbox, InboxFailed, Task
from zoom_api_client.triggers.inbox.sqlite_rows import DAY, Run, finish, insert_new, places, split

_VERSION: Final = 2
_BUSY: Final = 2.0  # seconds to wait for other processes that write; Zoom waits for 3
_POLL: Final = 0.2  # seconds until another process's delivery is seen
_SWEPT: Final = 4  # keys forgotten for each that is added, at most: no sweep is long, and none falls behind
_SCHEMA: Final = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS work (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    body BLOB NOT NULL,
    received_at REAL NOT NULL,
    source TEXT NOT NULL,
    due REAL,               -- when it may be claimed; NULL for a dead letter
    attempt INTEGER NOT NULL DEFAULT 0,
    holder TEXT,            -- the receipt of who leased it last
    error TEXT,
    died_at REAL
);
CREATE INDEX IF NOT EXISTS work_due ON work (due, id);
CREATE TABLE IF NOT EXISTS seen (day INTEGER, key TEXT, PRIMARY KEY (day, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS wanted (label TEXT PRIMARY KEY, until REAL NOT NULL) WITHOUT ROWID;
PRAGMA user_version = {_VERSION};
COMMIT;
"""
_DUE: Final = "SELECT id, key, body, received_at, source, attempt + 1 FROM work WHERE due <= ? ORDER BY due, id LIMIT ?"
_LEASE: Final = "UPDATE work SET due = ?, holder = ?, attempt = attempt + 1 WHERE id IN "
_SWEEP: Final = "DELETE FROM seen WHERE (day, key) IN (SELECT day, key FROM seen WHERE day < ? LIMIT ?)"


class SQLiteInbox(Inbox):
    """Keeps deliveries in one SQLite file of mode 0600, or in memory if there is no path.

    `put` flushes to the disk before it returns (`synchronous=FULL`), so that what it stored survives a power cut.
    Everything else survives a killed process (`NORMAL`): after a power cut some may be handled a second time. The file
    must lie on a disk of this machine.
    """

    def __init__(self, path: Path | None = None, *, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._file = SQLiteFile(path, _prepare, timeout=_BUSY)
        self._changed = Condition(self._file.lock)
        self._is_closed, self._process = False, os.getpid()
        self._is_memory = path is None
        try:
            self._file.connection()
        except FAILURES as cause:
            raise InboxFailed(f"the inbox {path} could not be opened: {cause}") from cause

    def put(self, deliveries: Sequence[Delivery]) -> list[bool]:
        now = self._now()
        with self._writing(durable=True) as run:
            are_new = [is_new for part in split(deliveries) for is_new in insert_new(run, part, now)]
            self._changed.notify_all()
        return are_new

    def claim(self, most: int, *, lease: float, wait: float = 0.0) -> list[Task]:
        until = time.monotonic() + wait
        with self._changed:
            while not self._is_due() and (left := until - time.monotonic()) > 0:
                self._changed.wait(min(left, _POLL))
            return self._claim(most, lease) if self._is_due() else []

    def extend(self, tasks: Sequence[Task], *, lease: float) -> None:
        with self._writing() as run:
            for task in tasks:
                _hold(run, task, "due = ?", self._now() + lease)

    def complete(self, tasks: Sequence[Task]) -> None:
        today = int(self._now() // DAY)
        with self._writing() as run:
            for part in split([task.delivery.key for task in tasks]):
                finish(run, part, today)
            run(_SWEEP, (today - 1, _SWEPT * len(tasks)))

    def retry(self, task: Task, *, seconds: float, error: str) -> None:
        with self._writing() as run:
            _hold(run, task, "due = ?, holder = NULL, error = ?", self._now() + seconds, error)

    def bury(self, task: Task, *, error: str) -> None:
        with self._writing() as run:
            _hold(run, task, "due = NULL, holder = NULL, died_at = ?, error = ?", self._now(), error)

    def release(self, tasks: Sequence[Task], *, seconds: float = 0.0) -> None:
        with self._writing() as run:
            for task in tasks:
                _hold(run, task, "due = ?, holder = NULL, attempt = attempt - 1", self._now() + seconds)

    def want(self, labels: Collection[str], *, seconds: float) -> None:
        until = self._now() + seconds
        with self._writing() as run:
            run("DELETE FROM wanted WHERE until < ?", (self._now(),))
            for label in labels:
                run("INSERT OR REPLACE INTO wanted VALUES (?, ?)", (label, until))

    def is_wanted(self, labels: Collection[str]) -> bool:
        find = f"SELECT 1 FROM wanted WHERE label IN {places(len(labels))} AND until >= ? LIMIT 1"
        with self._reading() as run:
            return run(find, (*labels, self._now())).fetchone() is not None

    def dead(self, most: int = 100) -> list[DeadLetter]:
        columns = "key, body, received_at, source, attempt, error, died_at"
        with self._reading() as run:
            rows = run(f"SELECT {columns} FROM work WHERE due IS NULL ORDER BY died_at LIMIT ?", (most,)).fetchall()
        return [DeadLetter(Delivery(*row[:4]), *row[4:]) for row in rows]

    def replay(self, key: str | None = None) -> int:
        anew = "UPDATE work SET due = ?, attempt = 0 WHERE due IS NULL AND key = coalesce(?, key)"
        with self._writing() as run:
            self._changed.notify_all()
            return run(anew, (self._now(), key)).rowcount

    def purge(self, key: str | None = None) -> int:
        today = int(self._now() // DAY)
        with self._writing() as run:
            gone = run("SELECT key FROM work WHERE due IS NULL AND key = coalesce(?, key)", (key,)).fetchall()
            for part in split([each for (each,) in gone]):
                finish(run, part, today)
        return len(gone)

    def counts(self) -> Counts:
        held = "SELECT count(*), count(due), count(CASE WHEN holder IS NOT NULL AND due > ? THEN 1 END) FROM work"
        with self._reading() as run:
            everything, alive, running = run(held, (self._now(),)).fetchone()
        return Counts(waiting=alive - running, running=running, dead=everything - alive)

    def lag(self) -> float:
        now = self._now()
        with self._reading() as run:
            (due,) = run("SELECT min(due) FROM work WHERE due <= ?", (now,)).fetchone()
        return 0.0 if due is None else float(now - due)

    def disconnect(self) -> None:
        if not self._is_memory:
            self._file.close()

    def close(self) -> None:
        with self._changed:
            self._is_closed = True
            self._file.close()

    def _is_due(self) -> bool:
        """Look without taking the turn to write, which an idle worker leaves to others."""
        with self._reading() as run:
            return run("SELECT 1 FROM work WHERE due <= ? LIMIT 1", (self._now(),)).fetchone() is not None

    def _claim(self, most: int, lease: float) -> list[Task]:
        receipt = secrets.token_hex(8)
        with self._writing() as run:
            now = self._now()
            rows = run(_DUE, (now, most)).fetchall()
            for part in split([id_ for id_, *_ in rows]):
                run(_LEASE + places(len(part)), (now + lease, receipt, *part))
        return [Task(Delivery(*event), attempt, receipt) for _, *event, attempt in rows]

    @contextmanager
    def _reading(self) -> Iterator[Run]:
        with self._changed:
            if self._is_closed:
                raise InboxFailed("the inbox is closed")
            if self._is_memory and self._process != os.getpid():  # a fork's copy: its events are the parent's to handle
                self._file.close()
                self._process = os.getpid()
            try:
                yield self._file.connection().execute
            except FAILURES as cause:
                raise InboxFailed(f"the inbox's file could not be used: {cause}") from cause

    @contextmanager
    def _writing(self, *, durable: bool = False) -> Iterator[Run]:
        """Yield what runs a statement in a transaction of its own; flush it to the disk if it is to be durable."""
        with self._reading() as run:
            run("PRAGMA synchronous = FULL" if durable else "PRAGMA synchronous = NORMAL")
            run("BEGIN IMMEDIATE")
            try:
                yield run
                run("COMMIT")
            except BaseException:
                self._roll_back()
                raise

    def _roll_back(self) -> None:
        """End the transaction; a connection that cannot, on a broken disk, would fail forever after, and is closed."""
        database = self._file.connection()
        try:
            if database.in_transaction:
                database.execute("ROLLBACK")
        except sqlite3.Error:
            self.disconnect()


def _hold(run: Run, task: Task, change: str, *values: Any) -> None:
    """Change a task's row, if its lease is still the one that is held."""
    run(f"UPDATE work SET {change} WHERE key = ? AND holder = ?", (*values, task.delivery.key, task.receipt))


def _prepare(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA secure_delete = FAST")  # bodies do not stay behind in free pages
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version not in (0, _VERSION):
        raise sqlite3.DatabaseError(f"it is of version {version}, and this release reads {_VERSION}: give another file")
    if version == 0:
        database.executescript(_SCHEMA)
