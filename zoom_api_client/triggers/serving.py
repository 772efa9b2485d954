"""Serve a receiver with uvicorn, within the limits that a server open to everybody needs."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.h11_impl import H11Protocol

OPTIONS: Final[dict[str, Any]] = {
    "limit_concurrency": 500,  # connections; more are answered 503
    "timeout_keep_alive": 5,
    "backlog": 256,
    "h11_max_incomplete_event_size": 16 * 1024,
    "ws": "none",
}
_PATIENCE: Final = 6.0  # seconds for a request from its headers to the end of its answer; the body has 5 of them

_Protocol: Any = H11Protocol  # not httptools where that is installed: it takes headers of any size


class ImpatientProtocol(_Protocol):  # type: ignore[misc]
    """Ends connections on which the same request stands for long, or none, for which uvicorn waits forever.

    Whoever sends headers a byte a minute, or reads no answers, would hold one of `limit_concurrency`.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Begin to watch."""
        super().connection_made(transport)
        self._look_later()

    def connection_lost(self, exc: Exception | None) -> None:
        """Watch no longer."""
        self._look.cancel()
        super().connection_lost(exc)

    def _look_later(self) -> None:
        self._look = self.loop.call_later(_PATIENCE, self._end_if_unchanged, self.cycle)

    def _end_if_unchanged(self, cycle: Any) -> None:
        """End the connection if no request has begun since the last look, else look again."""
        if self.cycle is cycle:
            self.transport.abort()  # `close` waits until the other side has read everything
        else:
            self._look_later()
