"""The blocking and the asynchronous client behind one face, so that each test of a client is written once."""

from collections.abc import AsyncIterator, Callable
from inspect import isawaitable
from types import ModuleType
from typing import Any

import attrs
import httpx

from zoom_api_client import AsyncZoom, Retry, Zoom

AT_ONCE = Retry(first_wait=0.0)
Handler = Callable[[httpx.Request], httpx.Response]


@attrs.define
class World:
    """One of the two worlds. `seen` has every request that went to a handler."""

    kind: type[Zoom] | type[AsyncZoom]
    seen: list[httpx.Request] = attrs.field(factory=list)

    def zoom(self, handler: Handler, **options: Any) -> Any:
        """Return a client that a function answers: it waits for nothing, and no guard asks who `me` is."""

        def answer(request: httpx.Request) -> httpx.Response:
            self.seen.append(request)
            return handler(request)

        defaults = {"transport": httpx.MockTransport(answer), "guard": None, "retry": AT_ONCE}
        return self.kind("a token", **{**defaults, **options})

    def at(self, base_url: str, **options: Any) -> Any:
        """Return a client of what answers at an address: it waits for nothing, and has no guard."""
        return self.kind("a token", base_url=base_url, **{"guard": None, "retry": AT_ONCE, **options})

    async def of(self, result: Any) -> Any:
        """Return the result of a method, awaited where it must be."""
        return await result if isawaitable(result) else result

    async def run(self, module: ModuleType, *args: Any, client: Any, **kwargs: Any) -> Any:
        """Call the operation of a module."""
        product = getattr(client.api, module.OPERATION.product)
        return await self.of(getattr(product, module.OPERATION.name)(*args, **kwargs))

    async def each(self, listed: Any) -> AsyncIterator[Any]:
        """Give what an iterator of either kind gives."""
        if hasattr(listed, "__aiter__"):
            async for one in listed:
                yield one
        else:
            for one in listed:
                yield one

    async def all(self, listed: Any) -> list[Any]:
        """Return all that an iterator of either kind gives."""
        return [one async for one in self.each(listed)]

    async def close(self, zoom: Any) -> None:
        """Close a client."""
        await self.of(zoom.close() if self.kind is Zoom else zoom.aclose())
