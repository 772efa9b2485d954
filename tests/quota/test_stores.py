"""Memory, SQLite and Redis decide alike, forget what is over, and nothing else."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from tests.quota.clocks import Clock
from zoom_api_client.errors import ConnectionFailed
from zoom_api_client.quota.memory import MemoryStore
from zoom_api_client.quota.redis import RedisStore
from zoom_api_client.quota.stores import Store, open_store
from zoom_api_client.quota.window import DAY, KEPT, Admitted, AttemptRefused, Rule, Usage, Window, micros

RULE = Rule(10, "rolling")


def take(store: Store, times: int, user: str = "user") -> list[Admitted]:
    """Take so many places."""
    verdicts = [store.acquire(user, RULE) for _ in range(times)]
    return [each for each in verdicts if isinstance(each, Admitted)]


def real(url: str) -> Store:
    """Return the store of a URL, by the machine's clock."""
    return open_store(url, lambda: micros(datetime.now(UTC)))


def test_threads_get_no_eleventh_place(store_url: str) -> None:
    """Exactly ten of eighty attempts of eight threads are admitted, each with another stamp and number."""
    store = real(store_url)
    with ThreadPoolExecutor(8) as threads:
        verdicts = list(threads.map(lambda _: store.acquire("user", RULE), range(80)))
    admitted = [each for each in verdicts if isinstance(each, Admitted)]
    assert sorted(each.used for each in admitted) == list(range(1, 11))
    assert len({each.stamp for each in admitted}) == 10
    store.close()


def test_a_refused_attempt_does_not_count(store_url: str) -> None:
    """However often it is tried, what is refused takes no place and postpones nothing."""
    store = real(store_url)
    first = take(store, 50)[0]
    refused = [store.acquire("user", RULE) for _ in range(20)]
    assert all(isinstance(each, AttemptRefused) and each.frees_at == first.stamp + DAY for each in refused)
    assert len(store.usage("user")[0].stamps) == 10
    store.close()


def test_a_refund_frees_one_place(store_url: str) -> None:
    """What is given back is one place of one user; an unknown stamp gives back nothing."""
    store = real(store_url)
    places = take(store, 10)
    take(store, 10, "another")
    store.refund("user", places[4].stamp)
    store.refund("user", places[4].stamp)
    store.refund("nobody", places[4].stamp)
    assert len(take(store, 5)) == 1
    assert not take(store, 5, "another")
    store.close()


def test_a_hold_is_one_users_own(store_url: str) -> None:
    """A hold lasts until then, or to the next 00:00 UTC; the longer one wins, and it is one user's."""
    store = real(store_url)
    usage, now = store.usage("user")
    assert usage == Usage()
    store.hold("user", None)
    assert store.usage("user")[0].held_until in (now - now % DAY + DAY, now - now % DAY + 2 * DAY)
    store.hold("user", now + 3 * DAY)
    store.hold("user", now + 1)
    refused = store.acquire("user", RULE)
    assert isinstance(refused, AttemptRefused)
    assert refused.frees_at == now + 3 * DAY
    assert take(store, 1, "another")
    store.close()


