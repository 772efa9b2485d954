"""What only Redis does: its own clock, scripts of one step, consumers that vanish, and being emptied or away."""

import time

import pytest
import redis

from tests.triggers.inbox.deliveries import claimed, deliveries, delivery
from zoom_api_client.triggers.inbox import Counts, InboxFailed, Task, open_inbox
from zoom_api_client.triggers.inbox.redis import RedisInbox


@pytest.fixture
def client(clean_redis: str) -> redis.Redis:
    """A client beside the inbox."""
    return redis.Redis.from_url(clean_redis)


def test_the_servers_clock_counts(clean_redis: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose clock is a day off gets retries and leases at the server's time."""
    inbox = RedisInbox(clean_redis)
    monkeypatch.setattr(time, "time", lambda: 0.0)
    inbox.put([delivery()])
    inbox.again(claimed(inbox)[0], seconds=0.3, error="x")
    assert inbox.claim(1, lease=60) == []
    (task,) = claimed(inbox)
    inbox.bury(task, error="x")
    assert inbox.dead()[0].died_at > 1_700_000_000
    inbox.close()


def test_keys_are_not_kept_for_ever(clean_redis: str, client: redis.Redis) -> None:
    """A waiting event's key is kept for a week, that of a handled one for a day, and nothing else is left of it."""
    inbox = RedisInbox(clean_redis)
    inbox.put([delivery()])
    mark = "zoom:{inbox}:seen:a"
    assert 6 * 86_400 < client.ttl(mark) <= 7 * 86_400
    inbox.done(claimed(inbox))
    assert 86_400 - 60 < client.ttl(mark) <= 86_400
    assert client.xlen("zoom:{inbox}:events") == 0
    assert sorted(client.keys()) == [b"zoom:{inbox}:events", mark.encode()]
    inbox.close()
    client.close()


def test_vanished_consumers_do_not_pile_up(clean_redis: str, client: redis.Redis) -> None:
    """Consumers without leases go, the last of them with `close`; one with a lease stays, and its task with it."""
    from zoom_api_client.triggers.inbox import lua

    killed, idle, living = (RedisInbox(clean_redis) for _ in range(3))
    killed.put([delivery()])
    claimed(killed)
    idle.claim(1, lease=60)
    living.claim(1, lease=60)
    living._run(lua.TIDY, 0)
    names = [each["name"].decode() for each in client.xinfo_consumers("zoom:{inbox}:events", "workers")]
    assert names == [killed._consumer]
    assert living.put([delivery("b")]) == [True]
    (task,) = claimed(living)
    assert task.delivery.key == "b"
    living.done([task])
    assert [task.delivery.key for task in claimed(living, lease=0.01)] == ["a"]
    for each in (killed, idle, living):
        each.close()
    client.close()


def test_a_lost_lease_is_found_behind_many_that_are_kept(clean_redis: str) -> None:
    """The search for lost leases goes on where it ended, and so comes to the last of 300."""
    killed, living = RedisInbox(clean_redis), RedisInbox(clean_redis)
    killed.put(deliveries(300))
    kept = claimed(living, 299)
    claimed(killed, 1)
    until = time.monotonic() + 20
    found: list[Task] = []
    while not found and time.monotonic() < until:
        living.extend(kept, lease=0.5)
        living._revive_at = 0.0
        found = living.claim(1, lease=0.5)
    assert [task.delivery.key for task in found] == ["k299"]
    killed.close()
    living.close()


def test_an_emptied_redis_stops_nothing(clean_redis: str, client: redis.Redis) -> None:
    """After everything was deleted the inbox works as on its first day."""
    inbox = RedisInbox(clean_redis)
    inbox.put([delivery()])
    client.flushdb()
    assert inbox.counts() == Counts(0, 0, 0)
    client.flushdb()
    assert inbox.put([delivery()]) == [True]
    assert len(claimed(inbox)) == 1
    inbox.close()
    client.close()


def test_two_apps_do_not_share_events(clean_redis: str) -> None:
    """A fragment of the address is an inbox of its own."""
    one, two = open_inbox(f"{clean_redis}#one"), open_inbox(f"{clean_redis}#two")
    assert one.put([delivery()]) == [True]
    assert two.claim(1, lease=60) == []
    assert two.put([delivery()]) == [True]
    one.close()
    two.close()


def test_an_absent_redis_does_not_tell_its_password() -> None:
    """Who is not there is named by the kind of the error, without the address."""
    inbox = open_inbox("redis://:hunter2@127.0.0.1:1/0")
    with pytest.raises(InboxFailed) as raised:
        inbox.put([delivery()])
    assert "hunter2" not in f"{raised.value} {raised.value.__cause__} {inbox!r}"
    inbox.close()
