"""Operations that answer with a page of a list, and the index of all operations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

from zoom_api_client.core import resources
from zoom_api_client.core.operation import UNSET, Operation, Paging, Request, Unset

_SUB_ACCOUNT = re.compile(r"(/accounts/[^/]+)/")

Page = TypeVar("Page")
Item = TypeVar("Item")


@attrs.frozen(kw_only=True)
class PagedRequest(Request[Page], Generic[Page, Item]):
    """A request for a page of a list: `Page` is the answer, `Item` what the list consists of."""


@attrs.frozen(kw_only=True)
class PagedOperation(Operation[Page], Generic[Page, Item]):
    """An operation that answers with a page of a list."""

    if TYPE_CHECKING:

        def request(self, path: Mapping[str, Any] | None = None, **values: Any) -> PagedRequest[Page, Item]: ...

    @property
    def _kind(self) -> type[Request[Page]]:
        return PagedRequest


@cache
def operations(*, master: bool = False) -> tuple[Operation[Any], ...]:
    """Return every operation, by product and name, without loading their modules.

    Those that only Zoom's documents for master accounts have are among them if `master` asks for them.
    """
    if not master:
        return tuple(each for each in operations(master=True) if not each.master)
    return tuple((PagedOperation if "paged" in row else Operation)(**row) for row in rows())


def find_operation(method: str, path: str) -> Operation[Any] | None:
    """Return the operation that a method and a path below the base URL are for, None if Zoom's documents have none.

    Of several templates that fit it is the one with the most literal segments.
    """
    segments = path.strip("/").split("/")
    for template, operation in _by_shape().get((method, len(segments)), ()):
        if all(ours.startswith("{") or ours == given for ours, given in zip(template, segments, strict=True)):
            return operation
    below = _SUB_ACCOUNT.match(path)
    return find_operation(method, path[below.end(1) :]) if below else None


@cache
def _by_shape() -> dict[tuple[str, int], list[tuple[list[str], Operation[Any]]]]:
    shapes: dict[tuple[str, int], list[tuple[list[str], Operation[Any]]]] = {}
    for each in operations():
        template = each.path.strip("/").split("/")
        shapes.setdefault((each.method, len(template)), []).append((template, each))
    for same in shapes.values():
        same.sort(key=lambda row: [part.startswith("{") for part in row[0]])
    return shapes


def rows() -> list[dict[str, Any]]:
    """Return the facts of every operation, those for master accounts among them, as the index has them."""
    found: list[dict[str, Any]] = resources.load("zoom_api_client.api", "operations.json")
    return found


__all__ = [
    "UNSET",
    "PagedOperation",
    "PagedRequest",
    "Paging",
    "Unset",
    "find_operation",
    "operations",
    "rows",
]
