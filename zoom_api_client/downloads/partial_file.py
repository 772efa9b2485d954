"""The file while it comes: `<name>.part`, and beside it, in `.part.json`, which version of Zoom's file it is a part of.

Both outlive the process. The order of what is written makes any moment a good one to be killed at: bytes are there only
when the note that says of what they are a part is there too.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from threading import Lock
from typing import Self

from zoom_api_client.core import codec
from zoom_api_client.downloads.response import Body, DownloadRefused, can_be_sent
from zoom_api_client.storage import files

if sys.platform != "win32":
    import fcntl


class Busy(Exception):
    """Another download writes to the same file."""


class PartialFile:
    """The part of a file that has come. One download at a time writes to it: the lock goes with the process.

    Attributes:
        length: bytes that have come.
        total: bytes of the whole, as far as that is known.
        validator: what Zoom calls the version: an `ETag`, or a `Last-Modified`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._place = path.with_name(f"{path.name}.part")
        self._note = path.with_name(f"{path.name}.part.json")
        with translate_disk_errors():
            _check_place(path)
            self._file = _open_locked(self._place)
            try:
                self.total, self.validator = _read(self._note)
                self.length = os.fstat(self._file.fileno()).st_size if self.validator else 0
                self._file.seek(self.length)
            except OSError:
                self._file.close()
                raise
        self._is_whole = False
        self._ending = Lock()  # a cancelled task leaves while a thread finishes for it: the thread is first

    def begin(self, body: Body) -> None:
        """Prepare for the bytes of an answer: those that are missing, or all."""
        self.total, self.validator = body.total, body.validator
        if body.offset == 0:
            self.length = 0
            note = json.dumps({"validator": body.validator, "total": body.total}).encode()
            with translate_disk_errors():
                self._file.seek(0)
                self._file.truncate()
                files.replace(self._note, note)

    def forget(self) -> None:
        """Begin from nothing."""
        self.begin(Body(0, None, ""))

    def append(self, piece: bytes) -> None:
        """Write what has come."""
        with translate_disk_errors():
            self.length += files.write(self._file, piece)

    def beginning(self, length: int) -> bytes:
        """Return the first of what has come."""
        with translate_disk_errors():
            self._file.seek(0)
            content = self._file.read(length)
            self._file.seek(self.length)
        return content

    def finish(self) -> None:
        """Make it the file: on the disk first, then under its name, in one step."""
        with self._ending, translate_disk_errors():
            os.fsync(self._file.fileno())
            if sys.platform == "win32":  # an open file cannot be renamed there
                self._file.close()
            self._place.replace(self.path)
            self._note.unlink(missing_ok=True)
            files.sync_directory(self.path.parent)
            self._is_whole = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._ending:
            if sys.platform == "win32":  # nor deleted
                self._file.close()
            if not self.length and not self._is_whole:  # nothing has come
                with suppress(OSError):  # what stays is empty, and what ended the download is to be reported
                    self._place.unlink(missing_ok=True)
                    self._note.unlink(missing_ok=True)
            self._file.close()


@contextmanager
def translate_disk_errors() -> Iterator[None]:
    """Turn failures of the disk into refusals."""
    try:
        yield
    except OSError as failure:
        place = failure.filename2 or failure.filename or "writing the file"
        raise DownloadRefused(f"{failure.strerror or failure} ({place})") from failure


def _check_place(path: Path) -> None:
    """Raise `OSError` for a directory, and for a device: root would put the file in the place of /dev/null."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "it is a device or a pipe: name a file", str(path))


def _open_locked(place: Path) -> FileIO:
    """Open for writing, without losing what is there, and lock; begin again if it was renamed in between."""
    while True:
        file = FileIO(files.open_regular(place, os.O_RDWR | os.O_CREAT), "r+b")
        if sys.platform == "win32":
            return file
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(file.fileno()), place.stat()):
                return file
        except FileNotFoundError:
            pass
        except BlockingIOError:
            file.close()
            raise Busy(f"another download writes to {place.name}") from None
        except OSError:  # a file system that has no locks
            return file
        file.close()


def _read(note: Path) -> tuple[int | None, str]:
    try:
        with FileIO(files.open_regular(note, os.O_RDONLY)) as file:
            said = codec.loads(file.readall())
        total, validator = said["total"], said["validator"]
    except (FileNotFoundError, ValueError, KeyError, TypeError):  # none, or half of one: there is nothing to go on from
        return None, ""
    is_note = isinstance(validator, str) and can_be_sent(validator) and (total is None or isinstance(total, int))
    return (total, validator) if is_note else (None, "")
