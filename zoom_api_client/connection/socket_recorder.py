"""Keeps an answer as it comes from the socket, before the HTTP library looks at it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

_CONNECTED = (".connect_tcp.complete", ".connect_unix_socket.complete", ".start_tls.complete")


class Tap:
    """The `trace` extension of httpx for one request: it is shown each connection, and listens to what is read there.

    Between the socket and who asked lie a thousand lines of the HTTP library, in which a kill would lose the answer.
    From what is no HTTP/1.1 connection (HTTP/2, a transport of the caller's own) only the body is kept, by `body`.
    """

    def __init__(self, keep: Callable[[bytes], int]) -> None:
        self._keep, self._kept = keep, 0

    def __call__(self, event: str, info: dict[str, Any]) -> None:
        if event.endswith(_CONNECTED):
            stream = info["return_value"]
            with suppress(AttributeError):
                stream.read = partial(self._read, stream.read)

    def _read(self, read: Callable[..., bytes], *args: Any, **kwargs: Any) -> bytes:
        # One line, so that no other runs between the receiving and the keeping.
        self._kept += ((part := read(*args, **kwargs)).startswith(b"HTTP/1") or self._kept > 0) and self._keep(part)
        return part

    def body(self, part: bytes) -> int:
        """Keep a part of the body, unless it has been kept as it came."""
        return len(part) if self._kept else self._keep(part)
