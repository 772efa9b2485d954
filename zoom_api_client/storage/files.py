"""Files that are written whole or not at all, and are never written or read through a symbolic link."""

from __future__ import annotations

import errno
import os
import stat
import sys
from io import FileIO
from pathlib import Path

SECRET = 0o600
SHARED = 0o666  # less what the umask takes

_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # a FIFO must not make us wait either
_BINARY = getattr(os, "O_BINARY", 0)


def replace(path: Path, content: bytes, *, mode: int = SHARED) -> None:
    """Put content in the place of a file: on return it is on the disk, after any failure the old file is as it was.

    The bytes go to `<stem>.new` beside it, so whoever writes the same file at the same time must hold a lock.
    """
    new = path.with_suffix(".new")
    try:
        with create(new, mode=mode) as file:
            write(file, content)
            os.fsync(file.fileno())
        os.replace(new, path)  # noqa: PTH105 - the name that says what it does
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    sync_directory(path.parent)


def create(path: Path, *, mode: int = SHARED) -> FileIO:
    """Return a new file in the place of any other, unbuffered: what is written outlives the process."""
    path.unlink(missing_ok=True)  # so that the mode is ours, and a link is not followed
    return FileIO(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode), "wb")


def write(file: FileIO, content: bytes) -> int:
    """Write all of a content, and return its length. On a nearly full disk one `write` may take only a part of it."""
    rest = memoryview(content)
    while rest:
        taken = file.write(rest)
        if not taken:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), file.name)
        rest = rest[taken:]
    return len(content)


def open_regular(path: Path, flags: int, *, mode: int = SHARED) -> int:
    """Open a file, and return its descriptor.

    Raises `OSError` for a symbolic link, for what is not a file, and for writing also for one that has another name:
    who could put it there would choose the file that is overwritten.
    """
    refuse_link(path)  # where the system has no O_NOFOLLOW
    try:
        descriptor = os.open(path, flags | _NO_LINK | _BINARY, mode)
    except OSError as failure:
        if failure.errno == errno.ELOOP:
            raise _not_regular(path) from None
        raise
    found, writes = os.fstat(descriptor), flags & (os.O_WRONLY | os.O_RDWR)
    if not stat.S_ISREG(found.st_mode) or (writes and found.st_nlink > 1):
        os.close(descriptor)
        raise _not_regular(path)
    return descriptor


def refuse_link(path: Path) -> None:
    """Raise `OSError` for a symbolic link: who could put it there would choose the file that is overwritten."""
    if path.is_symlink():
        raise _not_regular(path)


def sync_directory(directory: Path) -> None:
    """Write the names in a directory to the disk; Windows does that by itself."""
    if sys.platform != "win32":
        opened = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _not_regular(path: Path) -> OSError:
    return OSError(errno.ELOOP, "it is a link or not a regular file: remove it, if you did not put it there", str(path))
