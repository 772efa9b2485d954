"""`zoom-api simulate`: the Zoom of the test kit, with its own options."""

from __future__ import annotations

import sys
from typing import Annotated

from cyclopts import App, Parameter

command = App(name="simulate", help_flags=(), version_flags=())


@command.default
def simulate(*options: Annotated[str, Parameter(allow_leading_hyphen=True)]) -> None:
    """Serve a Zoom on this machine until interrupted; --help shows its options."""
    from zoom_api_client.testing.simulator import command as simulator

    try:
        simulator.main(list(options), "zoom-api simulate")
    finally:
        sys.stdout.flush()  # of its help, which argparse leaves to the end of the process
