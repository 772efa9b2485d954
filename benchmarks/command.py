"""Measure the command `zoom-api` as people feel it: whole processes, from the start to the prompt."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.figure import Figure, seconds
from benchmarks.rounds import interleave

ROUNDS = 9
HELP_BUDGET, START_BUDGET = 0.25, 0.35
PYTHON = "python -c pass"
COMMANDS = {
    "--help": HELP_BUDGET,
    "meetings list me --dry-run": START_BUDGET,
    "meetings list --help": START_BUDGET,
    "api users list-users --help": START_BUDGET,
    "api meetings create-meeting --help": START_BUDGET,
    "api phone update-phone-site-details --help": START_BUDGET,
}
"""The last has more options than any other operation: 252."""


def run() -> Iterator[Figure]:
    """Measure the help of all, the start of a module's command, and the help of operations."""
    with tempfile.TemporaryDirectory() as home:
        # Byte code is kept, as it is where a package was installed.
        env = {**os.environ, "XDG_STATE_HOME": home, "PYTHONDONTWRITEBYTECODE": ""}
        script = str(Path(sys.executable).with_name("zoom-api"))
        measures: dict[str, Callable[[], float]] = {PYTHON: partial(_seconds, [sys.executable, "-c", "pass"], env)}
        measures |= {line: partial(_seconds, [script, *line.split()], env) for line in COMMANDS}
        taken = interleave(measures, ROUNDS)
    yield seconds(PYTHON, taken[PYTHON])
    for line, budget in COMMANDS.items():
        yield seconds(f"zoom-api {line}", taken[line], budget)


def _seconds(words: list[str], env: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(words, env=env, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start
