"""A process that makes attempts: `python -m tests.quota.worker '{"store": …}'` says "ready", begins when it reads a
line, and says how many were admitted.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import attrs

from zoom_api_client._async.primitives import perform
from zoom_api_client.errors import QuotaExceeded
from zoom_api_client.quota import Guard


@attrs.frozen(kw_only=True)
class Work:
    """What a process is to do. Half of the attempts are made by tasks, and half by a thread."""

    store: str
    attempts: int = 50
    user: str = "user"
    skew: float = 0.0


def run(work: Work) -> int:
    """Make the attempts, and return how many were admitted."""
    skew, admitted = timedelta(seconds=work.skew), [0]
    guard = Guard(work.store, now=lambda: datetime.now(UTC) + skew)

    def block() -> None:
        for _ in range(work.attempts // 2):
            try:
                guard.acquire(work.user)
            except QuotaExceeded:
                continue
            admitted[0] += 1

    thread = Thread(target=block)
    thread.start()
    tasks = asyncio.run(_tasks(guard, work))
    thread.join()
    guard.close()
    return tasks + admitted[0]


async def _tasks(guard: Guard, work: Work) -> int:
    async def task() -> int:
        try:
            await perform(guard.acquire_steps(work.user))
        except QuotaExceeded:
            return 0
        return 1

    return sum(await asyncio.gather(*(task() for _ in range(work.attempts - work.attempts // 2))))


if __name__ == "__main__":
    given: dict[str, Any] = json.loads(sys.argv[1])
    print("ready", flush=True)
    sys.stdin.readline()
    print(run(Work(**given)))
