"""Where a page stands in its list: which item is its first, and what it says of the pages beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from zoom_api_client.core.paging import Paging
from zoom_api_client.testing import echo
from zoom_api_client.transport.page_turning import TOKENS

USUAL_SIZE = 30


@attrs.frozen
class Place:
    """The place of a page: the index of its first item, how many a page has, and how many the list has."""

    start: int
    size: int
    count: int

    @property
    def end(self) -> int:
        """The index of the first item of the next page."""
        return self.start + self.size

    @property
    def is_last(self) -> bool:
        """True if no page follows."""
        return self.end >= self.count


def page_size(paging: Paging, asked: Mapping[str, Any], most: int) -> int:
    """Return how many items a page is to have."""
    return min(_number(asked.get(paging.size)) or USUAL_SIZE, most)


def first_index(
    paging: Paging, asked: Mapping[str, Any], size: int, read_token: Callable[[str], int | None]
) -> int | None:
    """Return the index of the first item that is asked for; None if no page begins so."""
    parameter = next((each for each in paging.turned_by if asked.get(each)), None)
    if parameter is None:
        return 0
    if parameter in TOKENS:
        return read_token(str(asked[parameter]))
    before = max(_number(asked[parameter]) - 1, 0)
    return before if parameter == "startIndex" else before * size


def mark(page: dict[str, Any], outer: str, turned_by: tuple[str, ...], place: Place, token: str) -> dict[str, Any]:
    """Return a page that says where it stands: by what its operation declares, and always by its token.

    `outer` is where in the page the list and its marks lie; "" at the top.
    """
    number = place.start // place.size + 1 if place.size else 1
    marks: dict[str, Any] = dict.fromkeys(echo.COUNTS, place.count)
    marks |= dict.fromkeys(("page_number", "page_num", "page"), number)
    marks |= {"page_count": -(-place.count // max(place.size, 1)), "has_next_page": not place.is_last}
    marks |= {"startIndex": place.start + 1, "itemsPerPage": min(place.size, max(place.count - place.start, 0))}
    holder = at(page, outer)
    declared = {name: each for name, each in marks.items() if type(holder.get(name)) is type(each)}
    tokens = {TOKENS[each]: token for each in turned_by if each in TOKENS}
    marked: dict[str, Any] = put(page, outer, {**holder, **declared, **tokens})
    return marked


def outside(place: str) -> str:
    """Return where the object lies that has the list of a place."""
    return place.rpartition(".")[0]


def at(fields: Any, place: str) -> Any:
    """Return what lies at a place: a name, with dots where it lies deeper; "" is all of it."""
    for name in filter(None, place.split(".")):
        fields = fields[name]
    return fields


def put(fields: Any, place: str, value: Any) -> Any:
    """Return the fields with a value at a place."""
    if not place:
        return value
    name, _, deeper = place.partition(".")
    return {**fields, name: put(fields.get(name, {}), deeper, value)}


def _number(value: Any) -> int:
    """Return a number, also one that Zoom's documents call text; 0 for none."""
    return int(float(value)) if str(value).removesuffix(".0").isdecimal() else 0
