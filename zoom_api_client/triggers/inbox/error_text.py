"""Describe a failed handler in the dead letters and in the log: without secrets."""

from __future__ import annotations

import traceback
from typing import Final

from zoom_api_client.core.redaction import redact_text

LONGEST: Final = 500  # characters


def describe(error: BaseException) -> str:
    """Return the kind and the words of an error in one line; of a group of errors, of each in it."""
    if isinstance(error, BaseExceptionGroup):
        return "; ".join(map(describe, error.exceptions))[:LONGEST]
    words = redact_text(" ".join(_words(error)[: 10 * LONGEST].split()))
    return f"{type(error).__name__}: {words}".removesuffix(": ")[:LONGEST]


def trace(error: BaseException) -> str:
    """Return the kind of an error and where it was raised, for a log: without its words, which may be personal."""
    if isinstance(error, BaseExceptionGroup):
        return "\n".join(map(trace, error.exceptions))
    frames = traceback.extract_tb(error.__traceback__)
    lines = (f'  File "{each.filename}", line {each.lineno}, in {each.name}' for each in frames)
    cause = [f"from {trace(error.__cause__)}"] if error.__cause__ else []
    return "\n".join([type(error).__name__, *lines, *cause])


def _words(error: BaseException) -> str:
    """Return what an error says, in text that every inbox can store: a handler's own error may be unable to say it."""
    try:
        return str(error).encode("utf-8", "replace").decode()
    except BaseException:  # its `__str__` is a handler's too, and may raise whatever a handler may
        return ""
