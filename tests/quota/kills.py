"""Kill processes in the middle of their attempts, over and over: `python -m tests.quota.kills STORE RUNS`.

Each run has a user of its own and four forks that make 200 attempts and send after each that is admitted: they append a
byte to a file. At moments that chance chooses two of them get SIGKILL, and another takes up the rest. Prints for every
run how many bytes were sent and how many attempts are counted.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from zoom_api_client.errors import QuotaExceeded
from zoom_api_client.quota import Guard

PROCESSES, ATTEMPTS, KILLED = 4, 50, 2


def main(store: str, runs: int) -> None:
    """Run so many times; the parent's guard lives through all forks."""
    guard, chance = Guard(store), random.Random(runs)
    with tempfile.TemporaryDirectory() as place:
        for number in range(runs):
            sent = Path(place) / str(number)
            used = _run(guard, f"user {number}", sent, chance)
            print(json.dumps([sent.stat().st_size if sent.exists() else 0, used]), flush=True)
    guard.close()


def _run(guard: Guard, user: str, sent: Path, chance: random.Random) -> int:
    used = guard.status(user).used  # the file is open here when the processes fork
    processes = [_forked(guard, user, sent) for _ in range(PROCESSES)]
    for process in processes[:KILLED]:
        time.sleep(chance.uniform(0.0, 0.004))
        os.kill(process, signal.SIGKILL)
    processes.append(_forked(guard, user, sent))
    for process in processes:
        os.waitpid(process, 0)
    assert used == 0
    return guard.status(user).used


def _forked(guard: Guard, user: str, sent: Path) -> int:
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        _attempt(guard, user, sent)
        status = 0
    finally:
        os._exit(status)


def _attempt(guard: Guard, user: str, sent: Path) -> None:
    with sent.open("ab", buffering=0) as server:
        for _ in range(ATTEMPTS):
            try:
                guard.acquire(user)
            except QuotaExceeded:
                return
            server.write(b".")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
