"""Finds the page that follows: by a token, by the number of the page, or by the index of an item."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import attrs

from zoom_api_client import errors
from zoom_api_client.core.operation import Request

T = TypeVar("T")

TOKENS = {"next_page_token": "next_page_token", "pageToken": "nextPageToken"}  # the parameter: the field of a page
_INDEX = "startIndex"
_DIGITS = 19  # of a count: no list is longer than that

Cursor = dict[str, Any]
"""The parameters that ask for a page: none for the first."""


def find_next_cursor(page: Mapping[str, Any], cursor: Cursor, turned_by: tuple[str, ...], count: int) -> Cursor:
    """Return the cursor of the page that follows; an empty one after the last. Raises `PagingFailed`.

    Args:
        page: the fields of a page.
        cursor: the cursor that it was asked for with.
        turned_by: the parameters that turn the pages of the list; numbers go on only where no token does.
        count: how many items the page has.
    """
    for parameter in turned_by:
        if parameter in TOKENS:
            token = page.get(TOKENS[parameter])
            if token and not isinstance(token, str):
                raise errors.PagingFailed(f"Zoom gave a {TOKENS[parameter]} that is not text, so the list cannot go on")
            if token:
                return {parameter: token}
            if parameter in cursor:
                return {}
        elif parameter == _INDEX:
            return _by_index(page, cursor, count)
        elif len(turned_by) == 1 or page.get(parameter) or page.get(parameter) == 0:
            return _by_number(page, cursor, parameter, count)
    return {}


def turn(request: Callable[[], Request[T]], **cursor: str) -> Request[T]:
    """Return the request for a page of a list that Zoom's documents do not page: Zoom may begin to page it one day."""
    first = request()
    return attrs.evolve(first, query=(*first.query, *cursor.items()))


def _by_number(page: Mapping[str, Any], cursor: Cursor, parameter: str, count: int) -> Cursor:
    number, last = _integer(page.get(parameter)) or _integer(cursor.get(parameter)) or 1, page.get("page_count")
    goes_on = number < last if isinstance(last, int) else page.get("has_next_page", count > 0)
    return {parameter: number + 1} if goes_on else {}


def _by_index(page: Mapping[str, Any], cursor: Cursor, count: int) -> Cursor:
    start, total = _integer(page.get(_INDEX)) or _integer(cursor.get(_INDEX)) or 1, page.get("totalResults")
    following = start + count
    goes_on = count > 0 and (not isinstance(total, int) or following <= total)
    return {_INDEX: following} if goes_on else {}


def _integer(value: Any) -> int:
    """Return a whole number, also one that is text or ends in `.0`; 0 for anything else."""
    text = str(value).removesuffix(".0")
    return int(text) if text.isdecimal() and len(text) < _DIGITS else 0
