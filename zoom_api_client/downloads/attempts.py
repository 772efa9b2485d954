"""Decide how a download goes on after an interruption. Pure: it counts and decides, the download waits."""

from __future__ import annotations

import attrs

from zoom_api_client import errors
from zoom_api_client.downloads.response import DownloadRefused, Stale
from zoom_api_client.transport.retry import Attempt, Retry

RESTARTS = 5


@attrs.define
class Attempts:
    """The attempts so far. Bytes that come make up for what failed before them."""

    retry: Retry
    _reached: int = 0
    _failures: int = 0
    _waited: float = 0.0
    _restarts: int = 0
    _is_renewed: bool = False

    def wait(self, failure: errors.ZoomError, length: int) -> float:
        """Return the seconds to wait before the next attempt; raise the failure if there is to be none."""
        self._advance(length)
        self._failures += 1
        seconds = self.retry.wait(Attempt(self._failures, "GET", failure, self._waited))
        if seconds is None:
            raise failure
        self._waited += seconds
        return seconds

    def renew(self, stale: Stale, length: int) -> None:
        """Allow to ask for the meeting again, or raise `DownloadRefused`: once, and once more after bytes have come."""
        self._advance(length)
        if self._is_renewed:
            raise DownloadRefused(str(stale)) from None
        self._is_renewed = True

    def restart(self) -> None:
        """Allow to begin from nothing, or raise `DownloadRefused`: a file that always changes would never be whole."""
        self._restarts += 1
        self._reached = 0
        if self._restarts > RESTARTS:
            raise DownloadRefused(f"it cannot be gone on with, and was begun {RESTARTS} times")

    def _advance(self, length: int) -> None:
        if length > self._reached:
            self._failures, self._waited, self._is_renewed = 0, 0.0, False
        self._reached = length
