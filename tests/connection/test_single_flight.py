"""Whoever meets an expired token, and however many they are: Zoom is asked once."""

import asyncio
import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.client.loopback import Reply
from tests.connection.authorization_server import (
    ACCOUNT_ID,
    CLIENT_ID,
    CLIENT_SECRET,
    REDIRECT_URI,
    AuthorizationServer,
)
from tests.connection.conftest import Clock, Worlds
from tests.connection.renewing import connection as shared_connection
from zoom_api_client._async.auth import AsyncConnectionAuth
from zoom_api_client._async.primitives import perform
from zoom_api_client.connection import ServerToServer, Token, UserOAuth
from zoom_api_client.connection.stores.redis import RedisStore

ROOT = Path.cwd()


async def test_two_hundred_threads_and_two_hundred_tasks_renew_once(
    server: AuthorizationServer, options: dict[str, Any], clock: Clock
) -> None:
    """Threads and tasks of one process share one connection."""
    connection = UserOAuth(CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, **options)
    connection.exchange(server.consent(connection.authorize_url()))
    server.delay = 0.3
    clock.forward(hours=2)
    start, tokens = threading.Event(), []

    def ask() -> None:
        start.wait()
        tokens.append(connection.token())

    threads = [threading.Thread(target=ask) for _ in range(200)]
    for each in threads:
        each.start()
    start.set()
    tokens += await asyncio.gather(*(perform(connection.token_steps()) for _ in range(200)))
    for each in threads:
        await asyncio.to_thread(each.join)
    assert server.count["refresh_token"] == 1
    assert (len(tokens), len({each.access_token for each in tokens})) == (400, 1)


async def test_a_token_that_died_early_is_renewed_once_for_all(
    server: AuthorizationServer, options: dict[str, Any]
) -> None:
    """Requests under way all get 401 and 124, each is sent again, and none renews what another has renewed."""
    connection = UserOAuth(CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, **options)
    await asyncio.to_thread(connection.exchange, server.consent(connection.authorize_url()))
    server.kill_tokens()
    async with httpx.AsyncClient(
        auth=AsyncConnectionAuth(connection), limits=httpx.Limits(max_connections=5)
    ) as client:
        answers = await asyncio.gather(*(client.get(f"{server.base_url}/users/me") for _ in range(50)))
    assert {each.status_code for each in answers} == {200}
    assert server.count["refresh_token"] == 1


async def test_a_token_that_stays_dead_is_renewed_once_a_request(
    world: Worlds, server: AuthorizationServer, options: dict[str, Any]
) -> None:
    """A 401 after the renewal goes to the caller."""
    connection = ServerToServer(ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, **options)
    server.expires_in = 0
    assert (await world.get(connection, f"{server.base_url}/users/me")).status_code == 401
    assert server.count["api 401"] == 2


async def test_a_401_of_another_kind_renews_nothing(
    world: Worlds, server: AuthorizationServer, options: dict[str, Any]
) -> None:
    """Only what is about the token asks for another."""
    connection = ServerToServer(ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, **options)
    await world(connection, "token")
    server._api = lambda sent: Reply(401, body=json.dumps({"code": 300, "message": "no"}).encode())  # type: ignore[method-assign]
    assert (await world.get(connection, f"{server.base_url}/users/me")).status_code == 401
    assert server.count["account_credentials"] == 1


async def test_a_cancelled_task_loses_no_token(
    server: AuthorizationServer, options: dict[str, Any], clock: Clock
) -> None:
    """The answer to a renewal is saved although nobody waits any more: the refresh token that was sent is spent."""
    connection = UserOAuth(CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, **options)
    await asyncio.to_thread(connection.exchange, server.consent(connection.authorize_url()))
    server.delay = 0.3
    clock.forward(hours=2)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(perform(connection.token_steps()), 0.1)
    assert (await perform(connection.token_steps())).refresh_token == server.current_refresh
    assert server.count["refresh_token"] == 1


def test_an_event_loop_that_ends_loses_no_token(
    server: AuthorizationServer, options: dict[str, Any], clock: Clock
) -> None:
    """One connection serves loop after loop."""
    connection = UserOAuth(CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, **options)
    connection.exchange(server.consent(connection.authorize_url()))
    server.delay = 0.3
    clock.forward(hours=2)

    async def hurry() -> None:
        await asyncio.wait_for(perform(connection.token_steps()), 0.1)

    with pytest.raises(TimeoutError):
        asyncio.run(hurry())
    assert asyncio.run(perform(connection.token_steps())).refresh_token == server.current_refresh
    assert server.count["refresh_token"] == 1


async def test_threads_tasks_and_processes_renew_once(server: AuthorizationServer, shared_store: str) -> None:
    """200 threads, 200 tasks and 4 processes share one store, and meet an expired token at once."""
    connection = expired(server, shared_store)
    server.delay = 0.5
    command = [sys.executable, "-m", "tests.connection.renewing", server.origin, shared_store, "ours", "-1"]
    running = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)  # noqa: ASYNC220
        for _ in range(4)
    ]
    tokens = []

    def ask() -> None:
        start.wait()
        tokens.append(connection.token().access_token)

    start, threads = threading.Event(), [threading.Thread(target=ask) for _ in range(200)]
    for each in threads:
        each.start()
    for process in running:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "ready\n"
        process.stdin.write("go\n")
        process.stdin.flush()
    start.set()
    tokens += [
        each.access_token for each in await asyncio.gather(*(perform(connection.token_steps()) for _ in range(200)))
    ]
    for each in threads:
        await asyncio.to_thread(each.join)
    tokens += [process.communicate(timeout=60)[0].strip() for process in running]
    assert server.count["refresh_token"] == 1
    assert (len(tokens), len(set(tokens))) == (404, 1)
    assert set(tokens) <= server.living.keys()
    if isinstance(connection.store, RedisStore):
        connection.store.close()


def expired(server: AuthorizationServer, store: str) -> UserOAuth:
    """Return a connection whose token is stored and has expired."""
    connection = shared_connection(server.origin, store)
    token = connection.exchange(server.consent(connection.authorize_url()))
    old = Token.from_json(json.dumps({**json.loads(token.to_json()), "expires_at": "2026-01-01T00:00:00+00:00"}))
    with connection.store.lock(connection._key):
        connection.store.save(connection._key, old.to_json())
    connection._current = None
    return connection
