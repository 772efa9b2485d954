"""A day of a user over real HTTP, with the clock set forward, blocking and awaited."""

from pathlib import Path

import pytest

from tests.client.worlds import World
from tests.simulator.day import Day
from tests.simulator.watching import check
from zoom_api_client import AsyncZoom, Zoom
from zoom_api_client.testing.simulator import Simulator, serve_in_thread


@pytest.mark.parametrize("kind", [Zoom, AsyncZoom])
async def test_a_day_of_a_user_is_lived_to_its_end(kind: type, tmp_path: Path) -> None:
    """Nothing that is asked or answered leaves the contract, from consent to the removal of the app."""
    simulator = Simulator(plan="business")
    with serve_in_thread(simulator) as served:
        await Day(World(kind), simulator, served.base_url, tmp_path).live()
    check(simulator)
