"""What tests share: a quota that is not the user's, and a Redis."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.redis_servers import redis_server
from zoom_api_client import quota

# The same examples on every machine, however slow it is.
settings.register_profile(
    "suite", deadline=None, database=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")


@pytest.fixture(autouse=True)
def _a_day_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let meetings that a test creates count in its own memory, not in the user's file."""
    guard = quota.Guard("memory://")
    monkeypatch.setattr(quota, "default", lambda base_url="": guard)


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a redis-server that runs until the tests end."""
    pytest.importorskip("redis", reason="the extra 'redis' is not installed")
    with redis_server(tmp_path_factory.getbasetemp() / "redis") as port:
        yield f"redis://127.0.0.1:{port}/0"


@pytest.fixture
def clean_redis(redis_url: str) -> str:
    """The URL of that Redis, with nothing in it."""
    import redis

    with redis.Redis.from_url(redis_url) as client:
        client.flushdb()
    return redis_url
