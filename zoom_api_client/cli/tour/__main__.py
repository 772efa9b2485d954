"""`python -m zoom_api_client.cli.tour`: run the demo, and show it. The exit status is 1 if anything went wrong."""

from __future__ import annotations

import asyncio
import logging
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from zoom_api_client.storage.extras import require_extra

with require_extra("cli", "the tour"):
    from rich.console import Console

from zoom_api_client.cli.tour import showing, world
from zoom_api_client.cli.tour.actions import Action, Stage, actions
from zoom_api_client.cli.tour.products import others
from zoom_api_client.cli.tour.stage import open_stage
from zoom_api_client.cli.tour.world import Ran


def all_actions(stage: Stage) -> list[Action]:
    """Return the named actions, and an operation of every other product."""
    return [*actions(stage), *others(stage)]


def run(files: Path) -> tuple[list[Ran], list[Ran]]:
    """Run everything in both worlds, each with a Zoom of its own; `files` is a directory for what is downloaded."""
    with open_stage() as zoom:
        first = world.run_blocking(zoom, all_actions, files / "blocking")
    with open_stage() as zoom:
        return first, asyncio.run(world.run_awaited(zoom, all_actions, files / "awaited"))


def main() -> int:
    """Run the demo, and return its exit status."""
    logging.getLogger("zoom_api_client").addHandler(logging.NullHandler())  # a forged event is in the table
    console = Console(width=None if sys.stdout.isatty() else 130)
    with TemporaryDirectory() as files:
        first, second = run(Path(files))
        console.print(showing.table(first, second))
    faults = [fault for ran in (*first, *second) for fault in ran.faults]
    for fault in faults:
        console.print(fault, style="red", markup=False)
    console.print(showing.summary(first, second, faults))
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
