"""`python -m tests.interop [--npm FOLDER]`: clients of others, unmodified, against the simulator through its proxy.

Each gets what no configuration of theirs is needed for: a proxy and an authority in the environment.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from zoom_api_client.testing.simulator import Ports, Simulator, serve_in_thread
from zoom_api_client.testing.simulator.authorization.apps import DEFAULT
from zoom_api_client.testing.simulator.serving import Addresses

HERE = Path(__file__).parent


def main() -> int:
    """Run them all; return 1 if one fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--npm", type=Path, help="where npm put @zoom/rivet; without it Rivet is left out")
    chosen = parser.parse_args()
    commands = [[sys.executable, str(HERE / f"{name}_calls.py")] for name in ("zoomus", "pyzoom")]
    if chosen.npm:
        program = chosen.npm / "rivet.mjs"  # node looks for packages beside the program
        program.write_text((HERE / "rivet.mjs").read_text())
        commands.append(["node", str(program)])
    failed = [run(command) for command in commands]  # each, also after one that fails
    return int(any(failed))


def run(command: list[str]) -> bool:
    """Run a program against a simulator of its own; return True if it fails."""
    simulator = Simulator(lenient=True)
    credentials = [DEFAULT.client_id, DEFAULT.client_secret, simulator.state.owner.account]
    print(f"--- {Path(command[1]).name}", flush=True)
    with serve_in_thread(simulator, Ports(tls=0, proxy=0)) as served:
        steering = served.base_url.removesuffix("v2") + "_simulator"
        failed = (
            subprocess.run([*command, *credentials, steering], env=environment(served), check=False).returncode != 0
        )
    refused = {str(violation) for violation in simulator.violations}
    print("\n".join(f"refused: {each}" for each in sorted(refused)), flush=True)
    return failed


def environment(served: Addresses) -> dict[str, str]:
    """Return what leads a program to the simulator."""
    authorities = dict.fromkeys(("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"), str(served.ca_file))
    return {**os.environ, "HTTPS_PROXY": served.proxy_url, **authorities}


if __name__ == "__main__":
    sys.exit(main())
