"""`python -m benchmarks [NAME …]`: measure the budgets side by side with what they are measured against.

Prints a table and exits with 0, whatever the figures are: machines are noisy, and it takes a person to judge a figure
that is over its budget. Exits with 1 only if a benchmark could not be run.
"""

import argparse
import os
import platform
import sys
from importlib import import_module

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.figure import Figure

BENCHMARKS = {
    "import": "import_time",
    "first-use": "first_use",
    "decode": "decode",
    "calls": "calls",
    "listing": "listing",
    "receiver": "receiver",
    "receiver-memory": "receiver_memory",
    "receiver-attack": "receiver_attack",
    "build": "building",
    "wheel": "wheel",
    "mock": "mock",
    "simulator": "simulator",
    "guard": "guard",
    "tenants": "tenants",
    "command": "command",
    "download": "download",
    "inbox": "inbox",
    "program": "program",
    "typing": "typecheck",
    "peers": "speed",
}
ONLY_IF_NAMED = {"peers", "receiver-memory", "receiver-attack", "typing"}
WIDTH = 130


def main(arguments: list[str] | None = None) -> int:
    """Run what is named, or everything quick, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    known = ", ".join(BENCHMARKS)
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"{known}; all but {' and '.join(sorted(ONLY_IF_NAMED))}, if none is named",
    )
    wanted: list[str] = parser.parse_args(arguments).names or [name for name in BENCHMARKS if name not in ONLY_IF_NAMED]
    if unknown := [name for name in wanted if name not in BENCHMARKS]:
        parser.error(f"there is no benchmark {', '.join(unknown)}; there are {known}")
    console, faults = Console(), []
    console.width = max(console.width, WIDTH)
    table = Table("what", "figure", "budget", "within?", box=box.SIMPLE_HEAD)
    for name in wanted:
        with console.status(f"measuring: {name}"):
            try:
                figures = list(import_module(f"benchmarks.{BENCHMARKS[name]}").run())
            except Exception as error:  # the others are still worth measuring
                faults.append(f"{name} could not be measured: {type(error).__name__}: {error}")
                continue
        add(table, name, figures)
    console.print(table, machine(), sep="")
    for fault in faults:
        print(fault, file=sys.stderr)
    return int(bool(faults))


def add(table: Table, name: str, figures: list[Figure]) -> None:
    """Add the rows of a benchmark."""
    table.add_section()
    table.add_row(Text(name, style="bold"))
    verdicts = {True: Text("yes", style="green"), False: Text("no", style="bold red"), None: Text()}
    for each in figures:
        table.add_row(Text(each.what), Text(each.figure), Text(each.budget), verdicts[each.within])


def machine() -> str:
    """Say what was measured on, for whoever reads the table elsewhere."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    taken = "the best of interleaved rounds; in brackets ratios from least to most, times from median to most"
    return f"{taken}; {os.cpu_count()} cores, {python}, {platform.system()}"


if __name__ == "__main__":
    sys.exit(main())
