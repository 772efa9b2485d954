"""Bounds the time of an answer where it is read, at the socket: also what drips before its body, and between parts."""

# Derived from zoom_api_client/_async/answer_clock.py by `python -m generator build`: do not edit.
from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from math import inf
from typing import Any

from zoom_api_client import errors
from zoom_api_client.transport import http

_CONNECTED = (".connect_tcp.complete", ".connect_unix_socket.complete", ".start_tls.complete")

Trace = Callable[[str, dict[str, Any]], Any]


class ClockTrace:
    """The `trace` extension of a request: gives each connection that is made for it a clock, and tells another trace.

    Args:
        told: the trace that the request had.
        seconds: the bound of an answer.
    """

    def __init__(self, told: Trace | None, seconds: float) -> None:
        self._told, self._seconds = told, seconds

    def __call__(self, event: str, info: dict[str, Any]) -> None:
        if event.endswith(_CONNECTED):
            with suppress(AttributeError):  # of a transport whose streams take no attributes
                AnswerClock(info["return_value"], self._seconds)
        if self._told is not None:
            self._told(event, info)


class AnswerClock:
    """Bounds the time of each answer on a connection, from the first wait for it after something was sent."""

    def __init__(self, stream: Any, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._read, self._write = stream.read, stream.write
        self._seconds, self._clock = seconds, clock
        self._until: float | None = None
        stream.read, stream.write, stream.lift_bound = self.read, self.write, self.lift

    def lift(self) -> None:
        """Let what is left of this answer take any time."""
        self._until = inf

    def write(self, *args: Any, **kwargs: Any) -> None:
        """Write: what is read next is another answer."""
        self._until = None
        self._write(*args, **kwargs)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what comes within the timeout. Raises `BoundExceeded` if the answer takes too long."""
        if self._until is None:
            self._until = self._clock() + self._seconds
        left, longest = self._until - self._clock(), inf if timeout is None else timeout
        if left <= 0:
            raise errors.BoundExceeded("answer_seconds", self._seconds)
        try:
            part: bytes = self._read(max_bytes, timeout if longest <= left else left)
        except Exception as failure:
            if left < longest and http.is_timeout(failure):
                raise errors.BoundExceeded("answer_seconds", self._seconds) from None
            raise
        return part
