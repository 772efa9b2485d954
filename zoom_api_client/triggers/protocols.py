"""What the adapters need of a receiver: they are loaded by it, and so do not import it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from zoom_api_client.triggers.inbox import Delivery
from zoom_api_client.triggers.reply import Reply
from zoom_api_client.triggers.signature import Headers


class DeliveryReceiver(Protocol):
    """Takes deliveries, answers them, and handles their events while it is started."""

    @property
    def dispatch(self) -> Callable[[bytes], Coroutine[Any, Any, None]]:
        """What gives the event of a body to its handlers."""
        ...

    @property
    def max_body(self) -> int:
        """Bytes of the largest event that is taken."""
        ...

    def handle(self, headers: Headers, body: bytes, *, method: str = "POST") -> Reply:
        """Return the answer to a request; its event is stored when this returns."""
        ...

    async def ahandle(self, headers: Headers, body: bytes, *, method: str = "POST") -> Reply:
        """Return what `handle` returns, in an event loop."""
        ...

    def examine(self, headers: Headers, body: bytes, method: str) -> Reply | Delivery:
        """Return the delivery of a request, or the answer to one that is none."""
        ...

    def start(self) -> None:
        """Start the handlers."""
        ...

    def stop(self) -> None:
        """Stop the handlers."""
        ...
