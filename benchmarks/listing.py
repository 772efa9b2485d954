"""A list of 100,000 meetings page by page: its processor time, against httpx and json alone, and its memory."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import httpx

from benchmarks.figure import Figure, count, ratio, seconds
from benchmarks.rounds import fresh, interleave, worked
from zoom_api_client import Zoom

PROJECT = Path(__file__).parent.parent
ITEMS, SIZE = 100_000, 200
ROUNDS = 5
BUDGET = 1.5

READ = """
import sys
from pathlib import Path
from zoom_api_client import Zoom
def most():
    return int(next(line for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line).split()[1])
with Zoom("a token", base_url=sys.argv[1]) as zoom:
    for number, meeting in enumerate(zoom.meetings.list("me")):
        if number == 2000:
            before = most()
print((most() - before) / 1024)
"""


def run() -> Iterator[Figure]:
    """Read all pages of one list, as models and as dicts."""
    with serve(ITEMS) as origin:
        measures: dict[str, Callable[[], float]] = {
            "ours": worked(partial(_ours, origin)),
            "bare": worked(partial(_bare, origin)),
        }
        taken = interleave(measures, ROUNDS)
        yield ratio(f"{ITEMS:,} items, against httpx and json", taken["ours"].over(taken["bare"]), BUDGET)
        yield seconds(f"{ITEMS:,} items, processor time", taken["ours"])
        if Path("/proc/self/status").exists():
            yield count("MB that the list adds after 2,000 items", round(fresh("-c", READ, f"{origin}/v2")[0], 1))


def _ours(origin: str) -> None:
    with Zoom("a token", base_url=f"{origin}/v2") as zoom:
        _complete(sum(1 for _ in zoom.meetings.list("me")))


def _bare(origin: str) -> None:
    read, token = 0, ""
    with httpx.Client(headers={"authorization": "Bearer a token"}) as client:
        while read == 0 or token:
            query: dict[str, str | int] = {"page_size": SIZE} | ({"next_page_token": token} if token else {})
            page = json.loads(client.get(f"{origin}/v2/users/me/meetings", params=query).content)
            read, token = read + len(page["meetings"]), page["next_page_token"]
    _complete(read)


def _complete(items: int) -> None:
    if items != ITEMS:
        raise RuntimeError(f"{items:,} items came, of {ITEMS:,}")


@contextmanager
def serve(items: int) -> Iterator[str]:
    """Serve a list in a process of its own, and give its origin."""
    command = [sys.executable, "-m", "benchmarks.serving_pages", str(items), str(SIZE)]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield f"http://127.0.0.1:{int(server.stdout.readline())}"
        finally:
            server.terminate()
