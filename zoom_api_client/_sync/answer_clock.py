"""Bounds how long an answer may take where it is read from the socket: headers that drip included."""

# Derived from zoom_api_client/_async/answer_clock.py by `python -m generator build`: do not edit.
from __future__ import annotations

import time
from collections.abc import Callable
from math import inf
from typing import Any

from zoom_api_client import errors
from zoom_api_client.transport import failures


class ClockBackend:
    """The network of a connection pool, whose connections have clocks.

    The trace of a request could tell of new connections too: it is told ten things more of each request, which takes
    7 % of the time of a call.
    """

    def __init__(self, network: Any, seconds: float) -> None:
        self._network, self._seconds = network, seconds

    def connect_tcp(self, *args: Any, **kwargs: Any) -> Any:
        return AnswerClock.of(self._network.connect_tcp(*args, **kwargs), self._seconds)

    def connect_unix_socket(self, *args: Any, **kwargs: Any) -> Any:
        return AnswerClock.of(self._network.connect_unix_socket(*args, **kwargs), self._seconds)

    def sleep(self, seconds: float) -> None:
        self._network.sleep(seconds)


class AnswerClock:
    """Bounds the time of each answer on a connection, from the first wait for it after something was sent."""

    def __init__(self, stream: Any, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._read, self._write, self._start_tls = stream.read, stream.write, stream.start_tls
        self._seconds, self._clock = seconds, clock
        self._until: float | None = None
        stream.read, stream.write, stream.start_tls = self.read, self.write, self.start_tls
        stream.lift_bound = self.lift

    @classmethod
    def of(cls, stream: Any, seconds: float) -> Any:
        """Give a connection a clock, and return the connection."""
        cls(stream, seconds)
        return stream

    def start_tls(self, *args: Any, **kwargs: Any) -> Any:
        """Encrypt: what comes of it is another stream, with a clock of its own."""
        return self.of(self._start_tls(*args, **kwargs), self._seconds)

    def lift(self) -> None:
        """Let what is left of this answer take any time."""
        self._until = inf

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write: what is read next is another answer."""
        self._until = None
        self._write(buffer, timeout)

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
            if left < longest and failures.is_timeout(failure):
                raise errors.BoundExceeded("answer_seconds", self._seconds) from None
            raise
        return part
