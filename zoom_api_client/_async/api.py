"""Every operation of a client, by product and name. The blocking one is derived from this file.

What is loaded here by name, type checkers and editors read in the stub beside this file.
"""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING, Any

from zoom_api_client._async.calls import AsyncCall, call_of
from zoom_api_client.core import lazy

if TYPE_CHECKING:
    from zoom_api_client._async.protocols import AsyncFileSender

API = "zoom_api_client.api"


class AsyncProduct:
    """The operations of one product, each loaded when it is first used."""

    def __init__(self, zoom: AsyncFileSender, package: ModuleType) -> None:
        self._zoom, self._package = zoom, package.__name__
        self._shown = f"zoom.{self._package.removeprefix('zoom_api_client.')}"
        self.__doc__ = package.__doc__

    def __getattr__(self, name: str) -> AsyncCall[..., Any]:
        call = call_of(self._zoom, lazy.module(self._package, name, self._shown))
        setattr(self, name, call)
        return call

    def __dir__(self) -> list[str]:
        return sorted({*object.__dir__(self), *lazy.modules(self._package)})

    def __repr__(self) -> str:
        return f"<{self._shown}: {len(lazy.modules(self._package))} operations>"


class AsyncApi:
    """Every operation of Zoom's, by product and name: `zoom.api.users.list_users(…)`."""

    def __init__(self, zoom: AsyncFileSender) -> None:
        self._zoom = zoom

    def __getattr__(self, name: str) -> AsyncProduct:
        product = AsyncProduct(self._zoom, lazy.module(API, name, "zoom.api"))
        setattr(self, name, product)
        return product

    def __dir__(self) -> list[str]:
        return sorted({*object.__dir__(self), *lazy.modules(API)})

    def __repr__(self) -> str:
        return f"<zoom.api: {len(lazy.modules(API))} products>"
