import errno
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.simulator.receiving import Receiver, receiving
from zoom_api_client.testing.__main__ import main
from zoom_api_client.testing.simulator import Simulator, command

PAGE = (Path(__file__).parents[2] / "docs" / "simulator.md").read_text(encoding="utf-8")
COMMAND = [sys.executable, "-m", "zoom_api_client.testing"]


class Command:
    """A simulator in a process of its own, and what it said at its start."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        self.process, self.output = process, process.stdout
        self.told: dict[str, str] = {}
        self.base_url = self.output.readline().split()[3]
        while "client secret" not in self.told:
            line = self.output.readline()
            self.told[line[:15].strip()] = line[15:].strip().rpartition("=")[2]
        self.output.readline()
        exported = self.output.readline().removeprefix("export ").split()
        self.environment = dict(each.split("=", 1) for each in exported)

    def token(self) -> str:
        """Return an access token of the app that is there already."""
        asked = httpx.post(
            f"{self.base_url.removesuffix('/v2')}/oauth/token",
            auth=(self.told["client id"], self.told["client secret"]),
            data={"grant_type": "account_credentials", "account_id": self.told["account id"]},
        )
        return str(asked.json()["access_token"])


@contextmanager
def run(*arguments: str) -> Iterator[Command]:
    """Run the command until the `with` ends, and then as a container is stopped."""
    with subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Command(process)
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
        finally:
            process.kill()


def test_command_says_all_that_a_first_use_needs() -> None:
    """Whoever copies what it prints gets a token and an answer, and sees the call."""
    with run() as command:
        bearer = {"Authorization": f"Bearer {command.token()}"}
        assert httpx.get(f"{command.base_url}/users/me", headers=bearer).status_code == 200
        assert command.output.readline() == "POST /oauth/token → 200\n"
        assert command.output.readline() == "GET /v2/users/me → 200 users.get_user\n"
        assert httpx.get(f"{command.base_url}/users/me", headers={"Authorization": "Bearer x"}).status_code == 401


def test_state_outlives_the_process(tmp_path: Path) -> None:
    """A container that is replaced keeps its meetings and its tokens; nobody else reads the file."""
    file = tmp_path / "zoom.json"
    with run("--state", str(file)) as command:
        bearer = {"Authorization": f"Bearer {command.token()}"}
        made = httpx.post(f"{command.base_url}/users/me/meetings", headers=bearer, json={"topic": "Standup"}).json()
    assert json.loads(file.read_text())["rows"]
    assert file.stat().st_mode & 0o077 == 0
    with run("--state", str(file)) as command:
        kept = httpx.get(f"{command.base_url}/meetings/{made['id']}", headers=bearer)
    assert kept.json()["topic"] == "Standup"


@pytest.mark.parametrize("size", [0, 1, 100, -1])
def test_state_that_was_cut_short_is_refused_and_kept(
    size: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever copied half a file is told, and finds it unchanged: nothing is begun anew over it."""
    file = tmp_path / "zoom.json"
    file.write_bytes(json.dumps(Simulator().dump()).encode()[:size])
    before = file.read_bytes()
    with pytest.raises(SystemExit):
        main(["--state", str(file)])
    assert "is not a state that a simulator wrote" in capsys.readouterr().err
    assert file.read_bytes() == before


