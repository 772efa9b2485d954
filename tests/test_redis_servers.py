"""Redis as people run it: failovers, full memory, policies that evict, clusters, servers that hang."""

import logging
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.redis_servers import Forwarder, encrypted_redis, redis_server, watched_redis
from zoom_api_client import errors
from zoom_api_client.connection import Store
from zoom_api_client.connection.stores.base import open_store
from zoom_api_client.quota import Guard
from zoom_api_client.storage.redis import RedisServer
from zoom_api_client.transport.throttle import Throttle
from zoom_api_client.triggers.inbox import Delivery, open_inbox

redis = pytest.importorskip("redis", reason="the extra 'redis' is not installed")

PATH = ("GET", "/users/me")


def save(store: Store) -> None:
    """Save a token."""
    with store.lock("key"):
        store.save("key", "text")


def by_guard(url: Any) -> Callable[[], Any]:
    """Return what counts a request by a guard."""
    guard = Guard(url, limit=10_000)
    return lambda: guard.acquire("user")


def by_throttle(url: Any) -> Callable[[], Any]:
    """Return what reserves a place by a throttle."""
    throttle = Throttle("business", store=url, max_wait=1e6)
    return lambda: throttle.reserve("account", PATH)


def by_inbox(url: Any) -> Callable[[], Any]:
    """Return what stores an event."""
    inbox, numbers = open_inbox(url), count()
    return lambda: inbox.put([Delivery(str(next(numbers)), b"{}", 0.0, "webhook")])


def by_tokens(url: Any) -> Callable[[], Any]:
    """Return what saves a token."""
    store = open_store(url)
    return lambda: save(store)


@pytest.fixture(params=[by_guard, by_throttle, by_tokens])
def use(request: pytest.FixtureRequest) -> Callable[[str], Callable[[], Any]]:
    """Each of what is kept in Redis, in turn."""
    made: Callable[[str], Callable[[], Any]] = request.param
    return made


@pytest.mark.parametrize("given", [str, redis.Redis.from_url, partial(redis.Redis.from_url, retry=None)])
@pytest.mark.parametrize("use", [by_guard, by_throttle, by_tokens, by_inbox])
def test_a_planned_failover_is_survived(
    use: Callable[[Any], Callable[[], Any]], given: Callable[[str], Any], tmp_path: Path
) -> None:
    """The primary becomes a replica of another one, to which the name leads now: every open connection is left.

    A client of the caller's sends nothing again by itself that a replica refused.
    """
    with redis_server(tmp_path / "one") as one, redis_server(tmp_path / "two") as two:
        name = Forwarder(one)
        write = use(given(f"redis://127.0.0.1:{name.port}/0"))
        first, second = redis.Redis(port=one), redis.Redis(port=two)
        second.replicaof("127.0.0.1", one)
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(lambda _: write(), range(40)))
            while second.info("replication").get("master_link_status") != "up" or second.dbsize() != first.dbsize():
                time.sleep(0.05)
            second.replicaof("NO", "ONE")
            first.replicaof("127.0.0.1", two)
            name.target = two
            list(threads.map(lambda _: write(), range(40)))
        first.close()
        second.close()
        name.close()


@pytest.mark.parametrize(
    ("host", "options", "said"),
    [
        ("127.0.0.1", "", "self-signed.*ssl_ca_certs"),
        ("localhost", "?ssl_ca_certs={trusted}", "another host"),
        ("127.0.0.1", "?ssl_ca_certs={trusted}.old", "no file"),
    ],
)
def test_a_certificate_that_is_not_good_is_named(
    use: Callable[[str], Callable[[], Any]], tmp_path: Path, host: str, options: str, said: str
) -> None:
    """What is wrong with it, and what to do; with the right URL all is well."""
    with encrypted_redis(tmp_path / "one") as (port, trusted):
        with pytest.raises(errors.ConnectionFailed, match=said):
            use(f"rediss://{host}:{port}/0{options.format(trusted=trusted)}")()
        use(f"rediss://127.0.0.1:{port}/0?ssl_ca_certs={trusted}")()


def test_a_redis_that_does_not_speak_tls_is_named(use: Callable[[str], Callable[[], Any]], clean_redis: str) -> None:
    """It waits for the end of a line, and answers nothing."""
    with pytest.raises(errors.ConnectionFailed, match="begins with redis://"):
        use(clean_redis.replace("redis:", "rediss:") + "?socket_connect_timeout=0.2&socket_timeout=0.2")()


def test_a_certificate_that_has_expired_is_named(use: Callable[[str], Callable[[], Any]], tmp_path: Path) -> None:
    """Whoever runs the Redis renews it."""
    old = {"not_before": datetime(2020, 1, 1, tzinfo=UTC), "not_after": datetime(2020, 1, 2, tzinfo=UTC)}
    with (
        encrypted_redis(tmp_path / "one", **old) as (port, trusted),
        pytest.raises(errors.ConnectionFailed, match="renewed"),
    ):
        use(f"rediss://127.0.0.1:{port}/0?ssl_ca_certs={trusted}")()


