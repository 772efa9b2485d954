"""Lists of Zoom's, read page by page. The blocking `Pages` is derived from this file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from zoom_api_client import errors
from zoom_api_client.operation import Request
from zoom_api_client.values import UNSET, Unset

if TYPE_CHECKING:
    from zoom_api_client.client import AsyncZoom

Page = TypeVar("Page")
Item = TypeVar("Item")


class AsyncPages(Generic[Page, Item]):
    """All items of a list, across its pages; `pages()` gives the pages themselves. Reading begins with the first item.

    Args:
        zoom: the client.
        request: returns the request for the page of a token; for the first page there is none.
        items: the name of the field of a page that holds its items.
    """

    def __init__(self, zoom: AsyncZoom, request: Callable[[str | Unset], Request[Page]], items: str) -> None:
        self._zoom, self._request, self._items = zoom, request, items

    async def pages(self, token: str | Unset = UNSET) -> AsyncIterator[Page]:
        """Yield page after page, from that of a token if one is given."""
        seen: set[str] = set()
        while True:
            page: Any = await self._zoom.send(self._request(token))
            items = getattr(page, self._items, self)
            if items and not isinstance(items, list):
                raise errors.PagingFailed(f"Zoom answered with no page: it has no list of {self._items}")
            yield page
            token = page.next_page_token
            if not isinstance(token, str) or not token:
                return
            if token in seen:
                raise errors.PagingFailed(
                    "Zoom gave the same next_page_token twice: the list cannot be read to its end"
                )
            seen.add(token)

    async def __aiter__(self) -> AsyncIterator[Item]:
        async for page in self.pages():
            items: list[Item] = getattr(page, self._items) or []
            for item in items:
                yield item
