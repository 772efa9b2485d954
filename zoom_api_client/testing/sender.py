"""Zoom as a sender of events: over HTTP, and again after some minutes if the receiver fails."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

from zoom_api_client.errors import ConnectionFailed
from zoom_api_client.testing.events import SignedEvent
from zoom_api_client.transport import failures, http

REPEATS: Final = (5 * 60.0, 20 * 60.0, 60 * 60.0)
"""The seconds that Zoom waits before its second, third and last attempt. It repeats after a 5xx or no answer."""

NO_ANSWER: Final = -1
_PATIENCE: Final = 3.0  # seconds that Zoom waits for an answer


class EventSender:
    """Sends events to a receiver, as Zoom would.

        from zoom_api_client.testing import EventSender, zoom_event

        with EventSender("http://127.0.0.1:8080/zoom", faster=1000) as zoom:
            assert zoom.send(zoom_event("meeting.started", topic="Standup")) == [200]

    Args:
        url: of the receiver.
        faster: how many times as fast as Zoom it repeats.
        sleep: waits for some seconds.
    """

    def __init__(self, url: str, *, faster: float = 1.0, sleep: Callable[[float], object] = time.sleep) -> None:
        self._url, self._faster, self._sleep = url, faster, sleep
        self._client = http.Client(timeout=_PATIENCE)

    def send(self, event: SignedEvent) -> list[int]:
        """Send an event until it is taken or given up, and return the status of each attempt, -1 for no answer."""
        statuses = [self._post(event)]
        for wait in REPEATS:
            if 200 <= statuses[-1] < 500:
                break
            self._sleep(wait / self._faster)
            statuses.append(self._post(event))
        return statuses

    def send_once(self, event: SignedEvent) -> int:
        """Send an event a single time, and return the status. Raises `ConnectionFailed` if there is no answer."""
        with failures.TranslatedErrors("the receiver"):
            return self._client.post(self._url, content=event.body, headers=dict(event.headers)).status_code

    def _post(self, event: SignedEvent) -> int:
        try:
            return self.send_once(event)
        except ConnectionFailed:
            return NO_ANSWER

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()
