"""The commands of docs/steering.md run, each against a simulator that is really served."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.simulator.frozen import FrozenZoom
from zoom_api_client.testing.simulator import Ports, Simulator, controls
from zoom_api_client.testing.simulator.serving import serve_in_thread

PAGE = (Path(__file__).parents[2] / "docs" / "steering.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(curl .*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
FIRST = (Path(__file__).parents[2] / "docs" / "simulator.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    ((?:\w+=\S+ )?curl (?:.*\\\n)*.*)$", FIRST, re.MULTILINE)


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl")
def test_commands_of_the_first_page_run() -> None:
    """A token is got, and opens the API, also through the proxy: the page leaves out only what each start makes up."""
    simulator = Simulator()
    account, token = simulator.state.owner.account, ""
    with serve_in_thread(simulator, Ports(tls=0, proxy=0)) as served:
        there = {"8888": served.proxy_url, "8080": served.base_url.removesuffix("/v2")}
        assert len(COMMANDS) == 3
        for command in COMMANDS:
            script = command.replace("account_id=…", f"account_id={account}").replace("Bearer …", f"Bearer {token}")
            for port, address in there.items():
                script = script.replace(f"http://127.0.0.1:{port}", address)
            script = script.replace("zoom-ca.pem", str(served.ca_file)).replace("curl ", "curl -fsS ")
            said = json.loads(subprocess.run(["bash", "-euc", script], capture_output=True, check=True).stdout)
            token = said.get("access_token", token)
    assert said["email"] == "owner@example.com"


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl")
def test_commands_of_the_page_run(tmp_path: Path) -> None:
    """In their order, one block after the other; each command is answered with a success."""
    zoom = FrozenZoom(open=True)
    with serve_in_thread(zoom) as served:
        here = served.base_url.removesuffix("/v2").removeprefix("http://")
        for block in BLOCKS:
            script = block.replace("localhost:8080", here)
            environment = {"PATH": os.environ["PATH"], "NO_PROXY": "*"}
            done = subprocess.run(
                ["bash", "-euc", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
    held = zoom.state.store.counts(zoom.account)
    assert (held["meetings"], held["users"], held["recordings"]) == (3, 4, 2)


def test_page_names_every_control() -> None:
    """What can be steered is documented; `overview` is the page's own."""
    missing = [
        each for each in controls._CONTROLS if f"_simulator/{each.split()[1]}" not in PAGE and each != "GET overview"
    ]
    assert missing == []
