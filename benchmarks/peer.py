"""One way to call Zoom, measured in a process of its own in which nothing is loaded yet: run by `speed`, as a script.

`python peer.py WAY ANSWERS PAGES FILES SCRATCH` prints a JSON object: seconds of processor time, and megabytes. ANSWERS
is the origin of a server that answers with a meeting, PAGES that of one with a list, FILES that of one with files.
SCRATCH is a directory, with what the stock generator made in it.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

BEGAN = time.process_time()
IN_A_ROW, AT_ONCE, ITEMS, FILE = 200, 500, 10_000, 250_000_000


def main(way: str, answers: str, pages: str, files: str, scratch: str) -> None:
    """Measure a way: what comes first, and what comes when all is warm."""
    sys.path[:0] = [scratch, str(Path(__file__).parents[1])]
    from benchmarks.peer_ways import WAYS

    client = WAYS[way](answers)
    taken = {"start": time.process_time() - BEGAN}
    client.in_a_row(1)
    taken["first call"] = time.process_time() - BEGAN
    taken["memory"] = memory()
    client.in_a_row(IN_A_ROW // 4)
    taken["call"] = clocked(client.in_a_row, IN_A_ROW) / IN_A_ROW
    client.at_once(AT_ONCE // 10)
    taken["500 at once"] = clocked(client.at_once, AT_ONCE)
    reader = WAYS[way](pages)
    complete(reader.items())
    taken["list"] = clocked(lambda: complete(reader.items()))
    if hasattr(client, "fetch"):
        path = Path(scratch, "film.mp4")
        path.unlink(missing_ok=True)
        taken["download"] = clocked(WAYS[way](files).fetch, f"{files}/{FILE}", path)
        complete(path.stat().st_size, FILE)
    print(json.dumps(taken))


def clocked(work: Any, *arguments: Any) -> float:
    """Return the processor time that something takes, in seconds: that of all threads, and no one else's."""
    began = time.process_time()
    work(*arguments)
    return time.process_time() - began


def complete(came: int, whole: int = ITEMS) -> None:
    """Make sure that all of it has come."""
    if came != whole:
        raise RuntimeError(f"{came:,} came, of {whole:,}")


def memory() -> float:
    """Return the megabytes that this process takes."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
