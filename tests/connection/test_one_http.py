"""One configuration of HTTP serves the API and the requests for tokens."""

import json
from typing import Any

import httpx
import pytest

from tests.client.loopback import Loopback, Reply, Sent
from tests.connection.authorization_server import ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, AuthorizationServer
from zoom_api_client import AsyncZoom, Zoom, errors
from zoom_api_client.connection import BareToken, ServerToServer, UserOAuth

TOKEN = {"access_token": "A", "expires_in": 3599, "refresh_token": "R"}


def app(**options: Any) -> ServerToServer:
    """Return a connection that has not been told where its server is."""
    return ServerToServer(ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, **options)


async def call(kind: type[Any], connection: Any, **options: Any) -> Any:
    """Call with a client of either kind."""
    if kind is Zoom:
        with Zoom(connection, guard=None, **options) as zoom:
            return zoom.call("GET", "/users/me")
    async with AsyncZoom(connection, guard=None, **options) as awaited:
        return await awaited.call("GET", "/users/me")


@pytest.mark.parametrize("kind", [Zoom, AsyncZoom])
async def test_the_transport_of_a_client_asks_for_tokens_too(kind: type[Any]) -> None:
    """It was used for the API alone, and tokens were asked for past the proxy."""
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, json=TOKEN)

    await call(kind, app(), transport=httpx.MockTransport(answer))
    assert asked == ["https://zoom.us/oauth/token", "https://api.zoom.us/v2/users/me"]


@pytest.mark.parametrize("kind", [Zoom, AsyncZoom])
async def test_the_proxy_of_a_client_is_used_for_tokens_too(kind: type[Any]) -> None:
    """A proxy is there because there is no other way; here it refuses to open a tunnel."""
    with Loopback(lambda _: Reply(403)) as proxy, pytest.raises(errors.ConnectionFailed, match="oauth/token"):
        await call(kind, app(), proxy=proxy.origin)


@pytest.mark.parametrize("kind", [Zoom, AsyncZoom])
async def test_a_connection_that_has_its_own_way_keeps_it(kind: type[Any]) -> None:
    """Several clients may share it."""
    own = httpx.MockTransport(lambda _: httpx.Response(200, json={**TOKEN, "access_token": "own"}))
    seen = httpx.MockTransport(lambda request: httpx.Response(200, json=request.headers["authorization"]))
    assert await call(kind, app(transport=own), transport=seen) == "Bearer own"


async def test_a_transport_that_cannot_ask_for_tokens_is_refused() -> None:
    """Tokens are asked for in a thread, by a transport that blocks."""
    awaited = httpx.AsyncHTTPTransport()
    with pytest.raises(TypeError, match="give the connection"):
        AsyncZoom(app(), transport=awaited)
    async with AsyncZoom(app(transport=httpx.HTTPTransport()), transport=awaited):
        pass
    async with AsyncZoom(BareToken("t"), transport=awaited):
        pass
    await awaited.aclose()


@pytest.mark.parametrize("kind", [Zoom, AsyncZoom])
async def test_a_stand_in_on_loopback_gives_out_its_tokens(kind: type[Any]) -> None:
    """Real credentials went to zoom.us from a test."""
    connection = app()

    def answer(sent: Sent) -> Reply:
        return Reply(body=json.dumps(TOKEN if sent.path == "/oauth/token" else {"ok": True}).encode())

    with Loopback(answer) as served:
        assert await call(kind, connection, base_url=served.base_url) == {"ok": True}
        assert [each.path for each in served.seen] == ["/oauth/token", "/v2/users/me"]
    assert connection.find_good_token() is None  # what a stand-in gave out is not the token of the real one


def test_a_shared_transport_serves_token_after_token() -> None:
    """It was closed after each exchange: 16 of 20 renewals failed."""

    class Pool(httpx.HTTPTransport):
        closed = 0

        def close(self) -> None:
            self.closed += 1
            super().close()

    pool = Pool()
    with AuthorizationServer() as server:
        for number in range(20):
            connection = UserOAuth(
                CLIENT_ID,
                CLIENT_SECRET,
                server_uri := "https://app.example.com/cb",
                installation=str(number),
                oauth_url=server.origin,
                store="memory://",
                transport=pool,
            )
            assert connection.redirect_uri == server_uri
            server.script = [Reply(body=json.dumps({**TOKEN, "access_token": f"A{number}"}).encode())]
            assert connection.exchange_marketplace_install("code").access_token == f"A{number}"
    assert pool.closed == 0
    pool.close()


@pytest.mark.parametrize("option", ["stor", "headers", "retry"])
def test_options_that_there_are_not_are_refused(option: str) -> None:
    """They were taken, and had no effect."""
    with pytest.raises(TypeError, match=f"no option '{option}'"):
        app(**{option: "x"})
