"""How a failed handler is described to whoever looks at the dead letters: in one line, and without secrets."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 500

# Errors of HTTP libraries quote addresses and headers, and those hold tokens and passcodes.
_SECRET: Final = re.compile(
    r"""(?ix)
    ( \b(?:bearer|basic)\s+ | (?:token|secret|passcode|password|pwd|zak)[\w-]{0,20} ["']? \s* [=:] \s* ["']? )
    [^\s&"',;)]+
    """
)


def describe(error: BaseException) -> str:
    """Return the kind and the words of an error; of a group of errors, of each in it."""
    if isinstance(error, BaseExceptionGroup):
        return "; ".join(map(describe, error.exceptions))[:LONGEST]
    words = " ".join(str(error)[: 10 * LONGEST].split())
    return _SECRET.sub(r"\1…", f"{type(error).__name__}: {words}".removesuffix(": "))[:LONGEST]
