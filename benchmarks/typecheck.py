"""Measure mypy and pyright over everything, generated code included, without what they remember from before."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from benchmarks.figure import Figure, count, seconds
from benchmarks.rounds import Spread

PROJECT = Path(__file__).parent.parent
CHECKERS = {
    "mypy": ("zoom_api_client", "generator", "--cache-dir=/dev/null"),
    "pyright": ("--pythonpath", sys.executable),
}


def run() -> Iterator[Figure]:
    """Run each checker once: this takes minutes, and is done only if it is asked for by name."""
    for checker, arguments in CHECKERS.items():
        if find_spec(checker) is None:
            yield Figure(checker, "skipped: it is not installed")
            continue
        start = time.perf_counter()
        command = [sys.executable, "-m", checker, *arguments]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
        yield seconds(checker, Spread([time.perf_counter() - start]))
        if done.returncode > 1:
            raise RuntimeError(f"{checker} failed: {(done.stdout + done.stderr)[-2000:]}")
        yield count(f"{checker}: errors", len(re.findall(r" error: ", done.stdout)), 0)
