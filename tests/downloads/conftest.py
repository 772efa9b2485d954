import random
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

from tests.client.worlds import World
from tests.downloads.store import Film, Store
from zoom_api_client import AsyncZoom, Zoom
from zoom_api_client.transport.retry import Retry

AT_ONCE = Retry(attempts=3, first_wait=0.0)


@pytest.fixture
def film() -> Film:
    """A file of a megabyte and a bit, no two parts of it alike."""
    return Film(random.Random(4).randbytes(1_100_003))


@pytest.fixture
def store(film: Film) -> Iterator[Store]:
    """A server of that file."""
    with Store(film=film) as served:
        yield served


@pytest.fixture(params=[Zoom, AsyncZoom], ids=["blocking", "asynchronous"])
def world(request: pytest.FixtureRequest) -> World:
    """The blocking world, then the asynchronous one."""
    return World(request.param)


@pytest.fixture
async def zoom(world: World, store: Store) -> AsyncIterator[Any]:
    """A client of the server that waits for nothing."""
    client = world.at(store.base_url, retry=AT_ONCE, timeout=0.5)
    yield client
    await world.close(client)


@pytest.fixture
def download(world: World, zoom: Any) -> Callable[..., Any]:
    """What downloads in the world, to be awaited in both."""

    async def run(what: Any, *, client: Any = zoom, **given: Any) -> Any:
        return await world.of(client.recordings.download(what, **given))

    return run
