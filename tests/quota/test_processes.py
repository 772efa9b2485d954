"""What many processes do to one count, and what their deaths do."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from zoom_api_client.quota import Guard

ROOT = Path(__file__).parents[2]
SKEWS = (-5.0, -5.0, -2.0, 0.0, 0.0, 2.0, 5.0, 5.0)
TIMES = [pytest.param(times, id=f"{times}x", marks=[pytest.mark.soak] if times > 1 else []) for times in (1, 10)]
RUNS = [pytest.param(runs, id=f"{runs}-runs", marks=[pytest.mark.soak] if runs > 30 else []) for runs in (30, 1000)]


@pytest.fixture(params=["sqlite", "redis"])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a store that processes share, which does not exist yet."""
    if request.param == "redis":
        url: str = request.getfixturevalue("clean_redis")
        return url
    return f"sqlite://{tmp_path / 'state' / 'quota.db'}"


def admitted(*works: dict[str, Any]) -> int:
    """Run one process for each of the works, all at once, and return how many attempts were admitted in all."""
    with ExitStack() as stack:
        processes = [stack.enter_context(_worker(work)) for work in works]
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        return sum(int(process.communicate(timeout=60)[0]) for process in processes)


def _worker(work: dict[str, Any]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.quota.worker", json.dumps(work)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("times", TIMES)
def test_eight_processes_get_exactly_100(shared: str, times: int) -> None:
    """Eight processes, with tasks and threads, make 400 attempts: exactly 100 are admitted, every time."""
    counts = [admitted(*[{"store": shared, "user": f"user {time}"}] * 8) for time in range(times)]
    assert counts == [100] * times


@pytest.mark.parametrize("times", TIMES)
def test_skewed_clocks_admit_no_more(clean_redis: str, times: int) -> None:
    """Machines whose clocks are up to ten seconds apart share one count: Redis's clock is the only one."""
    for time in range(times):
        works = [{"store": clean_redis, "user": f"user {time}", "skew": skew} for skew in SKEWS]
        assert admitted(*works) == 100


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
@pytest.mark.parametrize("runs", RUNS)
def test_a_killed_process_lets_no_101st_through(shared: str, runs: int) -> None:
    """SIGKILL at any moment: never is more sent than counted, never more counted than 100, and the store is whole."""
    command = [sys.executable, "-m", "tests.quota.kills", shared, str(runs)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    figures = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(figures) == runs
    assert max(sent for sent, _ in figures) <= 100
    assert all(sent <= used <= 100 for sent, used in figures)
    assert sum(used == 100 for _, used in figures) > runs / 2
    _whole(shared)


def _whole(store: str) -> None:
    guard = Guard(store)
    assert guard.acquire("somebody else").used == 1
    guard.close()
    if store.startswith("sqlite"):
        database = sqlite3.connect(store.removeprefix("sqlite://"))
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        database.close()
