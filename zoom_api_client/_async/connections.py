"""The HTTP client that requests are sent by, and the places on its connections."""

from __future__ import annotations

from functools import partial
from typing import Any

from zoom_api_client._async.primitives import client, home, places
from zoom_api_client.transport import http
from zoom_api_client.transport.bounded_reading import bound
from zoom_api_client.transport.bounds import Bounds


class AsyncConnections:
    """Opens connections anew where those at hand belong to another: an event loop that has ended, or a forked process.

    Attributes:
        client: the HTTP client that was made last.
        transport: what it was made with.
        traces: whether the transport tells when it begins to send, as httpx's own and ours do.
    """

    def __init__(
        self, transport: http.AsyncTransport | None, timeout: float, options: http.Options, bounds: Bounds
    ) -> None:
        self.transport, self._bounds = transport, bounds
        self.traces = http.traces(transport, options)
        self._client = partial(client, transport, timeout, {"limits": http.LIMITS, **options})
        self._room = partial(places, http.most_connections(options))
        self.client, self._places = self._made(), self._room()
        self._home: object = None

    def here(self) -> tuple[http.AsyncClient, Any]:
        """Return the HTTP client of the caller's event loop and process, and what lets in a request at a time."""
        if self._home != (now := home()):
            if self._home is not None:
                self.client, self._places = self._made(), self._room()
            self._home = now
        return self.client, self._places

    def _made(self) -> http.AsyncClient:
        made = self._client()
        bound(made, self._bounds)
        return made

    async def aclose(self) -> None:
        """Close the connections; those of another event loop or process are left to it."""
        await self.here()[0].aclose()