def test_state_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full at the end leaves the state of before, and a sentence with the file's name."""

    def fill(*_arguments: Any, **_options: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(command.files, "replace", fill)
    file = tmp_path / "zoom.json"
    with pytest.raises(OSError, match=r"is not written to .*zoom.json.* No space"), command._saved(Simulator(), file):
        pass


def test_open_simulator_is_also_a_proxy(tmp_path: Path) -> None:
    """What it prints goes into the environment of a program that cannot be configured."""
    authority = tmp_path / "ca.pem"
    with run("--open", "--tls", "--proxy", "--ca-file", str(authority), "--plan", "pro") as command:
        assert command.told["to trust"] == str(authority)
        with httpx.Client(proxy=command.told["as a proxy"], verify=trust(authority)) as client:
            answer = client.get("https://api.zoom.us/v2/users/me", headers={"Authorization": "Bearer x"})
    assert (answer.status_code, answer.headers["X-RateLimit-Limit"]) == (200, "30")


def test_recordings_of_the_page_are_downloaded(tmp_path: Path) -> None:
    """Whoever saves the file that the page shows, and copies the line that is printed, has recordings to download."""
    fixture = tmp_path / "account.yaml"
    fixture.write_text(re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[0])
    with run("--fixture", str(fixture)) as command:
        words = ("recordings", "download", "--from", "yesterday", "--to-dir", str(tmp_path / "recordings"))
        clean = {name: each for name, each in os.environ.items() if not name.startswith("ZOOM_")}
        done = subprocess.run(
            [sys.executable, "-m", "zoom_api_client", *words],
            env={**clean, **command.environment, "HOME": str(tmp_path)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert {each.suffix for each in (tmp_path / "recordings").rglob("*.*")} >= {".mp4", ".m4a", ".vtt"}


def test_a_state_that_is_there_hides_the_fixture(tmp_path: Path) -> None:
    """What was there at the first start is not put there again at the next."""
    fixture, state = tmp_path / "account.yaml", tmp_path / "zoom.json"
    fixture.write_text("users: [{email: jane@example.com}]")
    for _ in range(2):
        with run("--open", "--fixture", str(fixture), "--state", str(state)) as command:
            bearer = {"Authorization": "Bearer any"}
            users = httpx.get(f"{command.base_url}/users", headers=bearer).json()["users"]
    assert [each["email"] for each in users] == ["owner@example.com", "jane@example.com"]


def trust(authority: Path) -> ssl.SSLContext:
    """Return what trusts an authority alone."""
    return ssl.create_default_context(cafile=str(authority))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--plan", "gold"], "gold"),
        (["--state", "{broken}"], "broken.json"),
        (["--fixture", "{broken}"], "is not YAML"),
        (["--fixture", "{broken}.yaml"], "No such file"),
        (["--host", "203.0.113.1"], "203.0.113.1"),
        (["--port", "99999"], "port"),
        (["--port", "{taken}"], "in use"),
        (["--state", "{broken}.d/zoom.json"], "is not there"),
    ],
)
def test_what_cannot_be_served_is_said(
    arguments: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A traceback says less than a sentence."""
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(SystemExit) as stopped:
        main([each.format(broken=broken, taken=other.getsockname()[1]) for each in arguments])
    assert stopped.value.code == 2
    assert says in capsys.readouterr().err
    assert broken.read_text() == "{"


def test_events_go_to_the_webhook_that_is_named() -> None:
    """A receiver that knows the secret that was printed hears of what happens, without another step."""
    with (
        receiving(Receiver(secret="simulated-secret-token")) as receiver,
        run("--open", "--webhook", receiver.url) as zoom,
    ):
        assert zoom.told["secret token"] == receiver.secret
        bearer = {"Authorization": "Bearer any"}
        httpx.post(f"{zoom.base_url}/users/me/meetings", json={"topic": "Planning"}, headers=bearer)
        assert receiver.wait() == ["meeting.created"]


def test_webhook_hears_of_a_state_that_was_kept(tmp_path: Path) -> None:
    """Whoever starts again with the same line has one subscription, which works."""
    options = ("--open", "--state", str(tmp_path / "zoom.json"))
    with receiving(Receiver(secret="simulated-secret-token")) as receiver:
        with run(*options):
            pass
        for _ in range(2):
            with run(*options, "--webhook", receiver.url) as zoom:
                subscribed = httpx.get(f"{zoom.told['to look at']}subscriptions").json()
                bearer = {"Authorization": "Bearer any"}
                httpx.post(f"{zoom.base_url}/users/me/meetings", json={"topic": "Planning"}, headers=bearer)
                receiver.wait()
                receiver.heard.clear()
        assert (receiver.events, len(subscribed)) == (["meeting.created"] * 2, 1)


def test_page_of_the_command_is_where_it_says() -> None:
    """Whoever follows the line that is printed sees the simulator."""
    with run() as command:
        assert "<title>Zoom simulator</title>" in httpx.get(command.told["to look at"]).text


def without(library: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the command where a library is not installed."""
    says = (
        f"import sys; sys.modules[{library!r}] = None; "
        "from zoom_api_client.testing.__main__ import main; main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", says, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_plain_http_needs_no_authority() -> None:
    """Help and all that is served without TLS do without the library that signs certificates."""
    assert "--port" in without("trustme", "--help").stdout
    ran = without("trustme", "--host", "203.0.113.1")  # gets as far as to listen
    assert "203.0.113.1" in ran.stderr
    assert "trustme" not in ran.stderr


@pytest.mark.parametrize(
    ("library", "argument"), [("trustme", "--tls"), ("uvicorn", "--help"), ("jsonschema_rs", "--help")]
)
def test_a_library_that_is_missing_is_named(library: str, argument: str) -> None:
    """The error is one line, with the extra that brings it."""
    ran = without(library, argument)
    assert ran.returncode == 1
    assert ran.stderr.startswith("python -m zoom_api_client.testing: ")
    assert ran.stderr.endswith(f'{library}: pip install "zoom-api-client[testing]"\n')
    assert ran.stderr.count("\n") == 1
