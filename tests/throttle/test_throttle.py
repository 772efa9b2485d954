"""The throttle waits or raises, learns, and takes a new place after oversleeping."""

import asyncio
import pickle
import time
import traceback
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.throttle.clocks import FakeClock
from zoom_api_client._async.primitives import perform
from zoom_api_client.core.operation import Operation
from zoom_api_client.core.returns import Returns
from zoom_api_client.core.steps import Call, Sleep
from zoom_api_client.errors import ConnectionFailed, RateLimited
from zoom_api_client.transport.throttle import Throttle, Throttled


def operation(label: str, path: str = "") -> Operation[Any]:
    """Return an operation with a label, with a path of its own."""
    return Operation(
        module="zoom_api_client.api.things.get_thing",
        operation_id="thing",
        method="GET",
        path=path or f"/{label}/{{thingId}}",
        results={200: None},
        rate_limit=label,
    )


HEAVY, LIGHT, SLOW = operation("heavy"), operation("light"), operation("resource-intensive")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    """A clock that moves only when somebody sleeps."""
    return FakeClock().install(monkeypatch)


def sent(throttle: Throttle, clock: FakeClock, target: Any, times: int) -> float:
    """Send so often, and return the seconds that it took."""
    began = clock.moment
    for _ in range(times):
        throttle.wait("account", target)
    return clock.moment - began


@pytest.mark.parametrize(
    ("plan", "target", "times", "seconds"),
    [
        ("pro", HEAVY, 101, 10 * 1.08),
        ("free", HEAVY, 11, 10 * 1.08),
        ("business", LIGHT, 801, 10 * 1.08),
        ("enterprise", SLOW, 41, 2 * 60.08),
        ("pro", operation("heavy", "/phone/users"), 51, 10 * 1.08),
        ("pro", operation("", "/contact_center/users"), 201, 10 * 1.08),
        ("pro", ("GET", "/report/daily"), 101, 10 * 1.08),
    ],
)
def test_a_table_is_kept(clock: FakeClock, plan: str, target: Any, times: int, seconds: float) -> None:
    """The first request of the n-th window goes n windows after the first."""
    throttle = Throttle(plan, clock=clock)
    assert sent(throttle, clock, target, times) == pytest.approx(seconds, abs=1e-6)


def test_accounts_and_labels_do_not_wait_for_each_other(clock: FakeClock) -> None:
    """Limits are an account's and a label's own."""
    throttle = Throttle("free", on_limit="raise", clock=clock)
    for account in ("one", "another"):
        for target in (HEAVY, LIGHT, SLOW, operation("heavy", "/phone/users")):
            assert throttle.reserve(account, target) == 0


def test_a_share_leaves_the_rest(clock: FakeClock) -> None:
    """Half of 10 a second is 5."""
    assert sent(Throttle(share=0.5, clock=clock), clock, HEAVY, 51) == pytest.approx(10.8, abs=1e-6)


def test_accounts_have_plans_of_their_own(clock: FakeClock) -> None:
    """A function gives each account's plan."""
    throttle = Throttle(lambda account: "free" if account == "small" else "enterprise", clock=clock)
    assert [round(throttle.reserve("small", HEAVY), 2) for _ in range(2)] == [0, 1.08]
    assert throttle.reserve("large", HEAVY) + throttle.reserve("large", HEAVY) < 0.02


def test_raising_does_not_wait(clock: FakeClock) -> None:
    """Told to raise, it raises when the window is full, and says when there is room."""
    throttle = Throttle(on_limit="raise", clock=clock)
    assert sent(throttle, clock, HEAVY, 10) < 0.5
    with pytest.raises(RateLimited) as raised:
        throttle.wait("account", HEAVY)
    assert isinstance(raised.value, Throttled)
    assert not raised.value.daily
    assert raised.value.operation is HEAVY
    assert raised.value.retry_at is not None
    assert 0 < raised.value.retry_at.timestamp() - clock.wall() < 1.08
    assert "not sent: the limit of heavy requests is used up. Try again after 20" in str(raised.value)


def test_it_waits_no_longer_than_it_may(clock: FakeClock) -> None:
    """A wait beyond `max_wait` is an error at once."""
    throttle = Throttle(max_wait=2.0, clock=clock)
    for _ in range(20):
        throttle.reserve("account", HEAVY)
    with pytest.raises(Throttled):
        throttle.reserve("account", HEAVY, patience=1.0)
    assert throttle.reserve("account", HEAVY, patience=10) > 2.0
    assert clock.slept == []


