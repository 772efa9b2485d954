"""Forget the tokens of a user or an account that removes the app."""

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
        """Forget the tokens. Zoom may send the event twice: the second time there is nothing left."""
        connection = self.connections(event) if callable(self.connections) else self.connections
        if connection is None:
            _log.warning("%s: no connection is known for it, so nothing is forgotten", EVENT)
            return
        app = getattr(event.payload, "client_id", None)  # the payload may be missing
        if app and app != getattr(connection, "client_id", app):  # a static token is of no app that is known
            _log.warning("%s is of another app: the tokens of %r are kept", EVENT, connection)
            return
        if connection.forget(removed_at=event.occurred_at):
            _log.info("the app was removed: the tokens of %r are forgotten", connection)
        else:
            _log.warning("%s is older than the consent of %r: its tokens are kept", EVENT, connection)
