"""How long mypy and pyright take over everything, and what four checkers say of what users write."""

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
EVERYTHING = {
    "mypy": ("zoom_api_client", "generator", "--cache-dir=/dev/null"),
    "pyright": ("--pythonpath", sys.executable),
}
USERS = {
    "mypy": ("--strict", "tests/typing"),
    "pyright": ("--pythonpath", sys.executable, "tests/typing"),
    "ty": ("check", "tests/typing"),
    "pyrefly": ("check", "tests/typing"),
}


def run() -> Iterator[Figure]:
    """Run each checker once: this takes minutes, and is done only if it is asked for by name."""
    for what, checkers in (("everything", EVERYTHING), ("tests/typing", USERS)):
        for checker, arguments in checkers.items():
            yield from _checked(checker, what, arguments)


def _checked(checker: str, what: str, arguments: tuple[str, ...]) -> Iterator[Figure]:
    if find_spec(checker) is None:
        yield Figure(f"{checker}, {what}", "skipped: it is not installed")
        return
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", checker, *arguments], cwd=PROJECT, capture_output=True, text=True)
    yield seconds(f"{checker}, {what}", Spread([time.perf_counter() - start]))
    if done.returncode > 1:
        raise RuntimeError(f"{checker} failed: {(done.stdout + done.stderr)[-2000:]}")
    errors = re.findall(r"\berror(?:: |\[)|^ERROR ", done.stdout, re.MULTILINE)
    yield count(f"{checker}, {what}: errors", len(errors), 0)
