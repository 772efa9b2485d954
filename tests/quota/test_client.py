"""What a server sees of a client that sends through the guard, blocking and asynchronous."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from inspect import isawaitable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.client.slow_server import slow_server
from tests.quota.clocks import Clock
from zoom_api_client import AsyncZoom, Retry, Zoom, errors
from zoom_api_client.connection import UserOAuth
from zoom_api_client.quota import Guard

ANN, BOB = "KDcuGIm1QgePTO8WbOqwIQ", "z8yCxTTTSiW02QgCAp8uQg"
PEOPLE = {"me": ANN, "ann@example.com": ANN, "bob@example.com": BOB}
ONE_LIMIT = "You have reached the daily rate limit (100) of Meeting Create/Update requests"

Handler = Callable[[httpx.Request], httpx.Response]


class Watched:
    """A client and the requests that its server saw."""

    def __init__(self, kind: Any, guard: Guard) -> None:
        self._kind, self.guard = kind, guard
        self.creates: list[httpx.Request] = []
        self.lookups: list[str] = []
        self.may_look = True
        self.fails: list[httpx.Response | Exception] = []
        transport = httpx.MockTransport(self._answer)
        self.client = kind("a token", guard=guard, retry=Retry(first_wait=0.0), transport=transport)

    async def of(self, result: Any) -> Any:
        """Return a result, awaited where it must be."""
        return await result if isawaitable(result) else result

    async def create(self, user: str = "me", **fields: Any) -> Any:
        """Create a meeting by the module."""
        return await self.of(self.client.meetings.create(user, topic="Standup", **fields))

    async def create_by_operation(self, user: str = "me") -> Any:
        """Create a meeting by its operation."""
        return await self.of(self.client.api.meetings.create_meeting(user, body={"topic": "Standup"}))

    async def create_by_path(self, user: str = "me") -> Any:
        """Create a meeting by a path."""
        return await self.of(self.client.call("POST", f"/users/{user}/meetings", json={"topic": "Standup"}))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            self.lookups.append(request.url.path)
            if not self.may_look:
                return httpx.Response(400, json={"code": 4711, "message": "Invalid access token, scopes missing"})
            return httpx.Response(200, json={"id": PEOPLE[request.url.path.rpartition("/")[2]]})
        self.creates.append(request)
        if self.fails:
            failure = self.fails.pop(0)
            if isinstance(failure, Exception):
                raise failure
            return failure
        return httpx.Response(201, json={"id": 93847566001, "host_id": ANN})


@pytest.fixture(params=["blocking", "asynchronous"])
def kind(request: pytest.FixtureRequest) -> Any:
    """The class of the client."""
    return AsyncZoom if request.param == "asynchronous" else Zoom


@pytest.fixture
def zoom(kind: Any, clock: Clock) -> Watched:
    """A client with a guard of its own."""
    return Watched(kind, Guard("memory://", now=clock))


async def test_zoom_sees_no_101st_request(zoom: Watched) -> None:
    """A hundred requests go by the module, by the operation and by a path, and not one more."""
    ways = [zoom.create, zoom.create_by_operation, zoom.create_by_path]
    for number in range(100):
        await ways[number % 3](["me", "ann@example.com", "Ann@Example.com", ANN][number % 4])
    for way in ways:
        with pytest.raises(errors.QuotaExceeded):
            await way()
    assert len(zoom.creates) == 100
    assert sorted(zoom.lookups) == ["/v2/users/ann@example.com", "/v2/users/me"]
    await zoom.create("bob@example.com")
    assert zoom.guard.status(BOB).used == 1


async def test_schedule_for_uses_up_the_hosts_day(zoom: Watched) -> None:
    """A meeting that is scheduled for Bob counts for Bob."""
    await zoom.create("me", schedule_for="bob@example.com")
    assert (zoom.guard.status(ANN).used, zoom.guard.status(BOB).used) == (0, 1)


async def test_a_request_that_never_left_is_given_back(zoom: Watched) -> None:
    """Each attempt that did not reach Zoom is given back, and the one that did is counted."""
    zoom.fails = [httpx.ConnectError("refused"), httpx.ConnectTimeout("too late"), httpx.PoolTimeout("full")]
    await zoom.create()
    assert len(zoom.creates) == 4
    assert zoom.guard.status(ANN).used == 1


@pytest.mark.parametrize("failure", [httpx.ReadTimeout("too late"), httpx.RemoteProtocolError("closed")])
async def test_a_request_that_may_have_arrived_is_counted(zoom: Watched, failure: Exception) -> None:
    """Nobody knows whether the meeting exists: it counts, and is not created again."""
    zoom.fails = [failure]
    with pytest.raises(errors.ConnectionFailed):
        await zoom.create()
    assert len(zoom.creates) == zoom.guard.status(ANN).used == 1


async def test_a_request_that_zoom_refuses_is_counted(zoom: Watched) -> None:
    """Zoom counts requests, not meetings; one that it refused for a second's limit was none, and is sent again."""
    zoom.fails = [httpx.Response(429, json={"code": 429, "message": "maximum per-second rate limit"})]
    await zoom.create()
    zoom.fails = [httpx.Response(400, json={"code": 300, "message": "Validation Failed."})]
    with pytest.raises(errors.InvalidRequest):
        await zoom.create()
    assert len(zoom.creates) == 3
    assert zoom.guard.status(ANN).used == 2


