"""The error of a store in which somebody else has saved a newer token meanwhile."""

from __future__ import annotations

from zoom_api_client.errors import ConnectionFailed


class Overtaken(ConnectionFailed):
    """Another holder of the lock has saved a newer token: what was to be saved must not be used."""

    def __init__(self, message: str) -> None:
        super().__init__(message, may_have_arrived=False)
