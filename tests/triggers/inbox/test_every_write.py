"""A kill, a full disk and a broken one at each write of an inbox's file: what was answered 200 is handled, or waits."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FOR_EVER = 10**6


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What stands between the program and the system."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("it takes Linux, and a compiler of C")
    made = tmp_path_factory.mktemp("faults") / "faults.so"
    source = ROOT / "tests" / "storage" / "faults.c"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", made, source, "-ldl"], check=True)
    return made


def run(faults: Path, place: Path, how: str, at: int, last: int, *, first: int = 0) -> subprocess.CompletedProcess[str]:
    """Run the program in a directory, with a fault."""
    environment = {
        **os.environ,
        "LD_PRELOAD": str(faults),
        "FAULT_UNDER": f"{place}/",
        "FAULT_COUNT": f"{place}.count",
        "FAULT_HOW": how,
        "FAULT_AT": str(at),
        "FAULT_LAST": str(last),
    }
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "tests.triggers.inbox.every_write",
        f"{place}/inbox.db",
        str(first),
    ]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT, timeout=60, check=False)


def told(what: str, *runs: subprocess.CompletedProcess[str]) -> set[str]:
    """Return the topics that runs told of."""
    return set(re.findall(rf"^{what} (\w+)$", "".join(each.stdout for each in runs), re.MULTILINE))


def waiting(path: Path) -> set[str]:
    """Return the topics of a file, which is whole."""
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        bodies = b"".join(body for (body,) in database.execute("SELECT body FROM work"))
    return {each.decode() for each in re.findall(rb"topic\d+", bodies)}


@pytest.mark.parametrize(
    ("how", "length", "step"),
    [
        ("kill", 0, 90),
        *(
            pytest.param(how, length, 3, marks=pytest.mark.soak)
            for how, length in (("kill", 0), ("after", 0), ("short", 40), ("28", 0), ("28", 40), ("5", FOR_EVER))
        ),
    ],
)
def test_nothing_that_was_answered_200_is_lost(faults: Path, tmp_path: Path, how: str, length: int, step: int) -> None:
    """The next process works on the file as if nothing had been."""
    (tmp_path / "whole").mkdir()
    whole = run(faults, tmp_path / "whole", "kill", FOR_EVER, 0)
    assert told("handled", whole) == told("took", whole) != set()
    changes = (tmp_path / "whole.count").stat().st_size
    for at in range(1, changes, step):
        place = tmp_path / str(at)
        place.mkdir()
        failed = run(faults, place, how, at, at + length)
        after = run(faults, place, "kill", FOR_EVER, 0, first=100)
        assert len(told("took", after)) == 6, after.stderr
        assert "ended" in after.stdout, after.stderr
        assert told("took", failed, after) <= told("handled", failed, after) | waiting(place / "inbox.db"), at