@pytest.mark.parametrize("protocol", [2, 3])
def test_every_store_takes_a_client(clean_redis: str, protocol: int) -> None:
    """It is used as it is, and not closed: whoever opens, closes."""
    with redis.Redis.from_url(clean_redis, protocol=protocol) as client:
        guard, throttle = Guard(client, limit=10), Throttle("pro", store=client)
        assert guard.acquire("user").used == guard.status("user").used == 1
        assert throttle.reserve("account", PATH) == 0
        tokens, inbox = open_store(client), open_inbox(client)
        with tokens.lock("key"):
            tokens.save("key", "text")
        assert (tokens.load("key"), tokens.keys()) == ("text", ["key"])
        inbox.put([Delivery("key", b"{}", 0.0, "webhook")])
        assert [task.delivery.key for task in inbox.claim(1, lease=60)] == ["key"]
        used = client.connection_pool._created_connections
        throttle.close()
        inbox.close()
        assert client.ping()
        assert client.connection_pool._created_connections == used


def test_a_client_that_decodes_is_refused(use: Callable[[Any], Callable[[], Any]]) -> None:
    """Tokens and events are bytes."""
    with pytest.raises(ValueError, match="decode_responses"):
        use(redis.Redis(decode_responses=True))


def test_a_client_that_awaits_is_refused(use: Callable[[Any], Callable[[], Any]]) -> None:
    """Its connections belong to one event loop, and the store to all."""
    with pytest.raises(TypeError, match=r"takes a redis\.Redis.*not a redis\.asyncio"):
        use(redis.asyncio.Redis())


def test_a_primary_that_dies_is_followed_by_sentinel(tmp_path: Path) -> None:
    """Sentinel names another one; a Sentinel that is away is passed over."""
    with watched_redis(tmp_path / "watched") as (url, primary):
        writes = [each(url) for each in (by_guard, by_throttle, by_tokens, by_inbox)]
        for write in writes:
            write()
        with redis.Redis(port=primary) as client:
            client.shutdown(nosave=True)
        until = time.monotonic() + 30
        while writes:
            try:
                writes[-1]()
                writes.pop()
            except errors.ZoomError:
                assert time.monotonic() < until
                time.sleep(0.1)


def test_sentinels_that_cannot_be_asked_are_named(use: Callable[[str], Callable[[], Any]]) -> None:
    """Each with its address and the reason; redis-py puts all options of a client between the two."""
    with pytest.raises(errors.ConnectionFailed) as raised:
        use("redis+sentinel://127.0.0.1:1,127.0.0.1:2/mymaster")()
    said = str(raised.value).partition("MasterNotFoundError")[2]
    assert all(part in said for part in ("127.0.0.1:1 - ", "127.0.0.1:2 - ", "ConnectionError"))
    assert len(said) < 200


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--cluster-enabled", "yes"), "node of a Redis Cluster"),
        (("--requirepass", "s3cret"), "AuthenticationError"),
    ],
)
def test_a_redis_that_takes_nothing_is_named(
    use: Callable[[str], Callable[[], Any]], tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    """The error names the host and the reason, for whatever is kept there."""
    with redis_server(tmp_path / "one", *options) as port:
        with pytest.raises(errors.ConnectionFailed, match=said) as raised:
            use(f"redis://127.0.0.1:{port}/0")()
        assert f"127.0.0.1:{port}" in str(raised.value)


def test_a_full_memory_is_said_and_the_guard_counts_on(tmp_path: Path) -> None:
    """What would take memory is refused by name; the guard makes room first, so that its count goes on."""
    with redis_server(tmp_path / "one", "--maxmemory", "1kb", "--maxmemory-policy", "noeviction") as port:
        url = f"redis://127.0.0.1:{port}/0"
        for refused in (by_throttle(url), by_tokens(url)):
            with pytest.raises(errors.ConnectionFailed, match=f"127.0.0.1:{port}.*memory"):
                refused()
        count = by_guard(url)
        assert [count().used for _ in range(3)] == [1, 2, 3]


def test_a_policy_that_evicts_is_warned_of_once(
    use: Callable[[str], Callable[[], Any]], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Counts and tokens that Redis throws away are lost in silence: it is said at the first use, and once.

    A web application has a connection, and so a store, for each request.
    """
    with redis_server(tmp_path / "one", "--maxmemory-policy", "allkeys-lru") as port:
        writes = [use(f"redis://127.0.0.1:{port}/0") for _ in range(2)]
        with caplog.at_level(logging.WARNING, logger="zoom_api_client"):
            for write in [*writes, writes[0]]:
                write()
        with redis.Redis(port=port) as client:
            assert client.info("commandstats")["cmdstat_info"]["calls"] == 1
    (message,) = [record.getMessage() for record in caplog.records]
    assert "allkeys-lru" in message
    assert f"127.0.0.1:{port}" in message


def test_a_redis_that_hangs_is_left_in_time(
    use: Callable[[str], Callable[[], Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that takes connections and answers nothing is an error, after a while."""
    init = RedisServer.__init__
    monkeypatch.setattr(RedisServer, "__init__", lambda *of, **more: init(*of, **{**more, "seconds": 0.1}))
    with socket.create_server(("127.0.0.1", 0)) as hanging:
        began = time.monotonic()
        with pytest.raises(errors.ConnectionFailed, match="Timeout"):
            use(f"redis://127.0.0.1:{hanging.getsockname()[1]}/0")()
        assert time.monotonic() - began < 3