def test_a_clock_that_was_a_year_ahead_locks_nobody_out(store: Store, clock: Clock) -> None:
    """What a wrong clock wrote, a whole day's requests, a hold and a sweep, is not believed when the clock is right."""
    clock.move(days=365)
    for index in range(5000):
        store.acquire(f"another {index}", RULE)
    for _ in range(RULE.limit):
        assert isinstance(store.acquire("user", RULE), Admitted)
    store.hold("held", None)
    clock.move(days=-365)
    for user in ("user", "held", "new"):
        for used in range(1, RULE.limit + 1):
            verdict = store.acquire(user, RULE)
            assert isinstance(verdict, Admitted)
            assert (verdict.used, verdict.stamp // DAY) == (used, clock.micros() // DAY)
        assert isinstance(store.acquire(user, RULE), AttemptRefused)


@pytest.mark.parametrize("days", [1.5, 2, 2.9])
def test_a_clock_that_was_days_ahead_frees_no_places(store: Store, clock: Clock, days: float) -> None:
    """A machine that is resumed may believe in another day until its clock is set right: this day goes on counting."""
    assert len(take(store, 20)) == RULE.limit
    clock.move(days=days)
    assert len(take(store, 1)) == 1
    for index in range(5000):
        store.acquire(f"another {index}", RULE)
    clock.move(days=-days)
    assert take(store, 5) == []


def test_redis_that_was_days_ahead_frees_no_places(clean_redis: str) -> None:
    """The same in Redis, whose clock is its machine's: a stamp of another day has come meanwhile."""
    import redis

    store, client = RedisStore(clean_redis), redis.Redis.from_url(clean_redis)
    key = "zoom:quota:{user}:stamps"
    now = store.usage("user")[1]
    early = [now - 2 * DAY - each for each in range(RULE.limit)]
    client.zadd(key, {str(each): each for each in early})
    assert len(take(store, 1)) == 1
    assert client.zcard(key) == RULE.limit + 1
    assert client.pttl(key) > 2 * DAY // 1000
    client.close()
    store.close()


def test_a_wrong_clock_of_redis_locks_nobody_out(clean_redis: str) -> None:
    """A Redis whose machine was a year ahead has stamps and a hold from then: they are not believed."""
    import redis

    store, client = open_store(clean_redis, lambda: 0), redis.Redis.from_url(clean_redis)
    ahead = store.usage("user")[1] + 365 * DAY
    client.zadd("zoom:quota:{user}:stamps", {str(ahead + each): ahead + each for each in range(RULE.limit)})
    client.set("zoom:quota:{user}:held", ahead)
    for used in range(1, RULE.limit + 1):
        verdict = store.acquire("user", RULE)
        assert isinstance(verdict, Admitted)
        assert verdict.used == used
    assert isinstance(store.acquire("user", RULE), AttemptRefused)
    client.close()
    store.close()


def test_what_was_counted_under_a_name_counts_for_its_user(store_url: str) -> None:
    """Who a name means is learned later: all that was counted under it moves, and nothing is left there."""
    store = real(store_url)
    take(store, 2, "name")
    take(store, 1, "user")
    for _ in range(2):
        store.merge("name", "user")
    assert len(store.usage("user")[0].stamps) == 3
    assert not store.usage("name")[0].stamps
    store.close()


def test_what_was_counted_under_a_name_is_moved_once(store_url: str) -> None:
    """Many learn at once who a name means; whoever is killed meanwhile leaves nothing that is moved a second time."""
    store = real(store_url)
    for index in range(20):
        name, user = f"name {index}", f"user {index}"
        take(store, 3, name)
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(lambda _, name=name, user=user: store.merge(name, user), range(8)))
        assert len(store.usage(user)[0].stamps) == 3
    store.close()


def test_a_hold_of_a_name_is_its_users(store_url: str) -> None:
    """Zoom's word that the day is over is about the person, whatever the name it was asked under."""
    store = real(store_url)
    until = store.usage("name")[1] + DAY // 2
    take(store, 1, "name")
    store.hold("name", until)
    store.merge("name", "user")
    assert store.usage("user")[0].held_until == until
    assert not store.usage("name")[0].held_until
    store.close()


def test_a_name_is_remembered_as_long_as_asked(store_url: str) -> None:
    """A name is remembered for as long as it was asked to."""
    store = real(store_url)
    store.remember("account/users/ann@example.com", "id of Ann", 60)
    store.remember("account/users/bob@example.com", "id of Bob", 0.001)
    assert store.recall("account/users/ann@example.com") == "id of Ann"
    assert store.recall("account/users/nobody@example.com") is None
    for _ in range(1000):
        if store.recall("account/users/bob@example.com") is None:
            break
    else:
        raise AssertionError("a name is remembered for ever")
    store.close()


@pytest.mark.parametrize("window", ["rolling", "utc-day"])
def test_a_clock_that_is_set_back_behind_a_sweep_forgets_nothing(store: Store, clock: Clock, window: Window) -> None:
    """What counts again by the clock that was set back is still there."""
    rule = Rule(3, window)
    for _ in range(3):
        store.acquire("user", rule)
    clock.move(hours=25)
    for index in range(5000):
        store.acquire(f"another {index}", rule)
    clock.move(hours=-14)
    assert isinstance(store.acquire("user", rule), AttemptRefused)


