"""Errors as a test should show them: the lines of the test and of the code under test, not those of the libraries."""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType
from typing import TypeVar

E = TypeVar("E", bound=BaseException)

_LIBRARIES = frozenset({"httpcore", "httpx", "respx", "zoom_api_client"})


def shorten(error: BaseException) -> None:
    """Leave the frames of libraries out of the traceback of an error, if any others are left."""
    kept = [each for each in _walk(error.__traceback__) if not _is_of_library(each)]
    shorter: TracebackType | None = None
    for each in reversed(kept):
        shorter = TracebackType(shorter, each.tb_frame, each.tb_lasti, each.tb_lineno)
    error.__traceback__ = shorter or error.__traceback__


def find(error: BaseException | None, kind: type[E]) -> E | None:
    """Return the error of a kind among an error and those that led to it: tracebacks show them all."""
    while error is not None and not isinstance(error, kind):
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return error


def _walk(trace: TracebackType | None) -> Iterator[TracebackType]:
    while trace is not None:
        yield trace
        trace = trace.tb_next


def _is_of_library(trace: TracebackType) -> bool:
    return str(trace.tb_frame.f_globals.get("__name__")).partition(".")[0] in _LIBRARIES
