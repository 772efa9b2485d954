"""A throttle behind the client: every attempt has its turn, and every answer teaches."""

import asyncio
import subprocess
import sys

import httpx
import pytest

from tests.client.worlds import World
from tests.throttle.clocks import FakeClock
from zoom_api_client import AsyncZoom, Retry, Throttle, errors
from zoom_api_client.api.users import get_user
from zoom_api_client.connection import Connection, Token
from zoom_api_client.quota import Guard
from zoom_api_client.transport.settings import Settings

AT_ONCE = Retry(first_wait=0.0)
DAILY = {"x-ratelimit-type": "Daily-limit", "retry-after": "2026-06-01T00:00:00Z"}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    """A clock that moves only when somebody sleeps."""
    return FakeClock().install(monkeypatch)


def ok(request: httpx.Request) -> httpx.Response:
    """Answer with an empty object."""
    return httpx.Response(200, json={})


async def test_no_more_than_the_plan_allows_leaves_in_a_second(world: World, clock: FakeClock) -> None:
    """A loop of calls is spread out before it is sent, operations and calls by path alike."""
    zoom = world.zoom(ok, throttle=Throttle("free", clock=clock))
    began = clock.moment
    for _ in range(2):
        await world.of(zoom.call("GET", "/users/me?fields=id"))
        await world.run(get_user, "me", client=zoom)
    assert clock.moment - began < 1
    await world.of(zoom.call("GET", "/users/me"))
    assert clock.moment - began == pytest.approx(1.08)
    await world.close(zoom)


async def test_attempts_after_the_first_take_turns_too(world: World, clock: FakeClock) -> None:
    """What is sent again counts again at Zoom."""
    answers = iter([httpx.Response(503)] * 3 + [httpx.Response(200, json={})] * 2)
    zoom = world.zoom(lambda _: next(answers), throttle=Throttle("free", clock=clock), retry=AT_ONCE)
    began = clock.moment
    await world.of(zoom.call("GET", "/users/me"))
    await world.of(zoom.call("GET", "/users/me"))
    assert clock.moment - began == pytest.approx(1.08)
    await world.close(zoom)


async def test_a_used_up_day_is_not_asked_about_again(world: World, clock: FakeClock) -> None:
    """When Zoom has said that the day's limit is reached, the next request is held back here, and says until when."""
    zoom = world.zoom(lambda _: httpx.Response(429, headers=DAILY), throttle=Throttle("pro", clock=clock))
    with pytest.raises(errors.RateLimited) as first:
        await world.of(zoom.call("GET", "/report/daily"))
    with pytest.raises(errors.RateLimited) as second:
        await world.of(zoom.call("GET", "/report/daily"))
    assert len(world.seen) == 1
    assert first.value.daily
    assert second.value.daily
    assert "not sent" in str(second.value)
    await world.close(zoom)


async def test_a_full_window_is_not_waited_for_if_asked_not_to(world: World, clock: FakeClock) -> None:
    """`on_limit="raise"` raises, and nothing is sent."""
    zoom = world.zoom(ok, throttle=Throttle("free", on_limit="raise", clock=clock))
    await world.of(zoom.call("GET", "/report/daily"))
    with pytest.raises(errors.RateLimited, match="not sent"):
        await world.of(zoom.call("GET", "/report/daily"))
    assert len(world.seen) == 1
    await world.close(zoom)


async def test_accounts_have_limits_of_their_own(world: World, clock: FakeClock) -> None:
    """Each sub-account has limits of its own, and so has each connection."""
    throttle = Throttle("free", clock=clock)
    zoom, other = world.zoom(ok, throttle=throttle), world.kind("another token", transport=httpx.MockTransport(ok))
    assert zoom.connection.account != other.connection.account
    began = clock.moment
    for each in (zoom, zoom.for_account("one")):
        for _ in range(4):
            await world.of(each.call("GET", "/users/me"))
    assert clock.moment - began < 1
    await world.close(zoom)
    await world.close(other)


async def test_a_request_that_waited_for_a_connection_has_another_turn(clock: FakeClock) -> None:
    """Zoom is slow: what had its turns meanwhile must not leave all at once when the connections come free."""
    sent: list[float] = []

    async def slow(request: httpx.Request) -> httpx.Response:
        sent.append(clock.moment)
        if len(sent) == 1:
            clock.moment += 5
        await asyncio.sleep(0)
        return httpx.Response(200, json={})

    transport, limits = httpx.MockTransport(slow), httpx.Limits(max_connections=1)
    throttle = Throttle("free", clock=clock)
    async with AsyncZoom("a token", transport=transport, limits=limits, throttle=throttle) as zoom:
        await asyncio.gather(*(zoom.call("GET", "/users/me") for _ in range(9)))
    assert all(later - earlier >= 1 for earlier, later in zip(sent, sent[4:], strict=False))


async def test_a_request_that_was_held_back_is_not_counted(world: World, clock: FakeClock) -> None:
    """The guard gives back what the throttle did not let out."""
    guard = Guard("memory://")
    zoom = world.zoom(ok, throttle=Throttle("free", on_limit="raise", clock=clock), guard=guard)
    for _ in range(4):
        await world.of(zoom.meetings.create("u1", topic="x"))
    with pytest.raises(errors.Throttled):
        await world.of(zoom.meetings.create("u1", topic="x"))
    assert guard.status("u1").used == 4
    await world.close(zoom)


async def test_a_store_that_is_gone_lets_nothing_through(world: World) -> None:
    """Without its store the throttle knows nothing: nothing is sent, and the error says so."""
    pytest.importorskip("redis")
    throttle = Throttle("pro", store="redis://127.0.0.1:1/0")
    zoom = world.zoom(ok, throttle=throttle, retry=Retry(attempts=1))
    with pytest.raises(errors.ConnectionFailed, match="store of the throttle") as caught:
        await world.of(zoom.call("POST", "/users/me/meetings", json={}))
    assert not caught.value.may_have_arrived
    assert not world.seen
    throttle.close()
    await world.close(zoom)


class Slow(Connection):
    """A connection whose token takes a while."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        super().__init__("slow", base_url="http://127.0.0.1:1/v2")

    def _obtain(self, stored: Token | None, settings: Settings) -> Token:
        self._clock.moment += 0.5
        return Token("a token")


async def test_turn_is_taken_before_there_is_a_token(world: World, clock: FakeClock) -> None:
    """A request that waits for its token after its turn arrives late, and so within the second of later ones."""
    arrived: list[float] = []

    def answer(request: httpx.Request) -> httpx.Response:
        arrived.append(clock.moment)
        return httpx.Response(200, json={})

    throttle = Throttle("free", clock=clock)
    zoom = world.kind(Slow(clock), transport=httpx.MockTransport(answer), throttle=throttle)
    for _ in range(5):
        await world.of(zoom.call("GET", "/users/me"))
    assert arrived[4] - arrived[0] >= 1
    await world.close(zoom)


def test_first_request_of_a_loop_loads_what_it_is_sent_with_before_its_turn() -> None:
    """Loading takes long enough for the fifth request to arrive within a second of the first."""
    script = (
        "import asyncio, sys; from zoom_api_client._async.primitives import make_limiter\n"
        "async def enter():\n"
        "    async with make_limiter(None): assert 'anyio._backends._asyncio' in sys.modules\n"
        "asyncio.run(enter())\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
