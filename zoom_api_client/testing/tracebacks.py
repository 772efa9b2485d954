"""Errors as a test should show them: the lines of the test and of the code under test, not those of the libraries."""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType

_LIBRARIES = frozenset({"httpcore", "httpx", "respx", "zoom_api_client"})


def shorten(error: BaseException) -> None:
    """Leave the frames of libraries out of the traceback of an error, if any others are left."""
    kept = [each for each in _walk(error.__traceback__) if not _is_librarys(each)]
    shorter: TracebackType | None = None
    for each in reversed(kept):
        shorter = TracebackType(shorter, each.tb_frame, each.tb_lasti, each.tb_lineno)
    error.__traceback__ = shorter or error.__traceback__


def tells(error: BaseException, kind: type[BaseException]) -> bool:
    """Tell whether an error of a kind is among those that led to another: tracebacks show it then."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, kind):
            return True
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return False


def _walk(trace: TracebackType | None) -> Iterator[TracebackType]:
    while trace is not None:
        yield trace
        trace = trace.tb_next


def _is_librarys(trace: TracebackType) -> bool:
    return str(trace.tb_frame.f_globals.get("__name__")).partition(".")[0] in _LIBRARIES
