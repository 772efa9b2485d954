"""Tokens that Zoom refuses, and token endpoints that fail."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.client.loopback import Loopback, Reply, Sent
from tests.connection.authorization_server import (
    ACCOUNT_ID,
    CLIENT_ID,
    CLIENT_SECRET,
    REDIRECT_URI,
    AuthorizationServer,
)
from tests.connection.conftest import Clock, Worlds
from zoom_api_client import AsyncZoom, Retry, Zoom, errors
from zoom_api_client.connection import ServerToServer, UserOAuth, VideoSDK

DEAD = [
    (401, {"code": 124, "message": "Access token is expired."}),
    (400, {"code": 124, "message": "Access token is expired."}),
    (400, {"status": False, "errorCode": 124, "errorMessage": "Invalid access token."}),
    (401, {"code": 7010, "message": "Authorization failed"}),
]


async def call(world: Worlds, connection: Any, **options: Any) -> Any:
    """Call with a client of the world."""
    if world.blocks:
        with Zoom(connection, guard=None, **options) as zoom:
            return zoom.call("GET", "/users/me")
    async with AsyncZoom(connection, guard=None, **options) as awaited:
        return await awaited.call("GET", "/users/me")


@pytest.mark.parametrize(("status", "body"), DEAD)
async def test_dead_token_is_renewed_once_whatever_shape_says_so(
    world: Worlds, status: int, body: dict[str, Any]
) -> None:
    """HTTP 400 with code 124, Zoom's second shape of errors, and the number of chatbots."""
    tokens = iter(["A1", "A2"])

    def answer(sent: Sent) -> Reply:
        if sent.path == "/oauth/token":
            return Reply(body=json.dumps({"access_token": next(tokens), "expires_in": 3599}).encode())
        is_first = sent.headers["authorization"] == "Bearer A1"
        return Reply(status, body=json.dumps(body).encode()) if is_first else Reply(body=b'{"ok": true}')

    with Loopback(answer) as served:
        connection = ServerToServer(ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, base_url=served.base_url)
        assert await call(world, connection, retry=Retry(attempts=1)) == {"ok": True}


@pytest.mark.parametrize("status", [400, 401, 403])
async def test_refusal_of_something_else_renews_nothing(world: Worlds, status: int) -> None:
    """A wrong field, a missing scope or permission: no other token helps, and the advice does not say so."""
    asked = []

    def answer(sent: Sent) -> Reply:
        if sent.path == "/oauth/token":
            asked.append(sent)
            return Reply(body=b'{"access_token": "A", "expires_in": 3599}')
        return Reply(status, body=b'{"code": 200, "message": "No permission."}')

    with Loopback(answer) as served:
        connection = ServerToServer(ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, base_url=served.base_url)
        with pytest.raises(errors.PermissionDenied) as raised:
            await call(world, connection)
    assert len(asked) == 1
    assert "new access token" not in str(raised.value)


def consented(server: AuthorizationServer, options: dict[str, Any], **more: Any) -> UserOAuth:
    """Return a connection whose user has consented."""
    connection = UserOAuth(CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, **{**options, "base_url": server.base_url, **more})
    connection.exchange(server.consent(connection.authorize_url()))
    return connection


async def test_token_that_is_refused_again_and_again_spends_one_refresh_token(
    world: Worlds, server: AuthorizationServer, options: dict[str, Any], clock: Clock
) -> None:
    """Zoom refuses each new token too: each call spent a refresh token, and Zoom disables apps that do that."""
    connection = consented(server, options)
    server._api = lambda sent: Reply(401, body=b'{"code": 124, "message": "Invalid access token."}')  # type: ignore[method-assign]
    for _ in range(5):
        with pytest.raises(errors.Unauthorized, match="credentials"):
            await call(world, connection)
    assert server.count["refresh_token"] == 1
    clock.forward(minutes=6)
    with pytest.raises(errors.Unauthorized):
        await call(world, connection)
    assert server.count["refresh_token"] == 2


@pytest.mark.parametrize("reply", [Reply(502, body=b"<html>"), Reply(503), Reply(429, {"retry-after": "0"}, b"{}")])
async def test_token_endpoint_that_fails_is_asked_again(
    world: Worlds, server: AuthorizationServer, options: dict[str, Any], reply: Reply
) -> None:
    """The retry policy of the client decides how often."""
    connection = ServerToServer(ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, **{**options, "base_url": server.base_url})
    server.script = [reply] * 3
    assert await call(world, connection) == {"ok": True}
    assert server.count["account_credentials"] == 4


