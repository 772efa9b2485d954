"""What a server counts when processes, threads and tasks send as much as they may."""

from pathlib import Path
from typing import Any

import pytest

from tests.throttle.measure import measure

# The first window begins with the first request: five seconds hold more of a window than sixty do, in proportion.
LENGTHS = [pytest.param(seconds, id=f"{seconds:.0f}s", marks=pytest.mark.soak) for seconds in (5.0, 60.0)]
SKEWS = [(-2.0, 0.999), (-0.5, 1.0), (0.5, 1.0), (2.0, 1.001)]


# A machine that lets a process wait for longer than this is too busy to measure on: the margin is 0.08 s.
STALL = 0.04
TRIES = 3


def keeps(limit: int, *works: dict[str, Any], seconds: float) -> None:
    """Judge: no window of a second holds more than the table, and nine tenths of the rate are used."""
    for _ in range(TRIES):
        measured = measure(*works, seconds=seconds)
        if measured.most_in(1.0) <= limit and measured.used(limit) >= 0.9:
            return
        figures = f"{measured.most_in()} of {limit} in a second, {measured.used(limit):.3f} of the rate"
        assert measured.stall > STALL, figures
    pytest.fail(f"the machine is too busy to tell, a process was kept waiting for {measured.stall:.3f} s: {figures}")


@pytest.mark.parametrize("seconds", LENGTHS)
@pytest.mark.parametrize(("work", "limit"), [({}, 30), ({"label": "heavy", "plan": "business"}, 40)])
def test_processes_do_not_overrun_with_redis(
    clean_redis: str, work: dict[str, Any], limit: int, seconds: float
) -> None:
    """Four processes, each with threads and tasks, share one window."""
    keeps(limit, *[{"store": clean_redis, **work}] * 4, seconds=seconds)


@pytest.mark.parametrize("seconds", LENGTHS)
@pytest.mark.parametrize(("work", "limit"), [({}, 30), ({"label": "heavy", "plan": "business"}, 40)])
def test_processes_do_not_overrun_with_sqlite(tmp_path: Path, work: dict[str, Any], limit: int, seconds: float) -> None:
    """Four processes of one machine share a file, as they do where no store is given."""
    keeps(limit, *[{"store": f"sqlite://{tmp_path}/throttle.db", **work}] * 4, seconds=seconds)


@pytest.mark.parametrize("seconds", LENGTHS)
def test_skewed_clocks_do_not_overrun_with_redis(clean_redis: str, seconds: float) -> None:
    """Four processes whose clocks are seconds apart, and run at different speeds."""
    works = [{"store": clean_redis, "label": "medium", "skew": skew, "drift": drift} for skew, drift in SKEWS]
    keeps(20, *works, seconds=seconds)


@pytest.mark.parametrize("seconds", LENGTHS)
@pytest.mark.parametrize(("work", "limit"), [({}, 30), ({"plan": "business"}, 80), ({"share": 0.5}, 15)])
def test_threads_and_tasks_do_not_overrun_with_memory(work: dict[str, Any], limit: int, seconds: float) -> None:
    """One process, twenty threads and forty tasks."""
    keeps(limit, {"store": "memory://", "threads": 20, "tasks": 40, **work}, seconds=seconds)
