"""What the adapters need of a receiver: they are loaded by it, and so do not import it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from zoom_api_client.triggers.health import Health
from zoom_api_client.triggers.inbox import Delivery
from zoom_api_client.triggers.reply import Reply
from zoom_api_client.triggers.signature import Headers
from zoom_api_client.triggers.webhook import Webhook


class DeliveryReceiver(Protocol):
    """Takes deliveries, answers them, and handles their events while it is started."""

    @property
    def dispatch(self) -> Callable[[bytes], Coroutine[Any, Any, bool]]:
        """What gives the event of a body to its handlers."""
        ...

    @property
    def webhook(self) -> Webhook:
        """What tells deliveries from everything else."""
        ...

    def refuse(self, headers: Headers, method: str = "POST") -> Reply | None:
        """Return the answer to a request that is refused before its body is read."""
        ...

    def examine(self, headers: Headers, body: bytes, method: str = "POST") -> Reply | Delivery:
        """Return the delivery of a request, or the answer to one that is none."""
        ...

    def handle(self, headers: Headers, body: bytes, *, method: str = "POST") -> Reply:
        """Return the answer to a request; its event is stored when this returns."""
        ...

    async def answer(self, headers: Headers, body: bytes, *, method: str = "POST") -> Reply:
        """Return what `handle` returns, in an event loop."""
        ...

    def health(self) -> Health:
        """Return how the receiver stands."""
        ...

    def start(self) -> None:
        """Start the handlers."""
        ...

    def start_here(self) -> None:
        """Start the handlers in this event loop."""
        ...

    async def stop_here(self) -> None:
        """Stop the handlers of this event loop."""
        ...
