"""The text of parameters: of a segment of a path, of the pairs of a query, of a header."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote, unquote

from zoom_api_client.core import checks, codec
from zoom_api_client.core.protocols import OperationLike
from zoom_api_client.core.suggestions import unknown_choice
from zoom_api_client.core.unset import UNSET

_HAS_OFFSET = re.compile(r"\d[+-]\d\d(:?\d\d)?$")
_ENDS = frozenset({"from", "to"})  # of a range


def segment(operation: OperationLike, name: str, value: Any, *, twice: bool) -> str:
    """Return a value as a segment of a path; `twice` where UUIDs are percent-encoded twice.

    Raises `ValueError` for a value that names nothing.
    """
    if type(value) is str and value.isascii() and value.isalnum():
        return value  # as nearly all identifiers: nothing in it is to be encoded
    written = text(operation, name, value) if value is not None and value is not UNSET else ""
    written = decode(written) if twice else written
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


def decode(uuid: str) -> str:
    """Take percent-encoding off a UUID, once or twice: none has a percent sign of its own."""
    once = unquote(uuid)
    return once if once == uuid else decode(once)


def pairs(
    operation: OperationLike, query: Mapping[str, Any], joined: Collection[str], twice: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a query, still to be encoded; those of the parameters in `twice` are so once already.

    The values of the parameters that are `joined` stand in one, with commas.
    """
    for name, value in query.items():
        if value is UNSET or value is None:
            continue
        if name in twice:
            yield name, quote(decode(text(operation, name, value)), safe="")
        elif not isinstance(value, list | tuple | set | frozenset):
            yield name, text(operation, name, value)
        elif name in joined:
            yield name, ",".join(text(operation, name, each) for each in value)
        else:
            yield from ((name, text(operation, name, each)) for each in value)


def check_choices(operation: OperationLike, given: Mapping[str, Any], choices: Mapping[str, Sequence[Any]]) -> None:
    """Raise `ValueError` for the first value, or item of a list, that is none of those that its parameter may have."""
    for name, known in choices.items():
        value, written = given.get(name), {text(operation, name, each) for each in known}
        for each in value if isinstance(value, list | tuple | set | frozenset) else (value,):
            if each is None or each is UNSET or text(operation, name, each) in written:
                continue
            if not written.issuperset(text(operation, name, each).split(",")):  # a list may be given as one text
                raise ValueError(f"{operation}: {unknown_choice(name, each, known, 'zoom.call(…, params=…)')}")


def text(operation: OperationLike, name: str, value: Any) -> str:
    """Return the text of one value; raise `TypeError` for what has none, and for a number that should be a day."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float | date):
        return str(codec.plain(_read_time(operation, name, value)))
    raise TypeError(f"{operation}: {name} is a {type(value).__name__}; give text, a number, a date or a list of those")


def _read_time(operation: OperationLike, name: str, value: Any) -> Any:
    """Return a value as Zoom is to read it if it may be a time: a text with an offset in UTC, and no number at all."""
    if _HAS_OFFSET.search(value) if isinstance(value, str) else name in _ENDS and not isinstance(value, date):
        from zoom_api_client.core import times  # loaded with the first time that is not in UTC

        return times.read_argument(operation, name, value)
    return value
