"""Redis as people run it: failovers, full memory, policies that evict, clusters, servers that hang."""

import logging
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.redis_servers import Forwarder, redis_server
from zoom_api_client import errors
from zoom_api_client.connection.stores.redis import RedisStore
from zoom_api_client.quota import Guard
from zoom_api_client.storage.redis import RedisServer
from zoom_api_client.transport.throttle import Throttle

redis = pytest.importorskip("redis", reason="the extra 'redis' is not installed")

PATH = ("GET", "/users/me")


def save(store: RedisStore) -> None:
    """Save a token."""
    with store.lock("key"):
        store.save("key", "text")


def by_guard(url: str) -> Callable[[], Any]:
    """Return what counts a request by a guard."""
    guard = Guard(url, limit=10_000)
    return lambda: guard.acquire("user")


def by_throttle(url: str) -> Callable[[], Any]:
    """Return what reserves a place by a throttle."""
    throttle = Throttle("business", store=url, max_wait=1e6)
    return lambda: throttle.reserve("account", PATH)


def by_tokens(url: str) -> Callable[[], Any]:
    """Return what saves a token."""
    store = RedisStore(url)
    return lambda: save(store)


@pytest.fixture(params=[by_guard, by_throttle, by_tokens])
def use(request: pytest.FixtureRequest) -> Callable[[str], Callable[[], Any]]:
    """Each of what is kept in Redis, in turn."""
    made: Callable[[str], Callable[[], Any]] = request.param
    return made


def test_a_planned_failover_is_survived(use: Callable[[str], Callable[[], Any]], tmp_path: Path) -> None:
    """The primary becomes a replica of another one, to which the name leads now: every open connection is left."""
    with redis_server(tmp_path / "one") as one, redis_server(tmp_path / "two") as two:
        name = Forwarder(one)
        write = use(f"redis://127.0.0.1:{name.port}/0")
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
    """Counts and tokens that Redis throws away are lost in silence: it is said at the first use, and once."""
    with redis_server(tmp_path / "one", "--maxmemory-policy", "allkeys-lru") as port:
        write = use(f"redis://127.0.0.1:{port}/0")
        with caplog.at_level(logging.WARNING, logger="zoom_api_client"):
            write()
            write()
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
