import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import httpx
import keyring
import pytest

from tests.connection.authorization_server import AuthorizationServer
from tests.connection.keyring_in_a_file import FileKeyring
from zoom_api_client._async.auth import AsyncConnectionAuth
from zoom_api_client._async.primitives import perform
from zoom_api_client._sync.auth import ConnectionAuth
from zoom_api_client.transport.retry import Retry

STEPS = {"token": "token_steps", "base_url": "base_url_steps"}


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask again for a token at once."""
    wait = Retry.wait
    monkeypatch.setattr(Retry, "wait", lambda self, failed: None if wait(self, failed) is None else 0.0)


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
    """Calls a method, or does what an event loop does instead: takes its steps, or calls it in a thread."""

    blocks: bool

    async def __call__(self, connection: Any, method: str, *args: Any, **kwargs: Any) -> Any:
        if self.blocks:
            return getattr(connection, method)(*args, **kwargs)
        if method in STEPS:
            return await perform(getattr(connection, STEPS[method])(*args, **kwargs))
        return await asyncio.to_thread(getattr(connection, method), *args, **kwargs)

    async def get(self, connection: Any, url: str) -> httpx.Response:
        """Send a GET with a token of the connection."""
        if self.blocks:
            with httpx.Client(auth=ConnectionAuth(connection)) as client:
                return client.get(url)  # noqa: ASYNC212 - the blocking world
        async with httpx.AsyncClient(auth=AsyncConnectionAuth(connection)) as awaited:
            return await awaited.get(url)


@pytest.fixture(params=[True, False], ids=["blocking", "asynchronous"])
def world(request: pytest.FixtureRequest) -> Worlds:
    """The blocking world, then the asynchronous one."""
    return Worlds(request.param)


@pytest.fixture
def options(server: AuthorizationServer, clock: Clock) -> dict[str, Any]:
    """What makes a connection talk to the server of the test, and keep its tokens in memory."""
    return {"oauth_url": server.origin, "store": "memory://", "now": clock}


@pytest.fixture
def a_keyring(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A keyring, here and in the processes that a test starts."""
    monkeypatch.setenv("KEYRING_FILE", str(tmp_path_factory.mktemp("keyring") / "passwords"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", f"{FileKeyring.__module__}.{FileKeyring.__name__}")
    before = keyring.get_keyring()
    keyring.set_keyring(FileKeyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


@pytest.fixture(params=["file", "keyring", "redis"])
def shared_store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of each store that processes can share, empty."""
    if request.param == "redis":
        return str(request.getfixturevalue("clean_redis"))
    if request.param == "keyring":
        request.getfixturevalue("a_keyring")
    return f"{request.param}://{tmp_path}"


@pytest.fixture(params=["memory", "file", "keyring", "redis"])
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of each store, empty."""
    if request.param == "memory":
        return "memory://"
    return shared_store.__wrapped__(request, tmp_path)  # type: ignore[attr-defined, no-any-return]
