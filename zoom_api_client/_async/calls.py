"""One operation of a client, to be called. The blocking one is derived from this file."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar

from zoom_api_client.core.operation import Operation, Request
from zoom_api_client.core.operations import PagedRequest
from zoom_api_client.core.signatures import Routine, naming, with_arguments_of_operation
from zoom_api_client.transport.answer import Answer

if TYPE_CHECKING:
    from zoom_api_client._async.pages import AsyncPages
    from zoom_api_client._async.protocols import AsyncFileSender, AsyncSender

P = ParamSpec("P")
T = TypeVar("T")
Page = TypeVar("Page")
Item = TypeVar("Item")


class AsyncCall(Routine, Generic[P, T]):
    """An operation of a client: calling it sends the request, and returns the typed result.

    Its arguments are those of `request` in the operation's module; `help()` and `inspect.signature()` show them.

    Attributes:
        operation: what is known of the operation: method, path, scopes, rate limit and so on.
    """

    def __init__(self, zoom: AsyncSender, operation: Operation[T], request: Callable[P, Request[T]]) -> None:
        self._zoom, self.operation, self._request = zoom, operation, naming(operation, request)
        self.__name__, self.__doc__ = operation.name, request.__doc__

    async def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._zoom.send(self._request(*args, **kwargs))

    @with_arguments_of_operation
    async def raw(self, *args: P.args, **kwargs: P.kwargs) -> Answer[T]:
        """Send the request, and return the whole answer: status, headers, content and result; errors are raised."""
        return await self._zoom.send_raw(self._request(*args, **kwargs))

    @with_arguments_of_operation
    def request(self, *args: P.args, **kwargs: P.kwargs) -> Request[T]:
        """Return the request without sending it; `zoom.send(request)` does."""
        return self._request(*args, **kwargs)

    @property
    def __signature__(self) -> inspect.Signature:
        returns = " | ".join(dict.fromkeys(str(each) for each in self.operation.results.values()))
        return inspect.signature(self._request).replace(return_annotation=returns)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.operation}: {self.operation.method} {self.operation.path}>"


class AsyncPagedCall(AsyncCall[P, Page], Generic[P, Page, Item]):
    """An operation that answers with a page of a list; `all` reads the whole list."""

    _request: Callable[P, PagedRequest[Page, Item]]

    @with_arguments_of_operation
    def all(self, *args: P.args, **kwargs: P.kwargs) -> AsyncPages[Page, Item]:
        """Return all items of the list, to iterate over; `.pages()` gives its pages, `.first()` its first item.

        The largest pages that Zoom gives are asked for unless the page size is among the arguments. A page token or
        number among them says where to begin.
        """
        from zoom_api_client._async.pages import AsyncPages
        from zoom_api_client.transport.listing import Listing

        paging = self.operation.paged
        assert paging
        pages = Listing(self._request(*args, **kwargs), paging)
        return AsyncPages(
            self._zoom,
            [pages],
            *paging.items,
            page_size=pages.page_size,
            smallest=paging.smallest,
            turned_by=paging.turned_by,
            start=pages.start,
        )


class AsyncFileCall(AsyncCall[P, bytes]):
    """An operation that answers with a file; `save` writes it to a path, however large it is."""

    _zoom: AsyncFileSender

    @with_arguments_of_operation
    async def save(self, to: str | os.PathLike[str], /, *args: P.args, **kwargs: P.kwargs) -> Path:
        """Write the file to a path, and return the path. What was interrupted goes on where it stopped.

        Raises `DownloadError` for what is not a file, and for what cannot be had whole.
        """
        from zoom_api_client._async.downloads.download import save

        return await save(self._zoom, self._request(*args, **kwargs), to)


def call_of(zoom: AsyncFileSender, module: ModuleType) -> AsyncCall[..., Any]:
    """Return the call of a module's operation."""
    operation: Operation[Any] = module.OPERATION
    if operation.paged:
        return AsyncPagedCall(zoom, operation, module.request)
    if "bytes" in operation.results.values():
        return AsyncFileCall(zoom, operation, module.request)
    return AsyncCall(zoom, operation, module.request)
