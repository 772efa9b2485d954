"""What users of a guard see."""

import asyncio
import gc
import pickle
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import anyio
import pytest

from tests.quota.clocks import Clock
from zoom_api_client import Throttle, errors
from zoom_api_client._async.primitives import perform
from zoom_api_client.quota import Guard, Status
from zoom_api_client.quota.defaults import default
from zoom_api_client.quota.stores import Store
from zoom_api_client.quota.window import Admitted, AttemptRefused, Rule
from zoom_api_client.storage.url import state_file_url

MIDNIGHT = datetime(2026, 3, 5, tzinfo=UTC)


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> list[float]:
    """For how long was slept; only our clock moved."""
    seconds: list[float] = []

    def sleep(wait: float) -> None:
        seconds.append(wait)
        clock.move(seconds=wait)

    async def sleep_async(wait: float) -> None:
        sleep(wait)

    monkeypatch.setattr(time, "sleep", sleep)
    monkeypatch.setattr(anyio, "sleep", sleep_async)
    return seconds


def test_a_101st_attempt_is_refused(clock: Clock) -> None:
    """The hundredth goes, the next is refused before anything is sent, and says when there will be a place."""
    guard = Guard("memory://", now=clock)
    attempts = [guard.acquire("user") for _ in range(100)]
    assert [(each.used, each.remaining) for each in attempts] == [(used, 100 - used) for used in range(1, 101)]
    with pytest.raises(errors.QuotaExceeded) as raised:
        guard.acquire("user")
    error = raised.value
    assert (error.limit, error.used, error.user) == (100, 100, "user")
    assert error.resets_at == clock.moment + timedelta(days=1)
    assert error.resets_at.tzinfo is UTC
    assert "2026-03-05T12:00:00+00:00" in str(error)
    assert guard.acquire("another").used == 1


def test_the_error_crosses_processes() -> None:
    """It can be pickled, as pools of processes do, and keeps what it says."""
    error = errors.QuotaExceeded(100, 100, MIDNIGHT, "user")
    again = pickle.loads(pickle.dumps(error))
    assert (vars(again), str(again)) == (vars(error), str(error))
    assert isinstance(error, errors.ZoomError)


async def test_the_twins_count_together(store_url: str) -> None:
    """What is acquired, given back and asked for in an event loop is the same as in a thread."""
    guard = Guard(store_url, limit=10)
    attempts = [guard.acquire("user"), *await asyncio.gather(*(perform(guard.acquire_steps("user")) for _ in range(9)))]
    with pytest.raises(errors.QuotaExceeded):
        await perform(guard.acquire_steps("user"))
    await perform(guard.refund_steps(attempts[0]))
    guard.refund(attempts[1])
    assert await asyncio.to_thread(guard.status, "user") == guard.status("user")
    assert guard.status("user").remaining == 2
    await asyncio.to_thread(guard.hold, "user")
    assert guard.status("user").remaining == 0
    guard.close()


def test_an_attempt_is_given_back_once(clock: Clock) -> None:
    """Two refunds of one attempt free one place, although the clock stands still."""
    guard = Guard("memory://", now=clock)
    attempt = guard.acquire("user")
    guard.refund(attempt)
    guard.acquire("user")
    guard.refund(attempt)
    assert guard.status("user").used == 1


def test_the_status_is_right_and_takes_nothing(clock: Clock) -> None:
    """It says what is left and when the next place comes free, and looking takes nothing."""
    guard, day = Guard("memory://", now=clock), Guard("memory://", now=clock, window="utc-day", limit=50)
    assert guard.status("user") == Status(limit=100, used=0, remaining=100, resets_at=None)
    guard.acquire("user")
    day.acquire("user")
    clock.move(hours=1)
    guard.acquire("user")
    assert guard.status("user") == Status(100, 2, 98, clock.moment + timedelta(hours=23))
    assert day.status("user") == Status(50, 1, 49, MIDNIGHT)