def test_rows_are_not_kept_for_ever(store: Store, clock: Clock) -> None:
    """Users and names come and go: those of days before go, sooner or later, and none of today's."""
    for index in range(2000):
        store.acquire(f"user {index}", RULE)
        store.remember(f"name {index}", "user", 3600)
    clock.move(hours=KEPT // DAY * 24 + 1)
    for index in range(6000):
        store.acquire(f"today {index % 2000}", RULE)
    assert 2000 <= _size(store) < 2400
    assert all(len(store.usage(f"today {index}")[0].stamps) == 3 for index in range(2000))


def _size(store: Store) -> int:
    if isinstance(store, MemoryStore):
        return len(store)
    import sqlite3

    database = sqlite3.connect(getattr(store, "path"))  # noqa: B009 - only SQLite's store has one
    rows: int = database.execute("SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM names)").fetchone()[0]
    database.close()
    return rows


def test_a_swept_user_keeps_a_hold(store: Store, clock: Clock) -> None:
    """A row is not over before its hold is."""
    store.hold("user", clock.micros() + 3 * DAY)
    clock.move(hours=48)
    for index in range(5000):
        store.acquire(f"another {index}", RULE)
    assert isinstance(store.acquire("user", RULE), AttemptRefused)


@pytest.mark.parametrize(("key", "value"), [("stamps", None), ("held", "soon")])
def test_value_of_somebody_else_in_redis_is_reported(clean_redis: str, key: str, value: str | None) -> None:
    """What is not a time under a key of the guard is not believed, and the error names the store."""
    import redis

    store, client = RedisStore(clean_redis), redis.Redis.from_url(clean_redis)
    name = f"zoom:quota:{{user}}:{key}"
    if value is None:
        client.zadd(name, {"today": 1})
    else:
        client.set(name, value)
    with pytest.raises(ConnectionFailed, match="Redis could not be asked"):
        store.usage("user")
    store.close()


def test_redis_decides_alike(clean_redis: str) -> None:
    """The decision stands twice, in Python and in Lua: whatever is remembered, they decide alike."""
    import redis

    chance, client, store = random.Random(3), redis.Redis.from_url(clean_redis), RedisStore(clean_redis)
    admitted = 0
    for number in range(500):
        user, now = f"user {number}", store.usage("")[1]
        rule = Rule(chance.choice([1, 3, 10]), chance.choice(["rolling", "utc-day"]))
        usage = _usage(chance, now)
        if usage.stamps:
            client.zadd(f"zoom:quota:{{{user}}}:stamps", {str(stamp): stamp for stamp in usage.stamps})
        if usage.held_until:
            client.set(f"zoom:quota:{{{user}}}:held", usage.held_until)
        verdict = store.acquire(user, rule)
        asked_at = verdict.now if isinstance(verdict, AttemptRefused) else verdict.stamp
        own = rule.admit(usage, asked_at if isinstance(verdict, AttemptRefused) else min(asked_at, now + 60_000_000))
        if isinstance(verdict, Admitted) and usage.stamps and verdict.stamp == usage.stamps[-1] + 1:
            own = rule.admit(usage, now)  # the clock stands still at the last stamp, wherever it really is
        assert verdict == own
        kept = usage.add(verdict.stamp) if isinstance(verdict, Admitted) else usage
        assert store.usage(user)[0] == Usage(tuple(kept.stamps), usage.held_until)
        admitted += isinstance(verdict, Admitted)
    assert 100 < admitted < 400
    client.close()
    store.close()


def _usage(chance: random.Random, now: int) -> Usage:
    """Return what may be remembered: stamps around a day ago and now, some from before the clock was set back."""
    ages = [chance.choice([DAY, DAY // 2, 0]) + chance.randrange(-DAY // 20, DAY // 20) for _ in range(12)]
    stamps = {now - age for age in ages[: chance.choice([0, 1, 3, 12])]}
    today = now - now % DAY
    stamps |= {today - 1, today} if stamps and chance.random() < 0.5 else set()  # on the edge of a day
    return Usage(tuple(sorted(stamps)), chance.choice([0, 0, 0, now + DAY // 3]))


def test_redis_keeps_no_key_for_ever(clean_redis: str) -> None:
    """Every key has an end, three days or less from now, or the end of what it remembers."""
    import redis

    store, client = RedisStore(clean_redis), redis.Redis.from_url(clean_redis)
    for index in range(100):
        store.acquire(f"user {index}", RULE)
        store.hold(f"user {index}", None)
        store.remember(f"name {index}", "user", 60)
    assert client.dbsize() == 300
    assert all(0 < client.pttl(key) <= KEPT // 1000 for key in client.scan_iter())
    client.close()
    store.close()


def test_a_password_of_the_store_is_not_shown() -> None:
    """Without Redis nothing is let through; the error says so, and names no password."""
    store = RedisStore("redis://:s3cret@127.0.0.1:1/0")
    with pytest.raises(ConnectionFailed, match="no request was sent") as raised:
        store.acquire("user", RULE)
    assert not raised.value.may_have_arrived
    causes = [raised.value, raised.value.__cause__, store]
    assert "s3cret" not in "".join(f"{each}{each!r}" for each in causes)
    store.close()


def test_an_unknown_store_is_refused() -> None:
    """A URL that is not a store's is refused, and told without what may be a password."""
    with pytest.raises(ValueError, match="sqlite:///a/file") as raised:
        open_store("mongodb://ann:s3cret@nowhere", lambda: 0)
    assert "s3cret" not in str(raised.value)


def test_stamps_are_in_order(store_url: str) -> None:
    """Stamps come back oldest first, each after the one before."""
    store = real(store_url)
    take(store, 10)
    assert all(earlier < later for earlier, later in pairwise(store.usage("user")[0].stamps))
    store.close()
