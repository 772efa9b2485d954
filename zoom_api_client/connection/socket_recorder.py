"""Keeps an answer as it comes from the socket, before the HTTP library looks at it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, Self

from zoom_api_client.errors import ZoomError
from zoom_api_client.transport.bounds import Bounds, Meter

_log = logging.getLogger("zoom_api_client")
_CONNECTED = (".connect_tcp.complete", ".connect_unix_socket.complete", ".start_tls.complete")


def keep_nothing(part: bytes) -> int:
    """Take the place of what keeps an answer, and tell that all of it is kept."""
    return len(part)


class SocketRecorder:
    """The `trace` extension of httpx for one request: it is shown each connection, and listens to what is read there.

    Between the socket and who asked lie a thousand lines of the HTTP library, in which a kill would lose the answer.
    A disk that fails meanwhile does not cost the answer, which is in memory: that is logged, and no more is kept.
    From any other connection than HTTP/1.1 (HTTP/2, a transport of the caller's) `keep_body` keeps the body alone.
    """

    def __init__(self, keep: Callable[[bytes], int], bounds: Bounds) -> None:
        self._keep, self._kept = keep, 0
        self._meter: Meter | None = None
        self._bounds = bounds
        self._listened: list[Any] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        """Listen no more: a transport of the caller's keeps its connections for other requests."""
        for stream in self._listened:
            del stream.read

    def __call__(self, event: str, info: dict[str, Any]) -> None:
        if event.endswith(_CONNECTED):
            stream = info["return_value"]
            with suppress(AttributeError):
                stream.read = partial(self._read, stream.read)
                self._listened.append(stream)

    def _read(self, read: Callable[..., bytes], *args: Any, **kwargs: Any) -> bytes:
        self._meter = self._meter or Meter(self._bounds, is_compressed=False)
        self._meter.check_time()
        part, kept = b"", 0
        try:  # one line, so that no other runs between the receiving and the keeping
            kept = ((part := read(*args, **kwargs)).startswith(b"HTTP/1") or self._kept > 0) and self._keep(part)
        except (OSError, ZoomError):
            if not part:
                raise
        if kept is not False:
            self._kept += len(part)
            self._check(part, kept)
        return part

    def keep_body(self, part: bytes) -> bytes:
        """Return a part of the body, and keep it unless it has been kept as it came."""
        if not self._kept:
            kept = 0
            with suppress(OSError, ZoomError):
                kept = self._keep(part)
            self._check(part, kept)
        return part

    def _check(self, part: bytes, kept: int) -> None:
        """Keep no more after a write that failed or was cut short: half of an answer is known as such, a gap is not."""
        if kept < len(part):
            _log.warning("Zoom's answer with the next token could not be kept on its way: is the disk full?")
            self._keep = keep_nothing
