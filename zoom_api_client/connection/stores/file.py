"""Tokens in files, one for each installation, that only their owner can read and that survive a crash at any point."""

from __future__ import annotations

import logging
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import ClassVar

from filelock import FileLock, Timeout

from zoom_api_client import errors
from zoom_api_client.connection.stores.store import Store
from zoom_api_client.connection.stores.unreadable import read_text
from zoom_api_client.storage import files
from zoom_api_client.storage.url import state_path

_log = logging.getLogger("zoom_api_client")

WAIT = 90.0  # seconds for another process to renew: longer than the token endpoint may take
_ANSWER = 16 * 1024  # bytes: Zoom's token answers have 1 to 4 KB, with headers


class FileStore(Store):
    """Keeps tokens in a directory of mode 0700, in files of mode 0600.

    A token is in `<key>.json`, which is replaced whole or not at all. What Zoom answers goes to `<key>.answer` as it
    comes in, and stays there until its token is in `.json`. A directory that others can write to is refused: they could
    put a link where a file of ours is to be.

    Args:
        directory: the user's state directory if not given.
        wait: seconds to wait for another process that holds the lock.
    """

    suffix: ClassVar[str] = "json"

    def __init__(self, directory: Path | str | None = None, *, wait: float = WAIT) -> None:
        self.directory = Path(directory) if directory else state_path("tokens")
        self._wait = wait

    @contextmanager
    def lock(self, key: str) -> Iterator[None]:
        self._make_directory()
        path = self._path(key, "lock")
        with self._lock_file(path, self._wait):
            try:
                yield
            finally:
                with suppress(OSError):  # Windows, where a file that is open stays
                    if not any(self._path(key, suffix).exists() for suffix in ("answer", self.suffix)):
                        path.unlink(missing_ok=True)  # filelock looks whether what it locked is still there

    def load(self, key: str) -> str | None:
        return read_text(self._read(key, self.suffix), self, key)

    def save(self, key: str, text: str) -> None:
        with self._translate_errors():
            files.replace(self._path(key, self.suffix), text.encode(), mode=files.SECRET)
            self._path(key, "answer").unlink(missing_ok=True)

    def delete(self, key: str) -> None:
        with self._translate_errors():
            for suffix in ("answer", self.suffix):
                self._path(key, suffix).unlink(missing_ok=True)

    def keys(self) -> list[str]:
        with self._translate_errors():
            return sorted(path.stem for path in self.directory.glob(f"*.{self.suffix}"))

    @contextmanager
    def record_answer(self, key: str) -> Iterator[Callable[[bytes], int]]:
        with self._translate_errors():
            file = files.create(self._path(key, "answer"), mode=files.SECRET)
        with file:
            with self._translate_errors():
                _check_room(file)
                files.sync_directory(self.directory)
            yield file.write  # as it is: between reading from the socket and this no line of Python may lie
            try:
                os.fsync(file.fileno())
            except OSError as failure:
                _log.warning("%r: what Zoom answered may not be on the disk (%s)", self, failure.strerror)

    def load_answer(self, key: str) -> bytes | None:
        return self._read(key, "answer")

    def _read(self, key: str, suffix: str) -> bytes | None:
        with self._translate_errors():
            try:
                with FileIO(files.open_regular(self._path(key, suffix), os.O_RDONLY)) as file:
                    return file.readall()
            except FileNotFoundError:
                return None

    def _make_directory(self) -> None:
        with self._translate_errors():
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            mode = self.directory.stat().st_mode
        if sys.platform != "win32" and mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise errors.StoreFailed(f"{self!r}: others can write to the directory: chmod go-w {self.directory}")

    @contextmanager
    def _lock_file(self, path: Path, wait: float = -1) -> Iterator[None]:
        lock = FileLock(path, timeout=wait, mode=files.SECRET)
        try:
            with self._translate_errors():
                files.refuse_link(path)
                lock.acquire()
        except Timeout:
            raise errors.ConnectionFailed(
                f"another process has held the lock of {self!r} for {wait:g} seconds"
            ) from None
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def _translate_errors(self) -> Iterator[None]:
        """Turn failures of the disk into ours. The cause is not kept: its frames hold what was to be saved."""
        try:
            yield
            return
        except Timeout:  # an OSError too
            raise
        except OSError as failure:
            why = f"{failure.strerror or type(failure).__name__} ({failure.filename or self.directory})"
        raise errors.StoreFailed(f"{self!r}: {why}")

    def _path(self, key: str, suffix: str) -> Path:
        return self.directory / f"{key}.{suffix}"

    def __repr__(self) -> str:
        return f"FileStore({str(self.directory)!r})"


def _check_room(file: FileIO) -> None:
    """Raise `OSError` if the disk has no room for an answer: no refresh token is spent for what could not be kept."""
    files.write(file, bytes(_ANSWER))
    file.seek(0)
    file.truncate()
