"""The slots of a simulator: what its other parts are to it, and what stands there as long as they do not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from zoom_api_client.testing.contract import Match
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.simulator.state import Caller


class Answering(Protocol):
    """Answers requests that are not for operations, or before these are looked at: OAuth, steering, faults."""

    def answer(self, request: IncomingRequest) -> OutgoingAnswer | None:
        """Return the answer, or None if the request is not its concern."""


class Authorizing(Answering, Protocol):
    """Knows who asks."""

    def admit(self, match: Match, request: IncomingRequest) -> OutgoingAnswer | None:
        """Return the refusal of a request that its token does not allow; None if it does."""

    def caller(self, request: IncomingRequest) -> Caller | None:
        """Return who asks; None if the token does not say."""


class Limiting(Protocol):
    """Counts requests."""

    def admit(self, match: Match, caller: Caller) -> OutgoingAnswer | None:
        """Return the refusal of a request that is one too many; None if it is not."""

    def headers(self, match: Match, caller: Caller) -> Mapping[str, str]:
        """Return the headers that say how many requests are left."""


class Telling(Protocol):
    """Tells subscribers what happened."""

    def emit(self, name: str, about: Mapping[str, Any], account: str) -> None:
        """Send an event about an object of an account."""


class Nothing:
    """Stands in every slot until something else does."""

    def answer(self, request: IncomingRequest) -> OutgoingAnswer | None:
        """Leave every request to the others."""
        return None

    def admit(self, match: Match, asked: object) -> OutgoingAnswer | None:
        """Admit everything."""
        return None

    def caller(self, request: IncomingRequest) -> Caller | None:
        """Say nothing of who asks."""
        return None

    def headers(self, match: Match, caller: Caller) -> Mapping[str, str]:
        """Add no header."""
        return {}

    def emit(self, name: str, about: Mapping[str, Any], account: str) -> None:
        """Tell nobody."""
