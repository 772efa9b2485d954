"""A SQLite file that threads, processes and their forks share."""

from __future__ import annotations

import os
import random
import secrets
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Lock, RLock
from typing import Final
from weakref import WeakSet, finalize

from zoom_api_client.errors import ConnectionFailed
from zoom_api_client.storage import files

_PATIENCE: Final = 30.0  # seconds to wait for the other processes

FAILURES: Final = (sqlite3.Error, OSError, ValueError, TypeError, ArithmeticError)
"""What the use of a file raises. A damaged one may give back anything in the place of what was written."""


class SQLiteFile:
    """A connection in which every statement commits by itself, opened when it is first needed.

    Write-ahead log, so the file must lie on a disk of this machine. File 0600, its directory 0700 where it has to be
    made. A fork closes the connection, and both processes open the file anew when they next need it: a connection must
    not be carried through one, for the child would believe that the parent's locks were its own. (Measured: what a
    child commits after the parent has closed its connection is gone.)

    A file that is deleted while it is open is put back with what it held: whoever opened the path next would begin
    with nothing, and count beside this process.

    Args:
        path: of the file; None for a database in memory, which a fork copies.
        prepare: makes tables and the like, whenever the file was opened.
        timeout: seconds that SQLite waits by itself for other processes.

    Attributes:
        path: as given.
        lock: to be held as long as the connection is used.
    """

    def __init__(self, path: Path | None, prepare: Callable[[sqlite3.Connection], None], *, timeout: float) -> None:
        self.path, self._prepare, self._timeout = path, prepare, timeout
        self._connection: sqlite3.Connection | None = None
        self._opened: tuple[int, int] | None = None
        self.lock = RLock()
        _open_files.add(self)

    def connection(self) -> sqlite3.Connection:
        """Return the connection; raises `sqlite3.Error` or `OSError` if the file cannot be opened."""
        if self._connection is not None and not self._connection.in_transaction:
            self._look_after(self._connection)
        if self._connection is None:
            self._connection = self._open()
            self._opened = self._identify()
            # Nobody closes a throttle, and Python 3.13 warns of a connection that is left open.
            self._finalizer = finalize(self, self._connection.close)
            self._finalizer.atexit = False
        return self._connection

    def close(self) -> None:
        """Close the connection; the next use opens another one."""
        with self.lock:
            if self._connection is not None:
                self._finalizer()
                self._connection = None

    def before_fork(self) -> None:
        """Take the lock, which a child could not get from a thread that it does not have, and close the file."""
        self.lock.acquire()
        if self.path is not None:
            self.close()

    def _identify(self) -> tuple[int, int] | None:
        """Return what tells the file at the path from any other, None if there is none."""
        if self.path is None:
            return None
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino

    def _look_after(self, opened: sqlite3.Connection) -> None:
        """Close the file if its path leads to it no more, so that the one that is there is opened."""
        found = self._identify()
        if found != self._opened:
            if found is None:
                self._put_back(opened)
            self.close()

    def _put_back(self, deleted: sqlite3.Connection) -> None:
        """Write a deleted file's content to its path, unless another is there by now.

        The copy is the same page for page, so that a log that was left beside the file still fits it.
        """
        assert self.path is not None
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        copy = self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}")
        files.create(copy, mode=files.SECRET).close()
        try:
            with closing(sqlite3.connect(copy)) as database:
                deleted.backup(database)
            with suppress(FileExistsError):
                os.link(copy, self.path)
        finally:
            copy.unlink()

    def _open(self) -> sqlite3.Connection:
        if self.path is not None:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))  # SQLite gives its other files the same mode
        database = sqlite3.connect(
            self.path or ":memory:", timeout=self._timeout, isolation_level=None, check_same_thread=False
        )
        try:
            self._prepare(database)
        except BaseException:
            database.close()
            raise
        return database


def prepare(database: sqlite3.Connection, schema: Iterable[str]) -> None:
    """Make the tables of a file that many processes write to, a little at a time.

    `synchronous=NORMAL`: what is committed survives the death of the process at any moment; a power cut may take the
    last seconds' commits with it, and never harms the file (`FULL` would cost a flush of the disk a commit).
    """
    _execute_patiently(database, "PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    _execute_patiently(database, "BEGIN IMMEDIATE")
    for statement in schema:
        database.execute(statement)
    database.execute("COMMIT")


@contextmanager
def transaction(file: SQLiteFile) -> Iterator[sqlite3.Connection]:
    """Lock out all other threads and processes; commit, or leave everything as it was."""
    with file.lock:
        database = file.connection()
        _execute_patiently(database, "BEGIN IMMEDIATE")
        try:
            yield database
            database.execute("COMMIT")
        finally:
            if database.in_transaction:
                database.execute("ROLLBACK")


@contextmanager
def counting(file: SQLiteFile, counter: str, advice: str) -> Iterator[sqlite3.Connection]:
    """Open a transaction of what counts requests; if that fails, no request is sent.

    Args:
        file: where it counts.
        counter: who counts, as the error names it.
        advice: where else it could count.
    """
    try:
        with transaction(file) as database:
            yield database
    except FAILURES as cause:
        raise ConnectionFailed(
            f"the {counter} cannot count in {file.path} ({type(cause).__name__}: {cause}); no request was sent. "
            f"Give it another place: {advice}",
            may_have_arrived=False,
        ) from cause


def _execute_patiently(database: sqlite3.Connection, statement: str) -> None:
    """Execute what others may be in the way of.

    SQLite's own patience doubles its waits, so that who came first waits longest: measured with 8 processes, up to
    0.2 s; and it does not wait at all for a change of the journal's mode.
    """
    gives_up = time.monotonic() + _PATIENCE
    while True:
        try:
            database.execute(statement).close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            if time.monotonic() > gives_up:
                raise
        else:
            return
        time.sleep(random.uniform(0.0002, 0.002))


_open_files: WeakSet[SQLiteFile] = WeakSet()
_forking: list[SQLiteFile] = []
_one_fork = Lock()


def _before_fork() -> None:
    _one_fork.acquire()
    _forking.extend(_open_files)
    for file in _forking:
        file.before_fork()


def _after_fork() -> None:
    while _forking:
        _forking.pop().lock.release()
    _one_fork.release()


if sys.platform != "win32":
    os.register_at_fork(before=_before_fork, after_in_parent=_after_fork, after_in_child=_after_fork)
