"""The exit codes of `zoom-api`, and which one an error has."""

from __future__ import annotations

import errno
import sys
from enum import IntEnum


class ExitCode(IntEnum):
    """What the exit code tells; each has its meaning in `meaning`."""

    meaning: str

    def __new__(cls, value: int, meaning: str) -> ExitCode:
        """Return a code with its meaning."""
        code = int.__new__(cls, value)
        code._value_, code.meaning = value, meaning
        return code

    DONE = 0, "It was done."
    FAILED = 1, "Zoom refused or failed, or something else went wrong; the message says what."
    USAGE = 2, "The arguments are wrong, and nothing was sent."
    NOT_FOUND = 3, "There is no such meeting, user, recording or other thing."
    NOT_ALLOWED = 4, "Not logged in, or a scope, a permission or a plan is missing."
    LIMITED = 5, "Zoom's rate limit is reached; the message says when it may go on."
    NETWORK = 6, "Zoom was not reached, or did not answer in time."
    QUOTA = 7, "The 100 meetings of a day and host are used up, and nothing was sent."
    INCOMPLETE = 8, "A download is not whole, or only a part of a batch was done; the same command goes on."
    INTERRUPTED = 130, "Ctrl-C ended it."
    BROKEN_PIPE = 141, "Whoever read the output stopped reading."


_BY_NAME = {
    "NotFound": ExitCode.NOT_FOUND,
    "NotThere": ExitCode.NOT_FOUND,
    "Unauthorized": ExitCode.NOT_ALLOWED,
    "ScopeMissing": ExitCode.NOT_ALLOWED,
    "PermissionDenied": ExitCode.NOT_ALLOWED,
    "AuthorizationFailed": ExitCode.NOT_ALLOWED,
    "NotLoggedIn": ExitCode.NOT_ALLOWED,
    "RateLimited": ExitCode.LIMITED,
    "ConnectionFailed": ExitCode.NETWORK,
    "UnexpectedAnswer": ExitCode.NETWORK,
    "QuotaExceeded": ExitCode.QUOTA,
    "DownloadError": ExitCode.INCOMPLETE,
    "BatchFailed": ExitCode.INCOMPLETE,
    "CycloptsError": ExitCode.USAGE,
    "Misused": ExitCode.USAGE,
    "InvalidRequest": ExitCode.FAILED,
    "APIError": ExitCode.FAILED,
    "StoreFailed": ExitCode.FAILED,
    "ValueError": ExitCode.USAGE,  # the library refuses a value before it sends it
    "TypeError": ExitCode.USAGE,
    "KeyboardInterrupt": ExitCode.INTERRUPTED,
}


def is_broken_pipe(failure: object) -> bool:
    """Return whether nobody reads what is written any more. Windows says EINVAL then, which names a file elsewhere."""
    if not isinstance(failure, OSError):
        return False
    is_of_no_file = failure.errno == errno.EINVAL and failure.filename is None
    return isinstance(failure, BrokenPipeError) or (sys.platform == "win32" and is_of_no_file)


def find(failure: BaseException) -> ExitCode:
    """Return the exit code of an error: that of the nearest class that has one."""
    if is_broken_pipe(failure):
        return ExitCode.BROKEN_PIPE
    names = (kind.__name__ for kind in type(failure).__mro__)
    return next((_BY_NAME[name] for name in names if name in _BY_NAME), ExitCode.FAILED)
