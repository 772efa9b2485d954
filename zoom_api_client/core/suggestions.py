"""Suggest the name that a misspelt one was meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the end of a message that names what comes nearest to a name, "" if nothing does."""
    near = get_close_matches(name, list(known), n=2)
    return f"; did you mean {' or '.join(map(repr, near))}?" if near else ""


def is_slip_of(name: str, known: str, most: int = 2) -> bool:
    """Tell whether a name differs from a known one by so few letters that it is likely a misspelling of it."""
    if abs(len(name) - len(known)) > most:
        return False
    before = list(range(len(known) + 1))
    for row, letter in enumerate(name, 1):
        now = [row]
        for column, other in enumerate(known, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (letter != other)))
        before = now
    return before[-1] <= most
