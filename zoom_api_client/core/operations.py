"""Operations that answer with a page of a list, and the index of all operations."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import attrs

from zoom_api_client.core import codec
from zoom_api_client.core.operation import UNSET, Operation, Paging, Request, Unset

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


def rows() -> list[dict[str, Any]]:
    """Return the facts of every operation, those for master accounts among them, as the index has them."""
    found: list[dict[str, Any]] = codec.loads((files("zoom_api_client.api") / "operations.json").read_bytes())
    return found


__all__ = [
    "UNSET",
    "PagedOperation",
    "PagedRequest",
    "Paging",
    "Unset",
    "operations",
    "rows",
]
