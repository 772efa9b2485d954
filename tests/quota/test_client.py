"""What a server sees of a client that sends through the guard, blocking and asynchronous."""

from __future__ import annotations

import asyncio
import importlib.util
import re
import sys
from collections.abc import Callable
from inspect import isawaitable
from pathlib import Path
from typing import Any

import httpx
import pytest

from generator.blocking import blocking
from tests.quota.clocks import Clock
from tests.quota.guarded import AsyncGuarded
from zoom_api_client import errors
from zoom_api_client.api.meetings import create_meeting
from zoom_api_client.quota import Guard
from zoom_api_client.transport.retry import Retry

ANN, BOB = "KDcuGIm1QgePTO8WbOqwIQ", "z8yCxTTTSiW02QgCAp8uQg"
PEOPLE = {"me": ANN, "ann@example.com": ANN, "bob@example.com": BOB}
ONE_LIMIT = "You have reached the daily rate limit (100) of Meeting Create/Update requests"

Handler = Callable[[httpx.Request], httpx.Response]


class Zoom:
    """A client and the requests that its server saw."""

    def __init__(self, kind: Any, guard: Guard) -> None:
        self._kind, self.guard = kind, guard
        self.creates: list[httpx.Request] = []
        self.lookups: list[str] = []
        self.fails: list[httpx.Response | Exception] = []
        self.client = kind("a token", guard, retry=Retry(first_wait=0.0), transport=httpx.MockTransport(self._answer))

    async def of(self, result: Any) -> Any:
        """Return a result, awaited where it must be."""
        return await result if isawaitable(result) else result

    async def create(self, user: str = "me", **fields: Any) -> Any:
        """Create a meeting by the module."""
        return await self.of(self.client.meetings.create(user, topic="Standup", **fields))

    async def create_by_operation(self, user: str = "me") -> Any:
        """Create a meeting by its operation."""
        function = create_meeting.asyncio if self._kind is AsyncGuarded else create_meeting.sync
        return await self.of(function(user, client=self.client, body={"topic": "Standup"}))  # type: ignore[arg-type]

    async def create_by_path(self, user: str = "me") -> Any:
        """Create a meeting by a path."""
        return await self.of(self.client.call("POST", f"/users/{user}/meetings", json={"topic": "Standup"}))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            self.lookups.append(request.url.path)
            return httpx.Response(200, json={"id": PEOPLE[request.url.path.rpartition("/")[2]]})
        self.creates.append(request)
        if self.fails:
            failure = self.fails.pop(0)
            if isinstance(failure, Exception):
                raise failure
            return failure
        return httpx.Response(201, json={"id": 93847566001})


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The blocking client, derived from the asynchronous one as the generator does."""
    source = Path(__file__).parent / "guarded.py"
    text = re.sub(r"\ba(?=(?:who|acquire|refund|learn|token)\b)", "", source.read_text(encoding="utf-8"))
    place = tmp_path_factory.mktemp("derived") / "blocking_guarded.py"
    place.write_text(blocking(text, "client.py"), encoding="utf-8")
    spec = importlib.util.spec_from_file_location("blocking_guarded", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["blocking_guarded"] = module
    spec.loader.exec_module(module)
    return module.Guarded


@pytest.fixture(params=["blocking", "asynchronous"])
def kind(request: pytest.FixtureRequest) -> Any:
    """The class of the client."""
    return AsyncGuarded if request.param == "asynchronous" else request.getfixturevalue("guarded")


@pytest.fixture
def zoom(kind: Any, clock: Clock) -> Zoom:
    """A client with a guard of its own."""
    return Zoom(kind, Guard("memory://", now=clock))


async def test_zoom_sees_a_101st_request(zoom: Zoom) -> None:
    """By the module, by the operation and by a path, a hundred requests go, and not one more."""
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


async def test_schedule_for_uses_up_one_s_own_day(zoom: Zoom) -> None:
    """A meeting that is scheduled for Bob counts for Bob."""
    await zoom.create("me", schedule_for="bob@example.com")
    assert (zoom.guard.status(ANN).used, zoom.guard.status(BOB).used) == (0, 1)


async def test_a_request_that_never_left_is_counted(zoom: Zoom) -> None:
    """Each attempt that did not reach Zoom is given back, and the one that did is counted."""
    zoom.fails = [httpx.ConnectError("refused"), httpx.ConnectTimeout("too late"), httpx.PoolTimeout("full")]
    await zoom.create()
    assert len(zoom.creates) == 4
    assert zoom.guard.status(ANN).used == 1


@pytest.mark.parametrize("failure", [httpx.ReadTimeout("too late"), httpx.RemoteProtocolError("closed")])
async def test_a_request_that_may_have_arrived_is_given_back(zoom: Zoom, failure: Exception) -> None:
    """Nobody knows whether the meeting exists: it counts, and is not created again."""
    zoom.fails = [failure]
    with pytest.raises(errors.ConnectionFailed):
        await zoom.create()
    assert len(zoom.creates) == zoom.guard.status(ANN).used == 1


async def test_a_request_that_zoom_refuses_is_given_back(zoom: Zoom) -> None:
    """Zoom counts requests, not meetings; the one that it refused for a second's limit is sent again, and counted."""
    zoom.fails = [httpx.Response(429, json={"code": 429, "message": "maximum per-second rate limit"})]
    await zoom.create()
    zoom.fails = [httpx.Response(400, json={"code": 300, "message": "Validation Failed."})]
    with pytest.raises(errors.InvalidRequest):
        await zoom.create()
    assert zoom.guard.status(ANN).used == 3


async def test_zoom_is_asked_again_after_its_word(zoom: Zoom) -> None:
    """Zoom has counted more than the guard, by another app: until 00:00 UTC nothing more is sent for that user."""
    zoom.fails = [httpx.Response(429, json={"code": 429, "message": ONE_LIMIT})]
    with pytest.raises(errors.RateLimited):
        await zoom.create()
    with pytest.raises(errors.QuotaExceeded) as raised:
        await zoom.create()
    assert raised.value.resets_at.isoformat() == "2026-03-05T00:00:00+00:00"
    assert len(zoom.creates) == 1
    await zoom.create("bob@example.com")


async def test_tasks_overrun(tmp_path: Path) -> None:
    """Of 150 tasks at once a hundred send, with the count in a file."""
    zoom = Zoom(AsyncGuarded, Guard(f"sqlite://{tmp_path}/quota.db"))
    results = await asyncio.gather(*(zoom.create(ANN) for _ in range(150)), return_exceptions=True)
    assert sum(isinstance(each, errors.QuotaExceeded) for each in results) == 50
    assert len(zoom.creates) == 100
    zoom.guard.close()


async def test_a_store_that_is_out_lets_through(kind: Any) -> None:
    """Without the store nothing is sent."""
    zoom = Zoom(kind, Guard("redis://127.0.0.1:1/0"))
    with pytest.raises(errors.ConnectionFailed, match="no request was sent"):
        await zoom.create(ANN)
    assert not zoom.creates
    zoom.guard.close()
