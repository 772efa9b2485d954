"""Tokens in files, one for each installation, that only their owner can read and that survive a crash at any point."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import ClassVar

from filelock import FileLock, Timeout

from zoom_api_client import errors
from zoom_api_client.storage.url import state_path

WAIT = 90.0  # seconds for another process to renew: longer than the token endpoint may take


class FileStore:
    """Keeps tokens in a directory of mode 0700, in files of mode 0600.

    A token is written to `<key>.new`, flushed to the disk and moved to `<key>.json`, which therefore is whole at any
    moment. What Zoom answers goes to `<key>.answer` as it comes in, and stays there until its token is in `.json`.

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
        lock = FileLock(self._path(key, "lock"), timeout=self._wait, mode=0o600)
        try:
            lock.acquire()
        except Timeout:
            raise errors.ConnectionFailed(
                f"another process has held the lock of the token store for {self._wait:g} seconds"
            ) from None
        try:
            yield
        finally:
            lock.release()

    def load(self, key: str) -> str | None:
        try:
            return self._path(key, self.suffix).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None

    def save(self, key: str, text: str) -> None:
        with self._created(key, "new") as file:
            file.write(text.encode())
            os.fsync(file.fileno())
        os.replace(self._path(key, "new"), self._path(key, self.suffix))  # noqa: PTH105 - the name that says what it does
        self._flush_directory()
        self._path(key, "answer").unlink(missing_ok=True)

    def delete(self, key: str) -> None:
        for suffix in ("answer", "new", self.suffix):
            self._path(key, suffix).unlink(missing_ok=True)

    @contextmanager
    def receiving(self, key: str) -> Iterator[Callable[[bytes], int]]:
        with self._created(key, "answer") as file:
            self._flush_directory()
            yield file.write
            os.fsync(file.fileno())

    def received(self, key: str) -> bytes | None:
        try:
            return self._path(key, "answer").read_bytes()
        except FileNotFoundError:
            return None

    def _make_directory(self) -> None:
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _created(self, key: str, suffix: str) -> FileIO:
        """Return a new file, unbuffered: what is written is with the system, and outlives the process."""
        path = self._path(key, suffix)
        path.unlink(missing_ok=True)  # so that the mode is ours, and a link is not followed
        return FileIO(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb")

    def _flush_directory(self) -> None:
        if sys.platform != "win32":
            directory = os.open(self.directory, os.O_RDONLY)
            try:
                os.fsync(directory)
            finally:
                os.close(directory)

    def _path(self, key: str, suffix: str) -> Path:
        return self.directory / f"{key}.{suffix}"

    def __repr__(self) -> str:
        return f"FileStore({str(self.directory)!r})"
