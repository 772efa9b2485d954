"""What only Redis does: its own clock, scripts of one step, consumers that vanish, and being emptied or away."""

import asyncio
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import redis

from tests.redis_servers import redis_server
from tests.triggers.inbox.deliveries import claimed, deliveries, delivery
from tests.waiting import until
from zoom_api_client.testing.events import SECRET_TOKEN, SignedEvent, zoom_event
from zoom_api_client.triggers import HandlerRetry, Receiver
from zoom_api_client.triggers.inbox import Counts, InboxFailed, Task, Worker, current, open_inbox
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
    inbox.retry(claimed(inbox)[0], seconds=0.3, error="x")
    assert inbox.claim(1, lease=60) == []
    (task,) = claimed(inbox)
    inbox.bury(task, error="x")
    assert inbox.dead()[0].died_at > 1_700_000_000
    inbox.close()


@pytest.mark.parametrize("other", ["another app", "the caller"])
def test_a_worker_that_ends_cuts_nobody_else_off(clean_redis: str, other: str) -> None:
    """Two apps of a process share the client of a URL, and a client that was given is the caller's."""
    theirs = RedisInbox(f"{clean_redis}#theirs")
    given = theirs._client if other == "the caller" else clean_redis
    inbox = RedisInbox(given)
    asking = theirs._client.connection_pool.get_connection()
    asking.send_command("PING")
    asyncio.run(end_at_once(Worker(inbox, handle_nothing)))
    assert asking.read_response() == b"PONG"
    theirs._client.connection_pool.release(asking)
    inbox.close()
    theirs.close()


async def end_at_once(worker: Worker) -> None:
    """Run a worker that is stopped before it has begun."""
    worker.stop()
    await worker.run()


async def handle_nothing(body: bytes) -> None:
    """Handle an event, if there were one."""


def test_keys_are_not_kept_for_ever(clean_redis: str, client: redis.Redis) -> None:
    """A waiting event's key is kept for a week, that of a handled one for a day, and nothing else is left of it."""
    inbox = RedisInbox(clean_redis)
    inbox.put([delivery()])
    mark = "zoom:{inbox}:seen:a"
    assert 6 * 86_400 < client.ttl(mark) <= 7 * 86_400
    inbox.complete(claimed(inbox))
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
    living.complete([task])
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
        living.extend(kept, lease=2.0)  # the server's clock counts: a busy machine needs a while to go through 300
        living._revive_at = 0.0
        found = living.claim(1, lease=2.0)
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


def test_a_failover_is_survived(clean_redis: str, client: redis.Redis) -> None:
    """Redis that has become a replica refuses writes: the connection is made anew, where the new primary is."""
    inbox = RedisInbox(clean_redis)
    inbox.put([delivery()])
    replica = inbox._client.connection_pool
    client.replicaof("127.0.0.1", "1")
    try:
        with pytest.raises(InboxFailed, match="ReadOnly"):
            inbox.put([delivery("b")])
    finally:
        client.replicaof("NO", "ONE")
    assert inbox._client.connection_pool is replica
    assert inbox.put([delivery("c")]) == [True]
    inbox.close()
    client.close()


async def test_full_memory_does_not_stop_handling(clean_redis: str, client: redis.Redis) -> None:
    """Nothing more is taken, but what is there is handled, failures and retries too, and that makes room."""
    inbox = RedisInbox(clean_redis)
    inbox.put(deliveries(60))
    handled: list[str] = []

    async def dispatch(body: bytes) -> None:
        handled.append(current().delivery.key)
        if current().attempt == 1 and len(handled) % 3 == 0:
            raise ValueError("again")

    client.config_set("maxmemory", 1)
    worker = Worker(inbox, dispatch, retry=HandlerRetry(first_wait=0.0, attempts=2), wants=lambda: {"*"})
    worker._announce_at = 0.0
    try:
        with pytest.raises(InboxFailed, match="OutOfMemory"):
            inbox.put([delivery("more")])
        worker.start()
        await until(lambda: inbox.counts() == Counts(0, 0, 0), within=20)
    finally:
        client.config_set("maxmemory", 0)
        await asyncio.to_thread(worker.stop)
    assert len(set(handled)) == 60
    inbox.close()
    client.close()


@pytest.mark.parametrize("allowed", [False, True])
@pytest.mark.parametrize("policy", ["allkeys-lru", "volatile-ttl"])
def test_a_redis_that_evicts_is_not_an_inbox(
    clean_redis: str, client: redis.Redis, policy: str, allowed: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """It is refused where events can be evicted, unless that was asked for; there is a warning in any case."""
    client.config_set("maxmemory-policy", policy)
    inbox = open_inbox(clean_redis + ("?eviction=allowed" if allowed else ""))
    try:
        if policy.startswith("allkeys") and not allowed:
            with pytest.raises(InboxFailed, match=r"127\.0\.0\.1.*allkeys-lru.*noeviction.*eviction=allowed"):
                inbox.put([delivery()])
        else:
            assert inbox.put([delivery()]) == [True]
            assert policy in caplog.text
            assert len(caplog.records) == 1
    finally:
        client.config_set("maxmemory-policy", "noeviction")
    assert inbox.put([delivery("b")]) == [True]
    inbox.close()
    client.close()


def test_a_node_of_a_cluster_is_not_an_inbox(tmp_path: Path) -> None:
    """It would refuse with the address of another node, of which nobody could make anything."""
    with redis_server(tmp_path / "node", "--cluster-enabled", "yes") as port:
        inbox = open_inbox(f"redis://127.0.0.1:{port}/0")
        with pytest.raises(InboxFailed, match=f"127.0.0.1:{port}.*node of a Redis Cluster"):
            inbox.put([delivery()])
        inbox.close()


def test_a_hung_redis_is_answered_503_in_time(redis_url: str, clean_redis: str) -> None:
    """Zoom waits for three seconds, whichever way the request comes."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        receiver = Receiver(secret_token=SECRET_TOKEN, inbox=url)
        event = zoom_event("meeting.started")
        for answer in (receiver.handle, lambda *request: asyncio.run(receiver.answer(*request))):
            began = time.monotonic()
            assert answer(event.headers, event.body).status == 503
            assert time.monotonic() - began < 3
        receiver.close()


def test_a_hung_redis_is_answered_503_in_time_in_many_threads(redis_url: str, clean_redis: str) -> None:
    """Who waits for a connection first, since the others hold all of them, is answered in time too."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as silent, ThreadPoolExecutor(60) as threads:
        receiver = Receiver(secret_token=SECRET_TOKEN, inbox=f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        events = [zoom_event("meeting.started") for _ in range(60)]

        def answer(event: SignedEvent) -> tuple[int, float]:
            began = time.monotonic()
            return receiver.handle(event.headers, event.body).status, time.monotonic() - began

        answered = list(threads.map(answer, events))
        assert {status for status, _ in answered} == {503}
        assert max(seconds for _, seconds in answered) < 3
        receiver.close()


def test_a_failure_names_the_host_and_the_reason() -> None:
    """So that it can be mended, without the password."""
    inbox = open_inbox("redis://:hunter2@127.0.0.1:1/0")
    with pytest.raises(InboxFailed, match=r"127\.0\.0\.1:1/0 .*refused") as raised:
        inbox.put([delivery()])
    assert "hunter2" not in str(raised.value)
    inbox.close()
