"""Measure the command `zoom-api`: the processor time of whole processes, which is what they last on an idle machine."""

import os
import resource
import subprocess
import sys
import tempfile
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
    start = _of_children()
    subprocess.run(words, env=env, stdout=subprocess.DEVNULL, check=True)
    return _of_children() - start


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
