from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from inspect import isawaitable
from typing import Any

import attrs
import httpx
import pytest

from tests.connection.authorization_server import AuthorizationServer


@pytest.fixture
def server() -> Iterator[AuthorizationServer]:
    """An authorization server of this test's own."""
    with AuthorizationServer() as running:
        yield running


@attrs.define
class Clock:
    """A clock that a test sets; the server's goes along."""

    server: AuthorizationServer
    ahead: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def forward(self, **span: float) -> None:
        """Let time pass."""
        self.ahead += timedelta(**span)
        self.server.offset = self.ahead.total_seconds()


@pytest.fixture
def clock(server: AuthorizationServer) -> Clock:
    """The clock of the test and of the server."""
    return Clock(server)


@attrs.frozen
class Worlds:
    """Calls a method, or its twin for event loops."""

    prefix: str

    async def __call__(self, connection: Any, method: str, *args: Any, **kwargs: Any) -> Any:
        result = getattr(connection, self.prefix + method)(*args, **kwargs)
        return await result if isawaitable(result) else result

    async def get(self, connection: Any, url: str) -> httpx.Response:
        """Send a GET with the connection's `auth`."""
        if not self.prefix:
            with httpx.Client(auth=connection.auth) as client:
                return client.get(url)  # noqa: ASYNC212 - the blocking world
        async with httpx.AsyncClient(auth=connection.auth) as awaited:
            return await awaited.get(url)


@pytest.fixture(params=["", "a"], ids=["blocking", "asynchronous"])
def world(request: pytest.FixtureRequest) -> Worlds:
    """The blocking world, then the asynchronous one."""
    return Worlds(request.param)


@pytest.fixture
def options(server: AuthorizationServer, clock: Clock) -> dict[str, Any]:
    """What makes a connection talk to the server of the test, and keep its tokens in memory."""
    return {"oauth_url": server.origin, "store": "memory://", "now": clock}
