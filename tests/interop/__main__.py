"""`python -m tests.interop [--npm FOLDER]`: clients of others, unmodified, against the simulator through its proxy.

Each gets what no configuration of theirs is needed for: a proxy and an authority in the environment.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from tests.interop.hearing import hearing
from zoom_api_client.testing.simulator import Ports, Simulator, serve_in_thread
from zoom_api_client.testing.simulator.authorization.apps import DEFAULT
from zoom_api_client.testing.simulator.serving import Addresses

HERE = Path(__file__).parent
OF_RIVET = (
    ("meeting.created", "Standup"), ("meeting.updated", "Retro"), ("meeting.registration_created", "Retro"),
    ("meeting.deleted", "Retro"),
)  # fmt: skip
"""What our receiver is to hear of that Rivet does: the events, and the topics of the meetings."""


def main() -> int:
    """Run them all; return 1 if one fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--npm", type=Path, help="where npm put @zoom/rivet; without it Rivet is left out")
    chosen = parser.parse_args()
    failed = [run([sys.executable, str(HERE / f"{name}_calls.py")]) for name in ("zoomus", "pyzoom")]
    if chosen.npm:
        program = chosen.npm / "rivet.mjs"  # node looks for packages beside the program
        program.write_text((HERE / "rivet.mjs").read_text())
        failed.append(run(["node", str(program)], *OF_RIVET))
    return int(any(failed))  # each ran, also after one that fails


def run(command: list[str], *told: tuple[str, str]) -> bool:
    """Run a program against a simulator of its own; return True if it fails, or our receiver does not hear of it."""
    simulator = Simulator(lenient=True)
    credentials = [DEFAULT.client_id, DEFAULT.client_secret, simulator.state.owner.account]
    print(f"--- {Path(command[1]).name}", flush=True)
    with serve_in_thread(simulator, Ports(tls=0, proxy=0)) as served, hearing(simulator) as heard:
        steering = served.base_url.removesuffix("v2") + "_simulator"
        failed = (
            subprocess.run([*command, *credentials, steering], env=environment(served), check=False).returncode != 0
        )
        missing = heard.lacks(*told)
    print(
        "\n".join(f"{'not so:' if each in missing else 'ok '} our receiver hears of {' '.join(each)}" for each in told)
    )
    refused = {str(violation) for violation in simulator.violations}
    print("\n".join(f"refused: {each}" for each in sorted(refused)), flush=True)
    return failed or bool(missing)


def environment(served: Addresses) -> dict[str, str]:
    """Return what leads a program to the simulator."""
    authorities = dict.fromkeys(("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"), str(served.ca_file))
    return {**os.environ, "HTTPS_PROXY": served.proxy_url, **authorities}


if __name__ == "__main__":
    sys.exit(main())