def test_heavy_and_resource_intensive_share_a_day(clock: FakeClock) -> None:
    """They share the day's limit, with the share of it, and it ends at midnight, UTC."""
    throttle = Throttle(share=0.001, clock=clock, max_wait=1e9)
    for target in [HEAVY, SLOW] * 15:
        throttle.reserve("account", target, patience=0 if target is SLOW else None)
        clock.moment += 6001
        clock.epoch -= 6001
    with pytest.raises(Throttled) as raised:
        throttle.reserve("account", SLOW)
    assert raised.value.daily
    assert "the day's limit of resource-intensive requests" in str(raised.value)
    assert raised.value.retry_at == datetime(2026, 5, 29, tzinfo=UTC)
    throttle.reserve("account", LIGHT)
    clock.epoch += 86_400
    throttle.reserve("account", SLOW)


def test_a_daily_limit_of_zooms_is_heard(clock: FakeClock) -> None:
    """What other apps have used up is used up, until the time that Zoom names."""
    throttle = Throttle(clock=clock)
    headers = {"X-RateLimit-Category": "Heavy", "X-RateLimit-Type": "Daily-limit", "Retry-After": "3600"}
    throttle.learn("account", HEAVY, 429, headers)
    for target in (HEAVY, SLOW):
        with pytest.raises(Throttled) as raised:
            throttle.wait("account", target)
        assert raised.value.daily
    clock.moment += 3601
    throttle.wait("account", HEAVY)


def test_a_429_is_heard(clock: FakeClock) -> None:
    """After a 429 nobody asks until the time that Zoom names; a limit per user holds nobody else."""
    throttle = Throttle(clock=clock)
    throttle.learn("account", HEAVY, 429, {"x-ratelimit-category": "Heavy", "x-ratelimit-remaining": "500"})
    assert throttle.reserve("account", HEAVY) == 0
    throttle.learn("account", HEAVY, 429, {"x-ratelimit-type": "QPS", "retry-after": "3"})
    assert throttle.reserve("account", SLOW) == 0
    assert throttle.reserve("account", operation("heavy", "/others")) == pytest.approx(3.0)


def test_a_lower_limit_is_learned(clock: FakeClock) -> None:
    """Zoom names a limit below the table's: the plan is another. It names a higher one: the table holds."""
    throttle = Throttle(clock=clock)
    qps = {"X-RateLimit-Category": "Heavy", "X-RateLimit-Type": "QPS", "X-RateLimit-Limit": "1"}
    throttle.learn("account", HEAVY, 200, qps)
    assert sent(throttle, clock, HEAVY, 11) == pytest.approx(10.8)
    clock.moment += 5
    throttle.learn("account", HEAVY, 200, {**qps, "X-RateLimit-Limit": "4000"})
    assert sent(throttle, clock, HEAVY, 21) == pytest.approx(2.16)


def test_a_seconds_limit_is_not_taken_for_a_minutes(clock: FakeClock) -> None:
    """A limit per second, named for an operation that has one per minute, changes nothing."""
    throttle = Throttle(clock=clock)
    throttle.learn("account", SLOW, 200, {"X-RateLimit-Type": "QPS", "X-RateLimit-Limit": "1"})
    assert sent(throttle, clock, SLOW, 10) < 0.5


def test_a_day_that_the_plan_has_not_is_learned(clock: FakeClock) -> None:
    """Pro has no daily limit for light requests: the account is on Free, says Zoom."""
    throttle = Throttle(clock=clock)
    throttle.learn(
        "account",
        LIGHT,
        200,
        {"X-RateLimit-Type": "Daily-limit", "X-RateLimit-Limit": "6000", "X-RateLimit-Remaining": "5999"},
    )
    for _ in range(6000):
        throttle.wait("account", LIGHT)
    with pytest.raises(Throttled):
        throttle.wait("account", LIGHT)


def test_a_label_of_zooms_is_learned(clock: FakeClock) -> None:
    """The header knows better than the document, for an operation and for its path alike."""
    throttle = Throttle(clock=clock)
    throttle.learn("account", ("GET", "/users/one"), 200, {"X-RateLimit-Category": "Heavy"})
    assert sent(throttle, clock, ("GET", "/users/another"), 101) == pytest.approx(10.8)
    assert sent(throttle, clock, ("GET", "/users"), 2) < 0.1


def test_a_late_request_takes_a_new_place(clock: FakeClock) -> None:
    """Who oversleeps has lost its place, and takes one behind those who came meanwhile; and there is an end."""
    throttle = Throttle("free", store="memory://", clock=clock)
    throttle.wait("account", HEAVY)
    waited = []
    for step in throttle.wait_steps("account", HEAVY):
        if isinstance(step, Call):
            step.call()
        else:
            assert isinstance(step, Sleep)
            throttle.reserve("account", HEAVY)
            clock.moment += step.seconds + 0.5
            waited.append(step.seconds)
    assert waited == pytest.approx([1.08, 1.66, 1.66, 1.66, 1.66])


