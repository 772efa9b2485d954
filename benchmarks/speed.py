"""All that a user could take instead, measured in one run: `python -m benchmarks peers`.

`python -m benchmarks.speed` writes the figures to docs/speed.md. With `RIVET` set to a folder that has
node_modules/@zoom/rivet, Zoom's own Rivet is measured too.
"""

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

from benchmarks import answering, decode, download, listing, peer, peer_ways, receiver
from benchmarks.figure import Figure
from benchmarks.rounds import fresh, interleave, worked
from zoom_api_client.testing import contract, examples
from zoom_api_client.testing.events import SECRET_TOKEN, zoom_event

PROJECT = Path(__file__).parent.parent
PAGE = PROJECT / "docs" / "speed.md"
SCRIPT = str(Path(__file__).with_name("peer.py"))
RIVET = os.environ.get("RIVET", "")
ROUNDS, EVENTS, WARM = 5, 2000, 500
OURS = "zoom-api-client"
DECODERS = (decode.OURS, decode.PYDANTIC, "json.loads", "stock generator")
COLUMNS = {
    "start": ("import and client", "ms", 1e3),
    "first call": ("to the first answer", "ms", 1e3),
    "memory": ("memory then", "MB", 1),
    "call": ("a call", "ms", 1e3),
    "500 at once": ("500 at once", "ms", 1e3),
    "decode": ("decode 300 meetings", "ms", 1e3),
    "list": ("list 10,000", "ms", 1e3),
    "download": ("download 250 MB", "ms", 1e3),
    "webhook": ("take a webhook", "ms", 1e3),
}
PEERS = ("httpx", "aiohttp", "requests", "zoomus", "pyzoom", "pydantic", "openapi-python-client")

Row = dict[str, float]


def run() -> Iterator[Figure]:
    """Report every figure of every way, column by column."""
    measured = measure()
    for column, (title, unit, factor) in COLUMNS.items():
        for way, row in measured.items():
            if column in row:
                yield Figure(f"{title}: {way}", f"{_shown(row[column] * factor)} {unit}")


def measure() -> Mapping[str, Row]:
    """Return the figures of each way, by column: the best of some rounds, for other work on the machine only adds."""
    with tempfile.TemporaryDirectory(dir=_memory_disk()) as scratch:
        decoding = _decoding(scratch)  # which also brings what the stock generator makes
        measured = _clients(scratch)
        for way, seconds in decoding.items():
            measured.setdefault(way, {})["decode"] = seconds
        for way, seconds in _webhooks(scratch).items():
            measured.setdefault(way, {})["webhook"] = seconds
    return measured


def _clients(scratch: str) -> dict[str, Row]:
    _, answer = examples.make_answer(contract.operation("meetings", "get_meeting"))
    runs: dict[str, list[Row]] = {way: [] for way in peer_ways.WAYS}
    with ExitStack() as stack:
        servers = (answering.serve(json.dumps(answer).encode()), listing.serve(peer.ITEMS), download.serve())
        origins = [stack.enter_context(each) for each in servers]
        for turn in range(ROUNDS):
            for way in runs if turn % 2 else reversed(runs):
                runs[way] += fresh(SCRIPT, way, *origins, scratch)
    return {way: {column: min(each[column] for each in rows) for column in rows[0]} for way, rows in runs.items()}


def _decoding(scratch: str) -> dict[str, float]:
    content = decode.page()
    ways = {way: each for way, each in decode.decoders(Path(scratch)).items() if way in DECODERS}
    measures = {way: worked(partial(each, content), times=decode.TIMES) for way, each in ways.items()}
    return {OURS if way == decode.OURS else way: taken.least for way, taken in interleave(measures, 4 * ROUNDS).items()}


def _webhooks(scratch: str) -> dict[str, float]:
    """Return the processor time that each server takes for an event."""
    serving = [sys.executable, "-m", "benchmarks.serving"]
    servers = {
        OURS: (*serving, "receiver", f"sqlite:///{scratch}/inbox.db"),
        "a bare Starlette route": (*serving, "bare", ""),
    }
    if RIVET:
        servers["Rivet, in node"] = ("node", str(PROJECT / "benchmarks/rivet.cjs"), RIVET, SECRET_TOKEN, _free_port())
    return {way: min(_taking(command) for _ in range(ROUNDS)) for way, command in servers.items()}


def _taking(command: tuple[str, ...]) -> float:
    with receiver.spawned(list(command)) as (port, pid):
        path = "/zoom/events" if command[0] == "node" else "/"
        requests = [receiver.request(zoom_event("meeting.started", seed=seed), path) for seed in range(WARM + EVENTS)]
        asyncio.run(receiver.send(port, requests[:WARM]))
        before = receiver.processor_time(pid)
        asyncio.run(receiver.send(port, requests[WARM:]))
        return (receiver.processor_time(pid) - before) / EVENTS


def _free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return str(listening.getsockname()[1])


def _memory_disk() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def _shown(figure: float) -> str:
    return f"{float(f'{figure:.2g}'):,g}"


def main() -> None:
    """Write the table, the machine and the day into the page, which has the words."""
    table, text = _table(measure()), PAGE.read_text(encoding="utf-8")
    text = re.sub(r"^\|.*\|\n(\|.*\|\n)*", lambda _: table, text, count=1, flags=re.MULTILINE)
    text = re.sub(r"^Measured on.*$", lambda _: _machine(), text, flags=re.MULTILINE)
    PAGE.write_text(text, encoding="utf-8")


def _table(measured: Mapping[str, Row]) -> str:
    table = [["", *(f"{title}, {unit}" for title, unit, _ in COLUMNS.values())], ["---"] + ["--:"] * len(COLUMNS)]
    for way, row in measured.items():
        cells = [_shown(row[name] * factor) if name in row else "" for name, (_, _, factor) in COLUMNS.items()]
        table.append([f"**{way}**" if way.startswith(OURS) else way, *cells])
    return "".join(f"| {' | '.join(line)} |\n" for line in table)


def _machine() -> str:
    model = subprocess.run(["lscpu"], capture_output=True, text=True, check=False).stdout.partition("Model name:")[2]
    where = f"{os.cpu_count()} cores of {model.partition(chr(10))[0].strip()}, CPython {sys.version.split()[0]}"
    peers = [f"{each} {version(each)}" for each in PEERS]
    if RIVET:
        package = Path(RIVET, "node_modules/@zoom/rivet/package.json").read_text(encoding="utf-8")
        peers.append(f"Rivet {json.loads(package)['version']}")
    return f"Measured on {datetime.now(UTC):%d %B %Y}: {where}; {', '.join(peers)}."


if __name__ == "__main__":
    main()
