"""A connection behind the clients: nobody who calls Zoom thinks about tokens."""

import asyncio

import pytest

from tests.connection.authorization_server import ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, AuthorizationServer
from zoom_api_client import AsyncZoom, Zoom
from zoom_api_client.connection import ServerToServer


@pytest.fixture
def connection(server: AuthorizationServer) -> ServerToServer:
    """A connection to the test's own authorization server."""
    return ServerToServer(
        ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, oauth_url=server.origin, base_url=server.base_url, store="memory://"
    )


def test_a_token_is_asked_for_once_and_renewed_when_it_dies(
    server: AuthorizationServer, connection: ServerToServer
) -> None:
    """A token that Zoom refuses before its time is renewed once, and the call repeated."""
    with Zoom(connection) as zoom:
        assert [zoom.call("GET", "/users/me") for _ in range(3)] == [{"ok": True}] * 3
        server.kill_tokens()
        assert zoom.call("GET", "/users/me") == {"ok": True}
    assert server.count["api"] == 4
    assert server.count["api 401"] == 1


async def test_both_worlds_share_one_connection(server: AuthorizationServer, connection: ServerToServer) -> None:
    """Many calls that begin without a token cause one request for one."""
    async with AsyncZoom(connection) as zoom:
        answers = await asyncio.gather(*[zoom.call("GET", "/users/me") for _ in range(20)])
    with Zoom(connection) as blocking:
        answers.append(await asyncio.to_thread(blocking.call, "GET", "/users/me"))
    assert answers == [{"ok": True}] * 21
    assert sum(count for what, count in server.count.items() if what not in ("api", "api 401")) == 1


def test_a_client_shows_no_secret(connection: ServerToServer) -> None:
    """Clients are printed in notebooks."""
    assert CLIENT_SECRET not in repr(Zoom(connection)) + repr(connection)
