"""The slots of a simulator: what its other parts are to it, and what stands there as long as they do not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer


class Answering(Protocol):
    """Answers requests that are not for operations, or before these are looked at: OAuth, steering, faults."""

    def answer(self, request: IncomingRequest) -> OutgoingAnswer | None:
        """Return the answer, or None if the request is not its concern."""


class Telling(Protocol):
    """Tells subscribers what happened."""

    def emit(self, name: str, about: Mapping[str, Any], account: str) -> None:
        """Send an event about an object of an account."""


class Nothing:
    """Stands in every slot until something else does."""

    def answer(self, request: IncomingRequest) -> OutgoingAnswer | None:
        """Leave every request to the others."""
        return None

    def emit(self, name: str, about: Mapping[str, Any], account: str) -> None:
        """Tell nobody."""