def test_a_little_late_is_not_late(clock: FakeClock) -> None:
    """A little is what the margin is for; and who is alone takes the place at hand."""
    throttle = Throttle("free", store="memory://", clock=clock)
    throttle.wait("account", HEAVY)
    clock.oversleeps = [0.039]
    assert sent(throttle, clock, HEAVY, 1) == pytest.approx(1.08 + 0.039)
    clock.oversleeps = [0.5]
    assert sent(throttle, clock, HEAVY, 1) == pytest.approx(1.08 - 0.039 + 0.5)


async def test_a_task_waits_as_a_thread_does(clock: FakeClock) -> None:
    """Asynchronous waiting keeps the same table, in whatever loop."""
    throttle = Throttle(clock=clock)
    began = clock.moment
    for _ in range(51):
        await perform(throttle.wait_steps("account", HEAVY))
    await asyncio.to_thread(lambda: asyncio.run(_fifty(throttle)))
    assert clock.moment - began == pytest.approx(10.8)
    await perform(throttle.learn_steps("account", HEAVY, 429, {"retry-after": "7"}))
    assert throttle.reserve("account", HEAVY) == pytest.approx(7.0)


async def _fifty(throttle: Throttle) -> None:
    for _ in range(50):
        await perform(throttle.wait_steps("account", HEAVY))


@pytest.mark.parametrize("kind", ["memory", "sqlite", "redis"])
async def test_a_cancelled_task_does_not_block_others(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Tasks that are cancelled while they wait give their places back, in every store."""
    urls = {"memory": "memory://", "sqlite": f"sqlite://{tmp_path / 'throttle.db'}"}
    throttle = Throttle("free", store=urls.get(kind) or request.getfixturevalue("clean_redis"))
    await perform(throttle.wait_steps("cancelled", HEAVY))
    waiting = [asyncio.create_task(perform(throttle.wait_steps("cancelled", HEAVY))) for _ in range(6)]
    await asyncio.sleep(0.1)
    for task in waiting:
        task.cancel()
    assert all(
        isinstance(each, asyncio.CancelledError) for each in await asyncio.gather(*waiting, return_exceptions=True)
    )
    await asyncio.sleep(0.1)  # a thread gives back what lies in a file or in Redis
    assert throttle.reserve("cancelled", HEAVY) < 1.0
    await perform(throttle.learn_steps("cancelled", HEAVY, 429, {"retry-after": "9"}))
    assert throttle.reserve("cancelled", HEAVY) == pytest.approx(9.0, abs=0.1)
    throttle.close()


async def test_who_reserves_waits_for_what_cancelled_tasks_give_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind the last of many places that a thread has not given back yet, the next request would wait for all."""
    throttle = Throttle("free", store=f"sqlite://{tmp_path / 'throttle.db'}")
    release = throttle._store.release
    monkeypatch.setattr(throttle._store, "release", lambda place: (time.sleep(0.05), release(place)))
    waiting = [asyncio.create_task(perform(throttle.wait_steps("cancelled", HEAVY))) for _ in range(6)]
    await asyncio.sleep(0.1)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    with throttle.turn("cancelled", HEAVY) as turn:
        await perform(turn._reserve_steps())
        assert turn._delay < 2.0
    throttle.close()


def test_a_fork_does_not_wait_for_what_its_parent_gives_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no thread that would end it."""
    monkeypatch.setattr("zoom_api_client.core.returns._PATIENCE", 0.01)
    returns = Returns()
    returns._begun.add(Future())
    assert returns.before(lambda: 7)() == 7
    assert returns._begun == set()


async def test_an_answer_is_not_lost_with_the_store() -> None:
    """Without Redis the answer of a request that was sent is not replaced by an error."""
    throttle = Throttle(store="redis://127.0.0.1:1/0")
    throttle.learn("account", HEAVY, 429, {"retry-after": "9"})
    await perform(throttle.learn_steps("account", HEAVY, 429, {"retry-after": "9"}))
    with pytest.raises(ConnectionFailed):
        await perform(throttle.wait_steps("account", HEAVY))
    throttle.close()


@pytest.mark.parametrize("wrong", [{"plan": "gold"}, {"share": 0}, {"share": 1.5}, {"share": "1"}, {"on_limit": "cry"}])
def test_a_wrong_option_is_refused(wrong: dict[str, Any]) -> None:
    """Misspelt options are refused at once."""
    with pytest.raises((TypeError, ValueError), match="give"):
        Throttle(**wrong)


def test_the_error_can_be_carried_between_processes() -> None:
    """It is pickled as other errors are, and its traceback is readable."""
    error = Throttled("heavy", "account", datetime(2026, 5, 31, tzinfo=UTC), daily=True, operation=HEAVY)
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.retry_at, again.daily, again.account) == (str(error), error.retry_at, True, "account")
    assert "things.get_thing: not sent" in "".join(traceback.format_exception_only(error))
