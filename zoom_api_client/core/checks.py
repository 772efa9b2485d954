"""Checks of what callers give: an error names the argument and says what to give, before anything is sent."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

UNSENDABLE: Final = (RecursionError, UnicodeEncodeError)
"""The errors of values that have no text to send: `explain` says which value it is."""

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def check_number(name: str, value: object, *, least: float = 0, most: float = math.inf, whole: bool = False) -> None:
    """Raise `TypeError` for what is not a number, `ValueError` for one out of bounds, and for NaN."""
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        raise TypeError(f"{name} is {value!r}: give a {'whole number' if whole else 'number'}")
    if not least <= value <= most:
        raise ValueError(f"{name} is {value}: give {least:,} or more{'' if most == math.inf else f', up to {most:,}'}")


def number(*, least: float = 0, most: float = math.inf, whole: bool = False) -> Callable[[Any, Any, object], None]:
    """Return the validator of a field of attrs' that holds such a number."""
    return lambda _, field, value: check_number(field.name, value, least=least, most=most, whole=whole)


def check_text(name: str, value: object) -> None:
    """Raise `TypeError` for what is not text, `ValueError` for a text that has no UTF-8."""
    kind, is_lone = type(value).__name__, isinstance(value, str) and _SURROGATE.search(value) is not None
    is_text = isinstance(value, str)
    del value  # may be a secret, and tracebacks may show locals of frames
    if not is_text:
        raise TypeError(f"{name} is a {kind}: give text")
    if is_lone:
        raise ValueError(_explain_surrogate(name))


def check_mapping(name: str, value: object) -> None:
    """Raise `TypeError` for what is not a mapping."""
    if not isinstance(value, Mapping):
        raise TypeError(f"{name} must be a dict, not {type(value).__name__}")


def explain(failure: Exception, given: Mapping[str, Any]) -> ValueError:
    """Return what to raise instead of one of `UNSENDABLE`; it names the value among those given, and does not quote it.

    Args:
        failure: the error.
        given: the values by their names, as deep as they are.
    """
    for name, value in given.items():
        try:
            place = next(_find_surrogates(name, value), "")
        except RecursionError:
            return ValueError(f"{name} cannot be sent: it contains itself, or is nested too deeply")
        if place:
            return ValueError(_explain_surrogate(place))
    return ValueError(f"{' or '.join(given)} cannot be sent ({type(failure).__name__})")


def _explain_surrogate(name: str) -> str:
    return f"{name} has half of a character (a lone surrogate), which cannot be sent: decode its text anew"


def _find_surrogates(name: str, value: Any) -> Iterator[str]:
    """Yield the names of the texts that have no UTF-8, dotted."""
    inner: Any = getattr(value, "__dict__", value)
    if isinstance(inner, str) and _SURROGATE.search(inner):
        yield name
    elif isinstance(inner, Mapping):
        for key, each in inner.items():
            yield from _find_surrogates(f"{name}.{key}", each)
    elif isinstance(inner, list | tuple):
        for each in inner:
            yield from _find_surrogates(name, each)
