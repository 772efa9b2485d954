"""Lists of Zoom's, read page by page."""

# Derived from zoom_api_client/_async/pages.py by `python -m generator build`: do not edit.
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from zoom_api_client import errors
from zoom_api_client.core.operation import Request
from zoom_api_client.core.unset import UNSET, Unset
from zoom_api_client.transport.page_turning import Cursor
from zoom_api_client.transport.pagination import Reading, find_items

if TYPE_CHECKING:
    from zoom_api_client._sync.protocols import Sender

Page = TypeVar("Page")
Item = TypeVar("Item")


class Pages(Generic[Page, Item]):
    """All items of a list, across its pages; `pages()` gives the pages themselves, `first()` the first item.

    Reading begins with the first item that is asked for, and begins anew with each loop. A page token lives 15 minutes:
    if one expires, comes twice or is missing, the list is read again from its first page without what has been handed
    out. `PagingFailed` is raised where that does not help: a list never ends early without a word.

    Args:
        zoom: the client.
        parts: the requests of the list, one after the other: each returns the request for a page, from the keywords
            `page_size`, and what turns the page after the first.
        items: the name of the field of a page that holds its items; of several, the first that has any.
        page_size: items Zoom sends at a time; None where Zoom takes none.
        smallest: the least that `page_size` may be.
        turned_by: the parameters that turn the page, `next_page_token` for example.
        start: the value of these for the first page, if it is not that of the list.
    """

    def __init__(
        self,
        zoom: Sender,
        parts: Iterable[Callable[..., Request[Page]]],
        *items: str,
        page_size: int | None,
        smallest: int = 1,
        turned_by: tuple[str, ...] = ("next_page_token",),
        start: Cursor | None = None,
    ) -> None:
        self._zoom, self._parts, self._names = zoom, tuple(parts), items
        self._size, self._smallest = page_size, smallest
        self._turned_by, self._start = turned_by, start

    def pages(self, token: str | Unset = UNSET) -> Iterator[Page]:
        """Yield page after page, from that of a token if one is given."""
        reading = Reading(self._names, self._turned_by, self._zoom.bounds)
        start = {self._turned_by[0]: token} if token else self._start
        for part in self._parts:
            reading.begin(start)
            while reading.goes_on():
                page = self._page(part, reading, self._size)
                if page is not None:
                    yield page
            start = None

    def first(self) -> Item | None:
        """Return the first item, None if there is none. Zoom is asked for no more than that one."""
        reading = Reading(self._names, self._turned_by, self._zoom.bounds)
        start = self._start
        for part in self._parts:
            reading.begin(start)
            while reading.goes_on():
                page = self._page(part, reading, self._size and self._smallest)
                items: list[Item] = find_items(page, self._names) if page is not None else []
                if items:
                    return items[0]
            start = None
        return None

    def __iter__(self) -> Iterator[Item]:
        for page in self.pages():
            items: list[Item] = find_items(page, self._names)
            for item in items:
                yield item

    def _page(self, part: Callable[..., Any], reading: Reading, size: int | None) -> Page | None:
        sized = {"page_size": size} if size else {}
        try:
            page = self._send(part(**sized, **(reading.cursor or {})))
        except errors.InvalidRequest as refused:
            reading.recover(refused)
            return None
        taken: Page | None = reading.take(page)
        return taken

    def _send(self, request: Any) -> Any:
        return self._zoom.send(request)


class CalledPages(Pages[Any, Any]):
    """All items of a list that `Zoom.pages` names: pages and items are decoded JSON."""

    def __init__(self, zoom: Sender, call: Mapping[str, Any], items: str | None) -> None:
        names = (items,) if items else ()
        turned_by = ("next_page_token", "page_number")
        super().__init__(zoom, [partial(_turn, call)], *names, page_size=None, turned_by=turned_by)

    def _send(self, request: Any) -> Any:
        return self._zoom.call(**request)


def _turn(call: Mapping[str, Any], **cursor: Any) -> Any:
    """Return the arguments of `call()` for another page: the rest of the query, or of the body, is repeated."""
    where = "json" if isinstance(call["json"], Mapping) else "params"
    return {**call, where: {**(call[where] or {}), **cursor}}
