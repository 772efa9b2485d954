"""What must happen when a user or an account removes the app: its tokens go."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

if TYPE_CHECKING:
    from zoom_api_client.connection import Connection
    from zoom_api_client.events.marketplace import AppDeauthorized

Connections: TypeAlias = "Connection | Callable[[AppDeauthorized], Connection | None]"

EVENT: Final = "app_deauthorized"

_log = logging.getLogger("zoom_api_client")


@attrs.frozen(eq=False)
class ForgetTokens:
    """A handler that forgets the tokens of whoever has removed the app."""

    connections: Connections

    def __call__(self, event: AppDeauthorized) -> None:
        """Forget the tokens; once more does no harm."""
        connection = self.connections(event) if callable(self.connections) else self.connections
        if connection is None:
            return
        removed = getattr(event.payload, "client_id", None)
        if removed and removed != getattr(connection, "client_id", removed):
            _log.warning("%s is of another app: the tokens of %r are kept", EVENT, connection)
            return
        if connection.forget(removed_at=event.occurred_at):
            _log.info("the app was removed: the tokens of %r are gone", connection)
        else:
            _log.warning("%s is older than the consent of %r: its tokens are kept", EVENT, connection)