@pytest.mark.parametrize(("until", "resets_at"), [(None, MIDNIGHT), (MIDNIGHT + timedelta(1), MIDNIGHT + timedelta(1))])
def test_zooms_own_word_is_heard(clock: Clock, until: datetime | None, resets_at: datetime) -> None:
    """If Zoom says that the day is used up, nothing goes until then, however little was counted here."""
    guard = Guard("memory://", now=clock)
    guard.hold("user", until)
    with pytest.raises(errors.QuotaExceeded) as raised:
        guard.acquire("user")
    assert raised.value.resets_at == guard.status("user").resets_at == resets_at
    clock.moment = resets_at
    guard.acquire("user")


@pytest.mark.parametrize("retry_at", [None, datetime(2031, 1, 1, tzinfo=UTC)])
async def test_an_answer_teaches_the_limit(clock: Clock, retry_at: datetime | None) -> None:
    """The answer that names the user's limit holds the user for a day at most; other errors do not."""
    guard, error = Guard("memory://", now=clock), errors.RateLimited(429, 429, "daily limit of Meeting Create/Update")
    guard.learn("user", errors.ServerError(500))
    await perform(guard.learn_steps("user", error))
    guard.acquire("user")
    error.daily, error.retry_at = True, retry_at
    guard.learn("user", error)
    await perform(guard.learn_steps("user", error))
    assert guard.status("user").resets_at == (clock.moment + timedelta(1) if retry_at else MIDNIGHT)


async def test_it_does_not_wait_unasked(slept: list[float]) -> None:
    """Waiting is never the default."""
    guard = Guard("memory://", limit=1)
    guard.acquire("user")
    with pytest.raises(errors.QuotaExceeded):
        guard.acquire("user")
    with pytest.raises(errors.QuotaExceeded):
        await perform(guard.acquire_steps("user"))
    assert not slept


async def test_a_place_is_waited_for_if_asked(clock: Clock, slept: list[float]) -> None:
    """If asked to, it waits until the place is free, looking once a minute whether another was given back."""
    guard = Guard("memory://", limit=1, on_limit="wait", now=clock)
    began, _ = clock.moment, guard.acquire("user")
    guard.acquire("user")
    await perform(guard.acquire_steps("user"))
    assert clock.moment == began + timedelta(days=2)
    assert max(slept) == 60.0


def test_a_wait_does_not_outlast_its_patience(clock: Clock, slept: list[float]) -> None:
    """A place that comes free after `max_wait` seconds is not waited for at all, and not for a second in pieces."""
    guard = Guard("memory://", limit=1, on_limit="wait", max_wait=3600, now=clock)
    guard.acquire("user")
    with pytest.raises(errors.QuotaExceeded):
        guard.acquire("user")
    assert not slept
    clock.move(hours=23.5)
    guard.acquire("user")
    assert sum(slept) == pytest.approx(1800)


