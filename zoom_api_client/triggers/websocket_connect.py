"""Connects a WebSocket, and goes to Zoom only: the library would follow a redirect to any host."""

from __future__ import annotations

from typing import Any

from websockets.asyncio import client

from zoom_api_client.errors import ConnectionFailed
from zoom_api_client.transport import hosts


class connect(client.connect):  # noqa: N801 - as the library calls it
    """A connection whose redirects lead to hosts of Zoom's alone: what comes from another one is not Zoom's event."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        try:
            found = super().process_redirect(exc)
        except ValueError:  # it names no address
            return exc
        return found if isinstance(found, Exception) or hosts.is_zoom_socket(found) else exc

    async def __aenter__(self) -> Any:
        try:
            return await super().__aenter__()
        except ImportError as missing:  # the library for the kind of proxy that the environment names
            raise ConnectionFailed(f"{missing}: pip install it, or unset the proxy of the environment") from None
