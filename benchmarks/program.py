"""How long mypy and pyright take over a user's program of ten lines: the first time, and again after a change."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from benchmarks.figure import Figure, seconds
from benchmarks.rounds import Spread

ROUNDS = 3
COLD, WARM, PYRIGHT = 15, 1.5, 3

PROGRAM = """\
from zoom_api_client import Zoom

with Zoom.from_env(timeout=10) as zoom:
    meeting = zoom.meetings.create("me", topic="Standup", duration=30)
    print(meeting.id, meeting.join_url)
    for item in zoom.meetings.list("me", type="upcoming"):
        print(item.topic)
    for user in zoom.api.users.list_users.all(status="active"):
        print(user.email)
    print(zoom.api.users.get_user.raw("me").status)
"""
MYPY = ("mypy", "--strict", "--cache-dir=cache", "program.py")


def run() -> Iterator[Figure]:
    """Check the program elsewhere, against what is installed, and report processor time: the machine may be busy."""
    with tempfile.TemporaryDirectory() as scratch:
        program = Path(scratch) / "program.py"
        if find_spec("mypy"):
            program.write_text(PROGRAM)
            yield seconds("mypy, cold", Spread([_checked(scratch, *MYPY)]), COLD)
            yield seconds("mypy, warm", Spread(_again(program) for _ in range(ROUNDS)), WARM)
        if find_spec("pyright"):
            program.write_text(PROGRAM)
            pyright = ("pyright", "--pythonpath", sys.executable, "program.py")
            yield seconds("pyright", Spread(_checked(scratch, *pyright) for _ in range(ROUNDS)), PYRIGHT)


def _again(program: Path) -> float:
    program.write_text(program.read_text() + "print(zoom)\n")
    return _checked(str(program.parent), *MYPY)


def _checked(where: str, *command: str) -> float:
    """Return the processor time of a check, which must find nothing."""
    before = os.times()
    done = subprocess.run([sys.executable, "-m", *command], cwd=where, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {(done.stdout + done.stderr)[-2000:]}")
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system
