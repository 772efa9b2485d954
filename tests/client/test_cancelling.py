"""Cancelled calls harm nobody: the client answers, and nothing is left behind."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import anyio
import pytest

from tests.client.slow_server import SlowServer, slow_server
from zoom_api_client import AsyncZoom, Retry, Throttle
from zoom_api_client.quota import Guard
from zoom_api_client.transport.throttle.policy import Claim, Reservation, ReservationRefused
from zoom_api_client.transport.throttle.reservation import Turn

LENGTHS = [
    pytest.param(300, id="300"),
    pytest.param(2_000, id="5s", marks=pytest.mark.soak),
    pytest.param(100_000, id="100000", marks=pytest.mark.soak),
]
AT_ONCE = 20
MOST_DOWNLOADS = 20_000  # by each of five ways: a file takes five times what a call takes

WAYS = ["asyncio", "asyncio-aiohttp", "anyio", "anyio-aiohttp", "trio"]
KINDS = ["call", "list", "create", "download"]


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    """Cancelled by asyncio itself, by anyio on asyncio, and on trio; by httpx and by aiohttp."""
    way: str = request.param
    if "aiohttp" in way:
        pytest.importorskip("aiohttp", reason="the extra 'aiohttp' is not installed")
    return way


@pytest.fixture
def in_memory() -> Iterator[Path]:
    """A directory for files that are flushed thousands of times: how long a disk takes is nothing of ours."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as place:
        yield Path(place)


def run(way: str, work: Callable[[], Awaitable[None]]) -> None:
    """Run in the event loop of a way."""
    anyio.run(work, backend="trio" if way == "trio" else "asyncio")


def client(way: str, served: SlowServer, **options: Any) -> AsyncZoom:
    """Return a client of the server."""
    transport: Any = "aiohttp" if "aiohttp" in way else None
    given = {"guard": None, "retry": Retry(attempts=1), "timeout": 5.0, **options}
    return AsyncZoom("a token", base_url=served.base_url, transport=transport, **given)


async def cut(way: str, seconds: float, work: Callable[[], Awaitable[Any]]) -> None:
    """Do work for so long."""
    with suppress(TimeoutError):
        if way.startswith("asyncio"):
            async with asyncio.timeout(seconds):
                await work()
        else:
            with anyio.move_on_after(seconds):
                await work()


async def read_list(zoom: AsyncZoom) -> None:
    """Read a list to its end."""
    async for _ in zoom.pages("GET", "/users", items="users"):
        pass


async def download(zoom: AsyncZoom, served: SlowServer, paths: deque[Path]) -> None:
    """Download to one of some files: over what a download that was cancelled has left there."""
    path = paths.popleft()
    try:
        await zoom.recordings.download(f"{served.base_url}/rec/film", to=path)
    finally:
        paths.append(path)


def work_of(zoom: AsyncZoom, served: SlowServer, kind: str, place: Path) -> Callable[[], Awaitable[Any]]:
    """Return what is cancelled."""
    if kind == "list":
        return partial(read_list, zoom)
    if kind == "download":
        return partial(download, zoom, served, deque(place / f"{each}.mp4" for each in range(AT_ONCE)))
    if kind == "create":
        return partial(zoom.call, "POST", "/users/u1/meetings", json={})
    return partial(zoom.call, "GET", "/users/me")


