"""Memory and Redis decide alike, forget, and are atomic."""

import random
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.throttle.clocks import FakeClock, SkewedClock
from zoom_api_client.errors import ConnectionFailed
from zoom_api_client.transport.throttle import redis as scripts
from zoom_api_client.transport.throttle.clock import SystemClock
from zoom_api_client.transport.throttle.memory import MemoryStore
from zoom_api_client.transport.throttle.policy import DAY, Claim, Reservation, ReservationRefused, claim
from zoom_api_client.transport.throttle.stores import Store, open_store


def asked(account: str = "account", **changed: Any) -> Claim:
    """Return a claim on 10 requests a second."""
    figures: dict[str, Any] = {"requests": 10, "seconds": 1, "per_day": None, "share": 1.0, "margin": 0.0}
    return claim(account, ":heavy", ":day:heavy", **{**figures, "patience": 60.0, **changed})


@pytest.fixture(params=["memory", "sqlite", "redis"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store in memory, then one in a file, then one in Redis."""
    url = "memory://" if request.param == "memory" else f"sqlite://{tmp_path / 'throttle.db'}"
    if request.param == "redis":
        url = request.getfixturevalue("clean_redis")
    store = open_store(url, SystemClock())
    store.hold("another account", ":heavy", 0.0)  # opens it
    yield store
    store.close()


def wait_of(store: Store, claim: Claim) -> float:
    """Reserve a place, and return the seconds to wait for it."""
    verdict = store.reserve(claim)
    assert isinstance(verdict, Reservation)
    return verdict.wait


def waits(store: Store, claim: Claim, times: int) -> list[float]:
    """Return the moments, from now on, of so many places."""
    began = time.monotonic()
    return [wait_of(store, claim) + time.monotonic() - began for _ in range(times)]


def test_places_keep_their_distance(store: Store) -> None:
    """Places are half a second's tenth apart, and the eleventh a second after the first."""
    places = waits(store, asked(), 25)
    assert places == pytest.approx([index // 10 + index % 10 * 0.05 for index in range(25)], abs=0.03)


def test_threads_get_places_of_their_own(store: Store) -> None:
    """Fifty threads at once get fifty places, eleven of which always span a second, and none is left out.

    A place lies between the moments before and after it was asked for, and the wait: on a busy machine these differ.
    """
    began = time.monotonic()

    def place(_: int) -> tuple[float, float, float]:
        before, wait = time.monotonic() - began, wait_of(store, asked())
        after = time.monotonic() - began
        return before + wait, after + wait, after

    with ThreadPoolExecutor(50) as threads:
        earliest, latest, answered = map(sorted, zip(*threads.map(place, range(50)), strict=True))
    assert all(each > index // 10 + index % 10 * 0.05 - 0.03 for index, each in enumerate(latest))
    assert earliest[-1] < 4.45 + answered[-1] + 0.03


def test_the_impatient_take_no_place(store: Store) -> None:
    """Who is refused has reserved nothing: the next to be patient gets that place."""
    waits(store, asked(), 10)
    refused = [store.reserve(asked(patience=0.1)) for _ in range(5)]
    assert all(isinstance(each, ReservationRefused) and not each.daily and 0.8 < each.after <= 1 for each in refused)
    assert wait_of(store, asked()) == pytest.approx(1.0, abs=0.1)


def test_a_days_limit_is_not_waited_for(store: Store) -> None:
    """After the day's last request the next is refused until midnight, UTC, however patient."""
    claim = asked(per_day=3, patience=1e6)
    waits(store, claim, 3)
    refused = store.reserve(claim)
    assert isinstance(refused, ReservationRefused)
    assert refused.daily
    assert refused.after == pytest.approx(DAY - time.time() % DAY, abs=1)


def test_a_hold_does_not_stop_others(store: Store) -> None:
    """A hold is its limit's and its account's, and the longer of two holds wins."""
    store.hold("account", ":heavy", 5.0)
    store.hold("account", ":heavy", 1.0)
    assert wait_of(store, asked()) == pytest.approx(5.0, abs=0.1)
    assert wait_of(store, asked("another")) == pytest.approx(0.0, abs=0.01)


def test_a_held_day_lets_nothing_through(store: Store) -> None:
    """Zoom has said that the day's limit is used up."""
    store.hold("account", ":day:heavy", 3600.0)
    refused = store.reserve(asked(patience=60.0))
    assert isinstance(refused, ReservationRefused)
    assert refused.daily
    assert refused.after == pytest.approx(3600, abs=1)


def test_what_is_given_back_is_anothers(store: Store) -> None:
    """Sixty who were cancelled hold nobody up, and do not count for the day; to give back twice is to do it once."""
    claim = asked(per_day=60)
    reserved = [store.reserve(claim) for _ in range(60)]
    for each in (*reserved, *reserved):
        assert isinstance(each, Reservation)
        store.release(each)
    assert waits(store, claim, 2) == pytest.approx([0.0, 0.05], abs=0.03)


def test_places_that_others_hold_stay_theirs(store: Store) -> None:
    """Who gives back a place in the middle lets nobody come too near to those around it."""
    reserved = [store.reserve(asked()) for _ in range(20)]
    assert isinstance(reserved[12], Reservation)
    store.release(reserved[12])
    assert wait_of(store, asked()) == pytest.approx(1.5, abs=0.1)


def any_claim(chance: random.Random) -> Claim:
    """Return a claim on one limit or another, with more patience or less."""
    return asked(
        chance.choice("ab"),
        requests=chance.choice([1, 3, 10]),
        per_day=chance.choice([None, 60]),
        patience=chance.choice([0.0, 2.0, 50.0]),
        margin=0.08,
    )


_NOTE_MOMENT = "redis.call('SET', 'moment', string.format('%.0f', now))\nlocal free ="


def test_memory_and_redis_decide_alike(clean_redis: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The policy stands twice, in Python and in Lua: the same calls at the same moment get the same places."""
    import redis as library

    chance, clock = random.Random(7), FakeClock(wall=1000.0)  # both of its times are one, as of Redis's clock
    monkeypatch.setattr(scripts, "_RESERVE", scripts._RESERVE.replace("local free =", _NOTE_MOMENT, 1))
    memory, redis = open_store("memory://", clock), open_store(clean_redis, clock)
    with closing(library.Redis.from_url(clean_redis)) as client:
        for _ in range(400):
            claim = any_claim(chance)
            decided = redis.reserve(claim)
            clock.moment = int(client.get("moment")) / 1_000_000  # type: ignore[arg-type]
            figures = [_figures_of(each) for each in (memory.reserve(claim), decided)]
            assert figures[1] == pytest.approx(figures[0], abs=1e-4) or _on_the_edge(figures, claim)
            time.sleep(chance.choice([0.0, 0.0, 0.005]))
    redis.close()


def test_memory_and_a_file_decide_alike(tmp_path: Path) -> None:
    """The same claims, at the same moments, some of them given back, get the same places."""
    chance, clock = random.Random(7), FakeClock()
    stores = [open_store(url, clock) for url in ("memory://", f"sqlite://{tmp_path / 'throttle.db'}")]
    for _ in range(400):
        memory, file = (store.reserve(claim) for claim in [any_claim(chance)] for store in stores)
        if isinstance(memory, Reservation) and isinstance(file, Reservation):
            assert (file.wait, file.day) == pytest.approx((memory.wait, memory.day), abs=1e-4)
            if chance.random() < 0.2:
                for store, each in zip(stores, (memory, file), strict=True):
                    store.release(each)
        else:
            assert isinstance(memory, ReservationRefused)
            assert isinstance(file, ReservationRefused)
            assert (file.after, file.daily) == pytest.approx((memory.after, memory.daily), abs=1e-4)
        clock.moment += chance.choice([0.0, 0.0, 0.005, 0.3])


def test_processes_of_a_machine_share_a_file_and_its_days(tmp_path: Path) -> None:
    """What another process reserves counts, and a day's count survives a restart."""
    clock, claim = FakeClock(), asked(per_day=3)
    for expected in (0.0, 0.05, 0.1):
        store = open_store(f"sqlite://{tmp_path / 'throttle.db'}", clock)
        assert wait_of(store, claim) == pytest.approx(expected, abs=1e-4)
        store.close()
    refused = open_store(f"sqlite://{tmp_path / 'throttle.db'}", clock).reserve(claim)
    assert isinstance(refused, ReservationRefused)
    assert refused.daily


def test_a_clock_that_was_set_back_holds_nobody_up(tmp_path: Path) -> None:
    """After a year ahead the window stands as it did when it was written: full, and free again a second later."""
    clock = FakeClock()
    store = open_store(f"sqlite://{tmp_path / 'throttle.db'}", clock)
    clock.epoch += 365 * DAY
    waits(store, asked(), 10)
    clock.epoch -= 365 * DAY
    assert wait_of(store, asked()) == pytest.approx(1.0, abs=1e-4)
    clock.moment += 5
    assert wait_of(store, asked()) == pytest.approx(0.0, abs=1e-4)


def test_a_wrong_clock_of_redis_holds_nobody_up(clean_redis: str) -> None:
    """A Redis whose machine was a year ahead has places and holds from then: they are not believed."""
    import redis

    store = open_store(clean_redis, SystemClock())
    ahead = (time.time() + 365 * DAY) * 1e6
    with redis.Redis.from_url(clean_redis) as client:
        client.rpush("zoom:throttle:{account}::heavy", *(f"{ahead + each:.0f}" for each in range(10)))
        client.set("zoom:throttle:{account}::heavy:hold", f"{ahead:.0f}")
        client.set("zoom:throttle:{account}::day:heavy:hold", f"{ahead:.0f}")
        assert waits(store, asked(per_day=100), 11) == pytest.approx([*(each * 0.05 for each in range(10)), 1], abs=0.1)
        store.hold("account", ":heavy", 5.0)
        assert wait_of(store, asked()) == pytest.approx(5.0, abs=0.1)
    store.close()


def test_a_damaged_row_lets_nothing_through(tmp_path: Path) -> None:
    """SQLite does not see a row whose bytes have changed on the disk; what is read there is not believed."""
    path = tmp_path / "throttle.db"
    store = open_store(f"sqlite://{path}", SystemClock())
    wait_of(store, asked())
    with closing(sqlite3.connect(path)) as database:
        for reserved, held_until in (("[176400", 0.0), ("null", 0.0), ('["a"]', 0.0), ("[]", "\x7f")):
            with database:
                database.execute("UPDATE windows SET reserved = ?, held_until = ?", (reserved, held_until))
            with pytest.raises(ConnectionFailed, match=r"throttle\.db"):
                store.reserve(asked())
        with database:
            database.execute("UPDATE windows SET reserved = '[1e300]', held_until = 1e300")
    assert wait_of(store, asked(patience=2 * DAY)) == pytest.approx(DAY, abs=1)
    store.close()


def _figures_of(verdict: Reservation | ReservationRefused) -> tuple[float, bool] | float:
    return (verdict.after, verdict.daily) if isinstance(verdict, ReservationRefused) else verdict.wait


def _on_the_edge(figures: list[Any], claim: Claim) -> bool:
    """Return whether one was just patient enough, and the other not."""
    seconds = [each[0] if isinstance(each, tuple) else each for each in figures]
    return all(abs(each - claim.patience) < 1e-4 for each in seconds)


def test_redis_keeps_no_key_for_ever(clean_redis: str) -> None:
    """Every key of a thousand accounts has an end, and after the window only the days' are left."""
    import redis

    store = open_store(clean_redis, SystemClock())
    for index in range(1000):
        store.reserve(asked(f"account-{index}", seconds=100, per_day=5 if index < 10 else None))
    store.hold("account", ":heavy", 50)
    client = redis.Redis.from_url(clean_redis)
    assert client.dbsize() == 1011
    ends = [client.pttl(key) for key in client.scan_iter()]
    assert all(0 < end <= DAY * 1000 + 1 for end in ends)
    assert sum(end > 101_000 for end in ends) == 10
    client.close()


def test_memory_keeps_no_key_for_ever() -> None:
    """What is over is forgotten: accounts come and go."""
    clock = FakeClock()
    store = MemoryStore(clock)
    for index in range(100_000):
        store.reserve(asked(f"account-{index}", per_day=5))
        clock.moment += 1.0
        if index % 100 == 0:
            store.hold(f"account-{index}", ":heavy", 1.0)
    assert len(store) < 5000 + DAY


def test_a_callers_clock_does_not_count_in_redis(clean_redis: str) -> None:
    """Callers whose clocks differ by hours share one window: it is Redis's clock that counts."""
    stores = [open_store(clean_redis, SkewedClock(skew)) for skew in (-7200.0, 0.0, 7200.0)]
    began = time.monotonic()
    places = [wait_of(stores[index % 3], asked()) + time.monotonic() - began for index in range(21)]
    assert places[20] == pytest.approx(2.0, abs=0.05)


def test_a_password_of_the_store_is_not_shown() -> None:
    """Without Redis the error says so, and neither it nor its causes name the password."""
    store = open_store("redis://:s3cret@127.0.0.1:1/0", SystemClock())
    with pytest.raises(ConnectionFailed, match="no request was sent") as raised:
        store.reserve(asked())
    causes = [raised.value, raised.value.__cause__, store]
    assert "s3cret" not in "".join(f"{each}{each!r}" for each in causes)


def test_an_unknown_store_is_refused() -> None:
    """A URL that is not a store's is refused."""
    with pytest.raises(ValueError, match=r"sqlite:///a/file\.db, redis://"):
        open_store("mongodb://nowhere", SystemClock())
