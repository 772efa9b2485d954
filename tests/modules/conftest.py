from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from tests.client.conftest import world as world
from tests.client.worlds import World
from zoom_api_client.testing import EmbeddedZoom


@pytest.fixture
def embedded() -> Iterator[EmbeddedZoom]:
    """A Zoom on loopback, which must find nothing wrong."""
    with EmbeddedZoom() as served:
        yield served
        assert served.violations == []


@pytest.fixture
async def zoom(world: World, embedded: EmbeddedZoom) -> AsyncIterator[Any]:
    """A client of the embedded Zoom."""
    client = world.at(embedded.base_url)
    yield client
    await world.close(client)
