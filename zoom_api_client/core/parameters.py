"""The text of parameters: of a segment of a path, of the pairs of a query, of a header."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from zoom_api_client.core import checks, codec
from zoom_api_client.core.unset import UNSET


def segment(operation: object, name: str, value: Any, *, twice: bool) -> str:
    """Return a value as a segment of a path; `twice` where UUIDs are percent-encoded twice.

    Raises `ValueError` for a value that names nothing.
    """
    written = text(operation, name, value) if value is not None and value is not UNSET else ""
    if not written.strip() or written in (".", ".."):
        raise ValueError(
            f"{operation}: {name} is {value!r}, which names nothing: the address would be another operation's"
        )
    try:
        once = quote(written, safe="")
    except UnicodeEncodeError as failure:
        raise checks.explain(failure, {f"{operation}: {name}": written}) from None
    # Zoom decodes twice what begins with a slash or has two in a row; an identifier without is sent as usual.
    return quote(once, safe="") if twice and (written.startswith("/") or "//" in written) else once


def pairs(operation: object, query: Mapping[str, Any], joined: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a query; the values of the parameters that are `joined` stand in one, with commas."""
    for name, value in query.items():
        if value is UNSET or value is None:
            continue
        if not isinstance(value, list | tuple | set | frozenset):
            yield name, text(operation, name, value)
        elif name in joined:
            yield name, ",".join(text(operation, name, each) for each in value)
        else:
            yield from ((name, text(operation, name, each)) for each in value)


def text(operation: object, name: str, value: Any) -> str:
    """Return the text of one value; raise `TypeError` for what has none."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float | date):
        return str(codec.plain(value))
    raise TypeError(f"{operation}: {name} is a {type(value).__name__}; give text, a number, a date or a list of those")
