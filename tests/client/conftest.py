import pytest

from tests.client.worlds import World
from zoom_api_client import AsyncZoom, Zoom
from zoom_api_client.core import operation


@pytest.fixture(params=[Zoom, AsyncZoom], ids=["blocking", "asynchronous"])
def world(request: pytest.FixtureRequest) -> World:
    """The blocking world, then the asynchronous one."""
    return World(request.param)


@pytest.fixture(autouse=True)
def _nothing_was_deprecated_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """A warning comes once a process: each test begins with none given."""
    monkeypatch.setattr(operation, "_warned", set())
