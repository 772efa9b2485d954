"""The HTTP clients that requests are sent by, and the places on their connections."""

from __future__ import annotations

from typing import Any

from zoom_api_client._async.bounded_reading import bound
from zoom_api_client._async.primitives import (
    Home,
    check,
    close_at,
    current_home,
    is_over,
    make_client,
    make_limiter,
    run,
)
from zoom_api_client.transport import client_options, http
from zoom_api_client.transport.bounds import Bounds
from zoom_api_client.transport.settings import Settings


class AsyncConnections:
    """Has an HTTP client for each event loop and each process: connections belong to one, and a fork copies them.

    Attributes:
        settings: what the clients are made with.
        are_own: whether they are of httpx's own transport or of ours, which tell when they begin to send.
    """

    def __init__(self, settings: Settings, bounds: Bounds) -> None:
        check(settings)
        self.settings, self._bounds = settings, bounds
        self.are_own = client_options.has_own_transport(settings.transport, settings.options)
        self._rooms: dict[Home, tuple[http.AsyncClient, Any]] = {}
        self._is_closed = False

    async def here(self) -> tuple[http.AsyncClient, Any]:
        """Return the HTTP client of the caller's event loop and process, and what lets in a request at a time."""
        place = current_home()
        room = self._rooms.get(place)
        if room is None:
            if self._is_closed:
                raise RuntimeError("the client is closed: make another one, or call it before `with` ends")
            made = await run(self._make_client)
            room = self._rooms.setdefault(
                place, (made, make_limiter(client_options.most_connections(self.settings.options)))
            )
            self._forget_what_is_over()
        return room

    def _forget_what_is_over(self) -> None:
        """Let go of clients whose event loop has ended: nobody could close their connections, which end with them."""
        for place in list(self._rooms):
            if is_over(place):
                self._rooms.pop(place, None)

    def _make_client(self) -> http.AsyncClient:
        made = make_client(self.settings)
        bound(made, self._bounds)
        return made

    async def aclose(self) -> None:
        """Close the connections of this event loop, and have those of others closed there."""
        self._is_closed = True
        self._forget_what_is_over()
        here = current_home()
        for place in list(self._rooms):
            made, _ = self._rooms.pop(place)
            if place == here:
                await made.aclose()
            else:
                close_at(place, made)
