"""The installed script, run against the simulator, in a home of its own."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import Here, Script
from tests.cli.simulated import Simulated, simulating


@pytest.fixture(autouse=True)
def _can_be_interrupted() -> Iterator[None]:
    """Let commands hear Ctrl-C where the tests run in the background of a shell, which ignores it for all of them."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def served() -> Iterator[Simulated]:
    """The simulator of the session."""
    with simulating() as simulated:
        yield simulated


@pytest.fixture
def zoom(served: Simulated) -> Simulated:
    """The simulator, which has forgotten what other tests did."""
    served.begin()
    return served


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """The environment of a user who has never used the script."""
    system = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "COVERAGE_PROCESS_START") if name in os.environ}
    return {**system, "HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state"), "PYTHONPATH": ""}


@pytest.fixture
def script(home: dict[str, str]) -> Script:
    """The script without credentials."""
    return Script(home)


@pytest.fixture
def logged_in(home: dict[str, str], zoom: Simulated) -> dict[str, str]:
    """The environment of somebody who has a token of the simulator's."""
    return {**home, "ZOOM_ACCESS_TOKEN": zoom.give_token(), "ZOOM_BASE_URL": zoom.base_url}


@pytest.fixture
def command(logged_in: dict[str, str]) -> Script:
    """The script with a token."""
    return Script(logged_in)


@pytest.fixture
def here(home: dict[str, str]) -> Here:
    """The command in this process, without credentials."""
    return Here(home)


@pytest.fixture
def command_here(logged_in: dict[str, str]) -> Here:
    """The command in this process, with a token."""
    return Here(logged_in)
