"""The protocols of a client that modules, pages and downloads need."""

# Derived from zoom_api_client/_async/protocols.py by `python -m generator build`: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from zoom_api_client.core.operation import Request
from zoom_api_client.core.unset import UNSET
from zoom_api_client.transport import http
from zoom_api_client.transport.answer import Answer
from zoom_api_client.transport.retry import Retry

if TYPE_CHECKING:
    from zoom_api_client._sync.connections import Connections
    from zoom_api_client.connection import Connection
    from zoom_api_client.transport.bounds import Bounds
    from zoom_api_client.transport.call_options import CallOptions

T = TypeVar("T")


class Sender(Protocol):
    """Sends requests to Zoom, and reads answers and lists within bounds."""

    bounds: Bounds

    def send(self, request: Request[T]) -> T:
        """Send the request of an operation, and return its typed result."""
        ...

    def send_raw(self, request: Request[T]) -> Answer[T]:
        """Send the request of an operation, and return the whole answer."""
        ...

    def call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Any = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """Call any path of Zoom's API, and return the decoded JSON."""
        ...


class FileSender(Sender, Protocol):
    """Sends requests for files too, with the connections and the tokens of a client."""

    connection: Connection
    _options: CallOptions
    _connections: Connections

    def _address(self, request: Request[Any]) -> str:
        """Return the address that a request goes to."""
        ...

    @property
    def retry(self) -> Retry:
        """The policy that says when a request is sent again."""
        ...

    @property
    def auth(self) -> http.Auth:
        """The `auth` that puts the access token on a request."""
        ...

    @property
    def base_url(self) -> str:
        """The address of the API."""
        ...