async def cancel_many(way: str, work: Callable[[], Awaitable[Any]], times: int) -> None:
    """Begin so many, and cancel each at some moment: on its way out, on its way back, or while it ends."""
    chance, longest = random.Random(7), 60.0

    async def some(times: int) -> None:
        for _ in range(times):
            await cut(way, chance.uniform(0.2, 1.2) * longest, work)

    for each in (5, times // AT_ONCE):
        began = anyio.current_time()
        async with anyio.create_task_group() as group:
            for _ in range(AT_ONCE):
                group.start_soon(some, each)
        longest = (anyio.current_time() - began) / each  # of one that is not cancelled, on this machine, as it is now


async def cut_at(way: str, moment: anyio.Event, work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
    """Do work until a moment comes."""
    if way.startswith("asyncio"):
        task = asyncio.ensure_future(work())
        await moment.wait()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    else:
        async with anyio.create_task_group() as group:
            group.start_soon(work)
            await moment.wait()
            group.cancel_scope.cancel()


class Places:
    """Counts what becomes of a throttle's places: each is given back, or taken by a request that is sent."""

    def __init__(self, throttle: Throttle, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reserved, self.released, self.taken = list[Reservation](), list[Reservation](), list[Reservation]()
        reserve, release, take = throttle._store.reserve, throttle._store.release, Turn.take

        def reserving(claim: Claim) -> Reservation | ReservationRefused:
            verdict = reserve(claim)
            assert isinstance(verdict, Reservation)
            self.reserved.append(verdict)
            return verdict

        def releasing(place: Reservation) -> None:
            release(place)
            self.released.append(place)

        def taking(turn: Turn) -> None:
            if turn._reservation:
                self.taken.append(turn._reservation)
            take(turn)

        monkeypatch.setattr(throttle._store, "reserve", reserving)
        monkeypatch.setattr(throttle._store, "release", releasing)
        monkeypatch.setattr(Turn, "take", taking)

    @property
    def left(self) -> int:
        """How many places nobody will use."""
        return len(self.reserved) - len(self.released) - len(self.taken)


async def settled(condition: Callable[[], bool]) -> bool:
    """Return whether a condition comes true in a while."""
    for _ in range(1500):
        if condition():
            return True
        await anyio.sleep(0.02)
    return False


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # of a cut httpx body, by trio
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("times", LENGTHS)
def test_cancelling_never_harms_a_client(way: str, kind: str, times: int, in_memory: Path) -> None:
    """After many cancelled calls each of the connections answers, and none is open that is not the client's."""
    guard = Guard("memory://", limit=10**9)
    if kind == "download":
        times = min(times, MOST_DOWNLOADS)

    async def work() -> None:
        async with client(way, served, guard=guard) as zoom:
            await cancel_many(way, work_of(zoom, served, kind, in_memory), times)
            with anyio.fail_after(10):
                async with anyio.create_task_group() as group:
                    for _ in range(60):
                        group.start_soon(zoom.call, "GET", "/users/me")
            assert await settled(lambda: served.open <= 30)
        if kind == "create":
            assert served.created <= guard.status("u1").used
        assert await settled(lambda: served.open == 0)

    with slow_server() as served:
        run(way, work)


@pytest.mark.parametrize("kind", ["memory", "sqlite", "redis"])
def test_calls_cancelled_in_their_wait_hold_nobody_up(
    way: str, kind: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sixty light calls of a Free account wait for 15 s in all; cancelled, they leave the next one its turn."""
    urls = {"memory": "memory://", "sqlite": f"sqlite://{tmp_path / 'throttle.db'}"}
    throttle = Throttle("free", store=urls.get(kind) or request.getfixturevalue("clean_redis"))
    places = Places(throttle, monkeypatch)

    async def work() -> None:
        async with client(way, served, throttle=throttle) as zoom:
            all_wait = anyio.Event()
            async with anyio.create_task_group() as group:
                for _ in range(60):
                    group.start_soon(cut_at, way, all_wait, partial(zoom.call, "GET", "/users/me"))
                assert await settled(lambda: len(places.reserved) >= 60)
                all_wait.set()
            assert await settled(lambda: places.left == 0)
            assert places.released
            await zoom.call("GET", "/users/me")
            assert places.reserved[-1].wait < 1.5  # a window after the last that was sent, at most

    with slow_server() as served:
        run(way, work)
    throttle.close()


def test_a_light_call_does_not_wait_behind_heavy_ones(way: str) -> None:
    """Heavy calls that wait for their turns take no place in the pool, and no light call's."""
    throttle = Throttle("free", store="memory://")

    async def work() -> None:
        async with client(way, served, throttle=throttle) as zoom, anyio.create_task_group() as group:
            for _ in range(40):
                group.start_soon(zoom.call, "GET", "/report/daily")
            await anyio.sleep(0.2)
            with anyio.fail_after(1.5):
                await zoom.call("GET", "/users/me")
            group.cancel_scope.cancel()

    with slow_server() as served:
        run(way, work)
    throttle.close()
