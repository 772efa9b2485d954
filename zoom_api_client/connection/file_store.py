"""Tokens in files, one for each installation, that only their owner can read and that survive a crash at any point."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout
from platformdirs import user_state_path

from zoom_api_client import _json, errors

_WAIT = 90.0  # seconds for another process to renew: longer than the token endpoint may take


class FileStore:
    """Keeps tokens in a directory of mode 0700, in files of mode 0600.

    A token is written to `<key>.new`, flushed to the disk and moved to `<key>.json`, so that at any moment one of the
    two is whole. Who finds a whole `.new` under the lock finds what a killed process received last.

    Args:
        directory: the user's state directory if not given.
        wait: seconds to wait for another process that holds the lock.
    """

    def __init__(self, directory: Path | str | None = None, *, wait: float = _WAIT) -> None:
        self.directory = (
            Path(directory) if directory else user_state_path("zoom-api-client", appauthor=False) / "tokens"
        )
        self._wait = wait

    @contextmanager
    def lock(self, key: str) -> Iterator[None]:
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(self._path(key, "lock"), timeout=self._wait, mode=0o600)
        try:
            lock.acquire()
        except Timeout:
            raise errors.ConnectionFailed(
                f"another process has held the lock of the token store for {self._wait:g} seconds"
            ) from None
        try:
            self._recover(key)
            yield
        finally:
            lock.release()

    def load(self, key: str) -> str | None:
        try:
            return self._path(key, "json").read_text(encoding="utf-8")
        except FileNotFoundError:
            return None

    def save(self, key: str, text: str) -> None:
        new = self._path(key, "new")
        new.unlink(missing_ok=True)  # so that the mode is ours, and a link is not followed
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        self._put(key)

    def delete(self, key: str) -> None:
        for suffix in ("new", "json"):
            self._path(key, suffix).unlink(missing_ok=True)

    def _recover(self, key: str) -> None:
        new = self._path(key, "new")
        with suppress(FileNotFoundError):
            try:
                _json.loads(new.read_bytes())  # an object that was cut off is no JSON
            except ValueError:
                new.unlink()
            else:
                self._put(key)

    def _put(self, key: str) -> None:
        os.replace(self._path(key, "new"), self._path(key, "json"))  # noqa: PTH105 - the name that says what it does
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
