"""A store of every kind, and its clock."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.quota.clocks import Clock
from zoom_api_client.quota.stores import Store, open_store


@pytest.fixture(params=["memory", "sqlite", "redis"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty store: in memory, then in a file, then in Redis."""
    if request.param == "redis":
        url: str = request.getfixturevalue("clean_redis")
        return url
    return "memory://" if request.param == "memory" else f"sqlite://{tmp_path / 'quota.db'}"


@pytest.fixture
def clock() -> Clock:
    """A clock that only moves when told."""
    return Clock()


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Store]:
    """A store that goes by our clock: in memory, then in a file."""
    url = "memory://" if request.param == "memory" else f"sqlite://{tmp_path / 'quota.db'}"
    store = open_store(url, clock.micros)
    yield store
    store.close()