async def test_token_endpoint_that_fails_on_is_named(
    world: Worlds, server: AuthorizationServer, options: dict[str, Any]
) -> None:
    """The attempts are not multiplied by those of the call."""
    connection = ServerToServer(ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, **{**options, "base_url": server.base_url})
    server.script = [Reply(502)] * 20
    with pytest.raises(errors.ServerError, match="/oauth/token"):
        await call(world, connection, retry=Retry(attempts=3))
    assert server.count["account_credentials"] == 3


@pytest.mark.parametrize("error", ["invalid_client", "invalid_grant"])
async def test_early_renewal_that_is_refused_leaves_what_is_good(
    world: Worlds, server: AuthorizationServer, options: dict[str, Any], clock: Clock, error: str
) -> None:
    """The token lives for another 4 minutes: calls go on, and then the refusal is reported."""
    connection = consented(server, options)
    clock.forward(minutes=56)
    server.script = [Reply(400, body=json.dumps({"reason": "No.", "error": error}).encode())] * 3
    for _ in range(3):
        assert await call(world, connection) == {"ok": True}
    clock.forward(minutes=5)
    with pytest.raises(errors.AuthorizationFailed):
        await call(world, connection)


async def test_living_token_is_read_without_the_lock(
    world: Worlds, server: AuthorizationServer, options: dict[str, Any], any_store: str
) -> None:
    """Another installation of the same program begins while somebody holds the lock."""
    first = consented(server, options, store=any_store)
    store = first.store if any_store == "memory://" else any_store
    second = UserOAuth(CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, **{**options, "store": store})
    with first.store.lock(first._key):
        token = await world(second, "token")
    assert token == first.find_good_token()
    for each in (first, second):
        getattr(each.store, "close", lambda: None)()


def test_forgetting_leaves_nothing_and_installations_are_listed(
    server: AuthorizationServer, options: dict[str, Any], any_store: str
) -> None:
    """The list has the names that the app gave them, and those of this app alone."""
    first = consented(server, options, store=any_store, installation="first")
    shared = {**options, "store": first.store}
    second = consented(server, shared, installation="second")
    other = UserOAuth("other-client", CLIENT_SECRET, REDIRECT_URI, **shared)
    assert first.installations() == second.installations() == ["first", "second"]
    assert other.installations() == []
    first.forget()
    assert second.installations() == ["second"]
    directory = getattr(first.store, "directory", None)
    assert directory is None or not list(directory.glob(f"{first._key}*"))
    getattr(first.store, "close", lambda: None)()


@pytest.mark.parametrize(
    "content", [b"[]", b'{"access', b"\xff", b'{"installation": 5}', b"5", b'"x"', b"null", b"", None]
)
def test_file_that_is_not_a_token_hides_no_installation(
    server: AuthorizationServer, options: dict[str, Any], tmp_path: Path, content: bytes | None
) -> None:
    """It is told of in the log, and left alone. A FIFO, which would be waited for, is not a token either."""
    first = consented(server, options, store=f"file://{tmp_path}", installation="first")
    odd = tmp_path / "useroauth-odd.json"
    os.mkfifo(odd) if content is None else odd.write_bytes(content)
    assert first.installations() == ["first"]


@pytest.mark.parametrize("suffix", ["json", "answer"])
def test_fifo_in_the_place_of_a_token_is_not_waited_for(
    server: AuthorizationServer, options: dict[str, Any], tmp_path: Path, suffix: str
) -> None:
    """Nobody writes to it: to open it would take forever."""
    first = consented(server, options, store=f"file://{tmp_path}")
    place = tmp_path / f"{first._key}.{suffix}"
    place.unlink(missing_ok=True)
    os.mkfifo(place)
    with pytest.raises(errors.StoreFailed, match="not a regular file"):
        first.store.load(first._key) if suffix == "json" else first.store.load_answer(first._key)


def test_video_sdk_says_what_a_refused_token_may_be() -> None:
    """Its tokens are made here: there is no new one to get."""
    with Loopback(lambda _: Reply(401, body=b'{"code": 124, "message": "Invalid access token."}')) as served:
        connection = VideoSDK("key", "secret", base_url=served.base_url)
        with Zoom(connection, guard=None) as zoom, pytest.raises(errors.Unauthorized, match="clock"):
            zoom.call("GET", "/videosdk/sessions")
