"""The paging of an operation's list, as its contract says."""

from __future__ import annotations

from collections.abc import Iterable

import attrs


def _tuple(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


@attrs.frozen
class Paging:
    """The parameters that turn the pages of a list, and the field of its items; all names are Zoom's own.

    Attributes:
        turned_by: the parameter that asks for another page. Of several, Zoom's answer says which one goes on.
        items: the field of a page that holds its items, with dots where it lies deeper; of several, the first that has
            any.
        size: the parameter that says how many items a page has; empty where there is none.
        smallest: the least that `size` may be.
        largest: the most that `size` may be; None where Zoom does not say.
        in_body: whether these parameters are fields of the body; otherwise they stand in the query.
    """

    turned_by: tuple[str, ...] = attrs.field(converter=_tuple)
    items: tuple[str, ...] = attrs.field(converter=_tuple)
    size: str = ""
    smallest: int = 1
    largest: int | None = None
    in_body: bool = False