def test_a_place_given_back_is_waited_for(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits gets a place that was given back meanwhile."""
    guard = Guard("memory://", limit=1, on_limit="wait", now=clock)
    attempt, slept = guard.acquire("user"), []

    def sleep(wait: float) -> None:
        slept.append(wait)
        guard.refund(attempt)

    monkeypatch.setattr(time, "sleep", sleep)
    guard.acquire("user")
    assert slept == [60.0]


class Slow:
    """A store whose answer comes when it is let."""

    may_block = True

    def __init__(self, store: Store) -> None:
        self._store = store
        self.asked, self.let = asyncio.Event(), asyncio.Event()
        self.loop = asyncio.get_running_loop()

    def acquire(self, user: str, rule: Rule) -> Admitted | AttemptRefused:
        verdict = self._store.acquire(user, rule)
        self.loop.call_soon_threadsafe(self.asked.set)
        asyncio.run_coroutine_threadsafe(self.let.wait(), self.loop).result()
        return verdict

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


async def test_a_cancelled_task_gives_back_its_place(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A task that is cancelled while it is counted sends nothing, so the next one gets its place."""
    guard = Guard(store_url, limit=1)
    slow = Slow(guard._store)
    monkeypatch.setattr(guard, "_store", slow)
    task = asyncio.create_task(perform(guard.acquire_steps("user")))
    await slow.asked.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert guard.status("user").used == 1
    slow.let.set()
    assert (await perform(guard.acquire_steps("user"))).used == 1
    guard.close()


async def test_who_is_counted_waits_for_what_cancelled_tasks_give_back(
    store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A limit that seems to be reached, because a thread has not given back yet what nobody sent, is none."""
    guard = Guard(store_url, limit=1)
    refund = guard._store.refund
    monkeypatch.setattr(guard._store, "refund", lambda *args: (time.sleep(0.05), refund(*args)))
    guard.let_go(guard.acquire("user"))
    assert (await perform(guard.acquire_steps("user"))).used == 1
    guard.close()


async def test_a_refund_does_not_hide_the_failure() -> None:
    """Without the store a refund raises nothing: the error that the caller is about to see is the request's."""
    guard = Guard("memory://")
    attempt = guard.acquire("user")

    def fails(user: str, stamp: int) -> None:
        raise errors.ConnectionFailed("no store")

    guard._store.refund = fails  # type: ignore[method-assign]
    await perform(guard.refund_steps(attempt))
    assert guard.status("user").used == 1


@pytest.mark.parametrize(
    ("wrong", "advice"),
    [
        ({"limit": 0}, "1 or more"),
        ({"window": "week"}, "'rolling' or 'utc-day'"),
        ({"counts": "all"}, "'create-meeting' or 'zoom'"),
        ({"on_limit": "ignore"}, "'raise' or 'wait'"),
        ({"store": "mongodb://"}, "sqlite://"),
    ],
)
def test_a_wrong_option_is_refused(wrong: dict[str, Any], advice: str) -> None:
    """The error says what to give instead."""
    with pytest.raises(ValueError, match=advice):
        Guard(**{"store": "memory://", **wrong})


def test_a_nameless_user_and_a_naive_time_are_refused(clock: Clock) -> None:
    """A user without a name, and a time without a zone, are refused."""
    guard = Guard("memory://")
    with pytest.raises(ValueError, match="user is empty"):
        guard.acquire(" ")
    with pytest.raises(ValueError, match="aware"):
        guard.hold("user", datetime(2026, 3, 4))


def test_tests_do_not_use_up_the_day(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """Each stand-in on this machine has a guard in memory, Zoom has one in the state directory; both are shared."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    one, same = default("http://127.0.0.1:4001/v2"), default("http://127.0.0.1:4001")
    other, zoom = default("http://localhost:4002"), default("https://api.zoom.us/v2")
    assert one is same
    assert one is not other
    assert zoom is default() is default("https://api.zoomgov.com/v2")
    assert "Memory" in repr(one)
    assert "SQLite" in repr(zoom)


def test_a_state_directory_that_cannot_be_written_is_said_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """The default guard counts in memory then, as on Lambda; one that was asked for lets nothing through."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    urls = [state_file_url("quota.db", "the guard") for _ in range(2)]
    assert urls == ["memory://", "memory://"]
    assert [each.message.partition(":")[0] for each in caplog.records] == [
        "the guard counts in memory, for this process alone"
    ]
    with pytest.raises(errors.ConnectionFailed, match="no request was sent"):
        Guard("sqlite://").acquire("user")
    throttle = Throttle("free")
    assert throttle.reserve("account", ("GET", "/users/me")) == 0


def test_an_abandoned_guard_leaves_no_connections(tmp_path: Any) -> None:
    """A guard that nobody has any more closes its file: SQLite's log is gone then."""
    guard = Guard(f"sqlite://{tmp_path}/quota.db")
    guard.acquire("user")
    assert len(list(tmp_path.iterdir())) == 3
    del guard
    gc.collect()
    assert [each.name for each in tmp_path.iterdir()] == ["quota.db"]