async def test_host_is_one_user_without_the_scope_to_ask(zoom: Watched, store_url: str, clock: Clock) -> None:
    """Without the scope to read users, what is answered to a create tells that `me`, the address and the id are one."""
    watched = Watched(type(zoom.client), Guard(store_url, now=clock))
    watched.may_look = False
    for user in ("me", "ann@example.com", ANN):
        with suppress(errors.QuotaExceeded):
            for _ in range(40):
                await watched.create(user)
    assert len(watched.creates) == 100
    assert watched.guard.status(ANN).remaining == 0
    watched.guard.close()


@pytest.mark.parametrize("way", ["cancelled", "timed out"])
async def test_what_was_cancelled_before_it_left_is_given_back(way: str, store_url: str) -> None:
    """Sixty creates that wait for a connection are cancelled: none was sent, and none counts."""
    guard = Guard(store_url)
    with slow_server(0.3) as served:
        async with AsyncZoom(
            "a token", base_url=served.base_url, guard=guard, limits=httpx.Limits(max_connections=1)
        ) as zoom:
            first = asyncio.create_task(zoom.call("POST", "/users/u1/meetings", json={}))
            await served.has_served(1)
            others = [asyncio.create_task(zoom.call("POST", "/users/u1/meetings", json={})) for _ in range(60)]
            if way == "timed out":
                others = [asyncio.create_task(asyncio.wait_for(each, 0.1)) for each in others]
            await asyncio.sleep(0.1)
            for each in others:
                each.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            await first
            for _ in range(100):  # threads give back what lies in a file or in Redis
                if guard.status("u1").used == served.served == 1:
                    break
                await asyncio.sleep(0.02)
    assert guard.status("u1").used == served.served == 1
    guard.close()


async def test_what_was_cancelled_after_it_left_counts() -> None:
    """Nobody knows whether the meeting was created."""
    guard = Guard("memory://")
    with slow_server(5) as served:
        for transport in (None, "aiohttp"):
            async with AsyncZoom("a token", base_url=served.base_url, guard=guard, transport=transport) as zoom:
                sent = asyncio.create_task(zoom.call("POST", "/users/u1/meetings", json={}))
                await served.has_served(2 if transport else 1)
                sent.cancel()
                await asyncio.gather(sent, return_exceptions=True)
    assert guard.status("u1").used == 2


async def test_zoom_is_not_asked_again_after_its_word(zoom: Watched) -> None:
    """Zoom has counted more than the guard, by another app: until 00:00 UTC nothing more is sent for that user."""
    zoom.fails = [httpx.Response(429, json={"code": 429, "message": ONE_LIMIT})]
    with pytest.raises(errors.RateLimited):
        await zoom.create()
    with pytest.raises(errors.QuotaExceeded) as raised:
        await zoom.create()
    assert raised.value.resets_at.isoformat() == "2026-03-05T00:00:00+00:00"
    assert len(zoom.creates) == 1
    await zoom.create("bob@example.com")


async def test_tasks_do_not_overrun(tmp_path: Path) -> None:
    """A hundred of 150 tasks send at once, with the count in a file."""
    zoom = Watched(AsyncZoom, Guard(f"sqlite://{tmp_path}/quota.db"))
    results = await asyncio.gather(*(zoom.create(ANN) for _ in range(150)), return_exceptions=True)
    assert sum(isinstance(each, errors.QuotaExceeded) for each in results) == 50
    assert len(zoom.creates) == 100
    zoom.guard.close()


async def test_a_request_without_a_token_is_not_counted(kind: Any) -> None:
    """Without a token nothing is sent, and so nothing counts."""
    guard = Guard("memory://")
    connection = UserOAuth("a client", store="memory://")
    zoom = kind(connection, guard=guard, transport=httpx.MockTransport(lambda _: httpx.Response(500)))

    async def create() -> Any:
        result = zoom.meetings.create(ANN, topic="Standup")
        return await result if isawaitable(result) else result

    with pytest.raises(errors.ConsentNeeded):
        await create()
    assert guard.status(ANN).used == 0


async def test_the_guard_is_on_unless_told_otherwise(kind: Any) -> None:
    """It is on by default; None counts nothing."""
    zoom = kind("a token", transport=httpx.MockTransport(lambda _: httpx.Response(201, json={"id": 1})))
    for number in range(101):
        try:
            result = zoom.meetings.create(ANN, topic="Standup")
            await result if isawaitable(result) else None
        except errors.QuotaExceeded:
            assert number == 100
            break
    else:
        pytest.fail("101 meetings were created")
    off = kind("a token", guard=None, transport=httpx.MockTransport(lambda _: httpx.Response(201, json={"id": 1})))
    result = off.meetings.create(ANN, topic="Standup")
    assert (await result if isawaitable(result) else result).id == 1


async def test_a_store_that_is_out_lets_nothing_through(kind: Any) -> None:
    """Without the store nothing is sent."""
    zoom = Watched(kind, Guard("redis://127.0.0.1:1/0"))
    with pytest.raises(errors.ConnectionFailed, match="no request was sent"):
        await zoom.create(ANN)
    assert not zoom.creates
    zoom.guard.close()
