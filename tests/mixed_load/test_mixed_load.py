"""Everything at once in one process: nothing is lost, and nothing grows."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.client.slow_server import slow_server
from tests.redis_servers import MortalRedis

pytest.importorskip("redis", reason="the extra 'redis' is not installed")
pytest.importorskip("websockets", reason="the extra 'websocket' is not installed")
pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="what a process holds is read as Linux tells it"),
]

_PASSING_THREADS = 4  # each download that is under way has one that writes


@pytest.mark.parametrize(
    ("seconds", "slack"),
    [  # MB, and files: a process of five seconds is not warm yet, and the next Redis is asked by new connections
        pytest.param(5, {"memory": 40, "files": 50}, id="5s"),
        pytest.param(60, {"memory": 20, "files": 30}, id="60s"),
        pytest.param(600, {"memory": 10, "files": 15}, id="600s"),
    ],
)
def test_nothing_is_lost_and_nothing_grows(seconds: float, slack: dict[str, float], tmp_path: Path) -> None:
    """Calls, lists, downloads, cancellations, webhooks and a WebSocket, of a hundred tenants; Redis is killed twice."""
    from tests.mixed_load.load import POOLS, Load

    with MortalRedis(tmp_path / "redis") as redis, slow_server() as served:
        load = Load(redis, served)
        asyncio.run(load.run(seconds))
    third = len(load.footprints) // 3
    earlier, later = load.footprints[third : 2 * third], load.footprints[2 * third :]
    for name, more in {**slack, "threads": _PASSING_THREADS}.items():
        before, after = (max(getattr(each, name) for each in part) for part in (earlier, later))
        print(f"{name}: {before:.1f} at most in the second third, {after:.1f} in the last")
        assert after <= before + more, name
    for name, size in POOLS.items():
        most = max(each.pools[name] for each in load.footprints)
        print(f"threads of the pool {name}: {most} of {size}")
        assert most <= size, name
    print(f"done: {dict(load.done)}; failed without Redis: {dict(load.failed)}; lost: {len(load.lost)}")
    assert load.lost == []
    assert min(load.done.values()) > 0
