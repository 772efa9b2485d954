"""Every operation of a client, by product and name. Derived from the asynchronous one.

What is loaded here by name, type checkers and editors read in the stub beside this file.
"""

# Derived from zoom_api_client/_async/api.py by `python -m generator build`: do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zoom_api_client._sync.calls import Call, call_of
from zoom_api_client.core import catalogue

if TYPE_CHECKING:
    from zoom_api_client._sync.client import Zoom


class Product:
    """The operations of one product, each loaded when it is first used."""

    def __init__(self, zoom: Zoom, name: str) -> None:
        self._zoom, self._name = zoom, name
        self.__doc__ = catalogue.product(name).__doc__

    def __getattr__(self, name: str) -> Call[..., Any]:
        call = call_of(self._zoom, catalogue.operation(self._name, name))
        setattr(self, name, call)
        return call

    def __dir__(self) -> list[str]:
        return sorted({*object.__dir__(self), *catalogue.operations(self._name)})

    def __repr__(self) -> str:
        return f"<zoom.api.{self._name}: {len(catalogue.operations(self._name))} operations>"


class Api:
    """Every operation of Zoom's, by product and name: `zoom.api.users.list_users(…)`."""

    def __init__(self, zoom: Zoom) -> None:
        self._zoom = zoom

    def __getattr__(self, name: str) -> Product:
        catalogue.product(name)
        product = Product(self._zoom, name)
        setattr(self, name, product)
        return product

    def __dir__(self) -> list[str]:
        return sorted({*object.__dir__(self), *catalogue.products()})

    def __repr__(self) -> str:
        return f"<zoom.api: {len(catalogue.products())} products>"
