"""A simulated Zoom for the programs of examples/, whose app has the scopes that a program names, and no others."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.page_account import TODAY
from zoom_api_client.arguments import dates
from zoom_api_client.testing import MockZoom, mock_zoom
from zoom_api_client.testing.simulator import Simulator

SCOPE = re.compile(r"\b[a-z_]+:(?:read|write|update):[a-z_:]+\b")


@pytest.fixture
def zoom(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[MockZoom]:
    """A simulator that refuses what the scopes of the module's `program` do not cover, in an empty directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(dates, "now", lambda: TODAY)
    monkeypatch.setenv("ZOOM_ACCESS_TOKEN", "any token")
    with mock_zoom(stateful=True, scopes=set(SCOPE.findall(request.module.program.__doc__))) as zoom:
        zoom.simulator.clock.set(TODAY, frozen=True)
        yield zoom


@pytest.fixture
def simulator(zoom: MockZoom) -> Simulator:
    """What is there: users, meetings, calls."""
    return zoom.simulator
