"""How uvicorn serves a receiver: with limits that a server open to everybody needs."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.auto import AutoHTTPProtocol

OPTIONS: Final[dict[str, Any]] = {
    "limit_concurrency": 500,  # connections; more are answered 503
    "timeout_keep_alive": 5,
    "backlog": 256,
    "h11_max_incomplete_event_size": 16 * 1024,
    "ws": "none",
}
_IDLE: Final = 5.0  # seconds in which a request must begin, headers and all

_Protocol: Any = AutoHTTPProtocol


class ImpatientProtocol(_Protocol):  # type: ignore[misc]
    """Closes connections that ask for nothing, which uvicorn keeps for ever: each takes one of `limit_concurrency`."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Begin to watch."""
        super().connection_made(transport)
        self.loop.call_later(_IDLE, self._close_if_idle, self.cycle)

    def _close_if_idle(self, cycle: Any) -> None:
        """Close if there is no request, nor was one since the last look."""
        if self.transport.is_closing():
            return
        is_idle = self.cycle is None or self.cycle.response_complete
        if is_idle and self.cycle is cycle:
            self.transport.close()
        else:
            self.loop.call_later(_IDLE, self._close_if_idle, self.cycle)
