"""The requests for the pages of an operation's list, made from the request for its first page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

import attrs

from zoom_api_client.core.operation import Paging
from zoom_api_client.core.operations import PagedRequest
from zoom_api_client.core.unset import UNSET
from zoom_api_client.transport.page_turning import Cursor

Page = TypeVar("Page")
Item = TypeVar("Item")


@attrs.frozen
class Listing(Generic[Page, Item]):
    """The list that a request asks for: call it for the request of one of its pages."""

    given: PagedRequest[Page, Item]
    paging: Paging

    @property
    def start(self) -> Cursor:
        """The cursor of the first page: empty unless the caller said where to begin."""
        parameters = self._parameters()
        return {name: parameters[name] for name in self.paging.turned_by if name in parameters}

    @property
    def page_size(self) -> Any:
        """The number of items to ask for at a time: the caller's, or the most that Zoom gives, if it says so."""
        return self._parameters().get(self.paging.size, self.paging.largest)

    def __call__(self, *, page_size: Any = None, **cursor: Any) -> PagedRequest[Page, Item]:
        turned: dict[str, Any] = {self.paging.size: page_size} if page_size else {}
        turned |= cursor
        left_out = {self.paging.size, *self.paging.turned_by}
        if self.paging.in_body:
            body = {name: each for name, each in self._body().items() if name not in left_out}
            return attrs.evolve(self.given, body={**body, **turned})
        query = [(name, text) for name, text in self.given.query if name not in left_out]
        return attrs.evolve(self.given, query=(*query, *_texts(turned)))

    def _parameters(self) -> Mapping[str, Any]:
        return self._body() if self.paging.in_body else dict(self.given.query)

    def _body(self) -> Mapping[str, Any]:
        return {} if self.given.body is UNSET else self.given.json


def _texts(turned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    return ((name, str(value)) for name, value in turned.items())
