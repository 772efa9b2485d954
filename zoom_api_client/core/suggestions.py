"""Suggest the name that a misspelt one was meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

_LISTED = 12  # values that a message lists


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the end of a message that names what comes nearest to a name, "" if nothing does."""
    near = get_close_matches(name, list(known), n=2)
    return f"; did you mean {' or '.join(map(repr, near))}?" if near else ""


def unknown_choice(where: str, value: object, choices: Sequence[object], way_out: str) -> str:
    """Say that a value is none of those that Zoom declares, which was meant, and how to send it all the same."""
    meant = did_you_mean(value, map(str, choices)) if isinstance(value, str) else ""
    listed = ", ".join(map(repr, choices[:_LISTED])) + (", …" if len(choices) > _LISTED else "")
    return (
        f"{where} is {value!r}, which Zoom does not declare{meant or f'; it has {listed}.'} To send it all the same, "
        f"use {way_out}, which checks nothing"
    )


def is_slip_of(name: str, known: str, most: int = 2) -> bool:
    """Return whether a name differs from a known one by so few letters that it is likely a misspelling of it."""
    if abs(len(name) - len(known)) > most:
        return False
    before = list(range(len(known) + 1))
    for row, letter in enumerate(name, 1):
        now = [row]
        for column, other in enumerate(known, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (letter != other)))
        before = now
    return before[-1] <= most
