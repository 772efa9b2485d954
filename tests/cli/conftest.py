"""The installed script, run against an embedded Zoom, in a home of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from zoom_api_client.testing import EmbeddedZoom, IncomingRequest, OutgoingAnswer, Responder
from zoom_api_client.testing.contract import Match

SCRIPT = Path(sys.executable).with_name("zoom-api")


@attrs.frozen
class Ran:
    """What a command did: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


@attrs.define
class Script:
    """Runs the script. `env` is all that it knows of its surroundings."""

    env: dict[str, str]

    def __call__(self, *words: str, stdin: str = "", **env: str) -> Ran:
        done = subprocess.run(
            [SCRIPT, *words], input=stdin, env={**self.env, **env}, capture_output=True, encoding="utf-8", timeout=60
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def start(self, *words: str, **env: str) -> subprocess.Popen[str]:
        """Start it, with pipes, and return the process."""
        pipe = subprocess.PIPE
        return subprocess.Popen(
            [SCRIPT, *words], env={**self.env, **env}, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8"
        )


@attrs.define
class Answers:
    """Answers of a test's own, by the name of the operation."""

    given: dict[str, OutgoingAnswer] = attrs.field(factory=dict)

    def __call__(self, match: Match, request: IncomingRequest) -> OutgoingAnswer | None:
        return self.given.get(str(match.operation))

    def refuse(self, operation: str, status: int, message: str, code: int = 300, **headers: str) -> None:
        """Let an operation be refused."""
        made = OutgoingAnswer.json(status, {"code": code, "message": message})
        self.given[operation] = attrs.evolve(made, headers={**made.headers, **headers})


@pytest.fixture(autouse=True)
def _can_be_interrupted() -> Iterator[None]:
    """Let commands hear Ctrl-C where the tests run in the background of a shell, which ignores it for all of them."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def answers() -> Answers:
    """What Zoom answers instead of what the contract gives."""
    return Answers()


@pytest.fixture
def zoom(answers: Answers) -> Iterator[EmbeddedZoom]:
    """A Zoom over HTTP."""
    with EmbeddedZoom(Responder(overrides=answers)) as served:
        yield served


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
def command(script: Script, zoom: EmbeddedZoom) -> Script:
    """The script with a token for the embedded Zoom."""
    return Script({**script.env, "ZOOM_ACCESS_TOKEN": "a-token-of-tests", "ZOOM_BASE_URL": zoom.base_url})
