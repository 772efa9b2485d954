"""Identifiers as people have them: numbers with spaces, UUIDs in any encoding. An error says what is not one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zoom_api_client.core import parameters
from zoom_api_client.core.unset import UNSET, Unset

_GAPS = re.compile(r"[\s\u2010-\u2015-]+")
_UUID = re.compile(r"[A-Za-z0-9+/=_-]+")
_URL = re.compile(r"\w+://|[\w-]+(\.[\w-]+)+/")  # `zoom.us/j/…` too
_NUMBER_IN_URL = re.compile(r"/(\d{9,})(?=[/?#]|$)")


def meeting(identifier: int | str) -> int | str:
    """Return the number of a meeting or webinar without gaps (`"938 4756 6001"`), or a UUID without percent-encoding.

    Raises `ValueError` for what can be neither, a join URL for example.
    """
    if isinstance(identifier, bool):
        raise TypeError(f"{identifier} is not a meeting id")
    if not isinstance(identifier, str):
        return identifier
    compact = _GAPS.sub("", identifier)
    if compact.isascii() and compact.isdigit():
        return compact
    uuid = parameters.decode(identifier.strip())
    if _URL.match(uuid):
        raise ValueError(f"a URL is not a meeting id: {_advice(uuid)}")
    if uuid and not _UUID.fullmatch(uuid):
        raise ValueError(f"{identifier!r} is neither the number of a meeting nor a UUID")
    return uuid


def occurrence(identifier: int | str | Unset) -> str | Unset:
    """Return the id of an occurrence as text. An empty one is refused: it would stand for the whole series."""
    if isinstance(identifier, Unset):
        return UNSET
    if not identifier or not str(identifier).strip():
        raise ValueError(f"occurrence_id is {identifier!r}, which names none: leave it out to mean the whole series")
    return str(identifier).strip()


def occurrences(identifiers: int | str | Iterable[int | str] | Unset) -> str | Unset:
    """Return the ids of several occurrences as Zoom takes them, joined by commas."""
    if isinstance(identifiers, Unset | int | str):
        return occurrence(identifiers)
    return ",".join(str(occurrence(each)) for each in identifiers) or UNSET


def _advice(url: str) -> str:
    number = _NUMBER_IN_URL.search(url)
    return f"the id is the number in it, {number[1]}" if number else "give the number or the UUID of the meeting"
