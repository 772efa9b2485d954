"""How a failed handler is described, in the dead letters and in the log: without secrets."""

from __future__ import annotations

import traceback
from typing import Final

from zoom_api_client.core.redaction import redact_text

LONGEST: Final = 500


def describe(error: BaseException) -> str:
    """Return the kind and the words of an error in one line; of a group of errors, of each in it."""
    if isinstance(error, BaseExceptionGroup):
        return "; ".join(map(describe, error.exceptions))[:LONGEST]
    words = redact_text(" ".join(str(error)[: 10 * LONGEST].split()))
    return f"{type(error).__name__}: {words}".removesuffix(": ")[:LONGEST]


def traced(error: BaseException) -> str:
    """Return the kind of an error and where it was raised, for a log: without its words, which may be personal."""
    if isinstance(error, BaseExceptionGroup):
        return "\n".join(map(traced, error.exceptions))
    frames = traceback.extract_tb(error.__traceback__)
    lines = (f'  File "{each.filename}", line {each.lineno}, in {each.name}' for each in frames)
    return "\n".join([type(error).__name__, *lines])
