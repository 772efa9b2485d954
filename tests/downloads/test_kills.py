"""Interruptions at random, of the line, the server and the process: the same bytes in the end, or a clear error."""

import hashlib
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.downloads.store import Fault, Film, Store

SCRIPT = str(Path(__file__).with_name("downloading.py"))

worlds = pytest.mark.parametrize("world", ["blocking", "asynchronous"])


def trouble(chance: random.Random, most: int) -> Fault:
    """Return what interrupts a download: mostly in the middle of the bytes."""
    cut = chance.randrange(most)
    common = [Fault(cut=cut), Fault(cut=cut, reset=True), Fault(cut=cut, stall=True)]
    rare = [
        Fault(503),
        Fault(429),
        Fault(cut=0),
        Fault(416, {"content-range": "bytes */7"}),
        Fault(cut=cut, whole=True),
    ]
    return chance.choice(common if chance.random() < 0.9 else rare)


def survive(world: str, directory: Path, *, size: int, interruptions: int, kills: int, seed: int) -> int:
    """Download through all troubles, beginning again after each end, and return how often the process was killed."""
    chance, killed = random.Random(seed), 0
    runs: list[subprocess.Popen[str]] = []
    film, path = Film(chance.randbytes(size)), directory / "talk.mp4"
    most = 2 * size // interruptions
    with Store(film=film) as store:
        store.faults = [trouble(chance, most) for _ in range(interruptions - kills)]
        for _ in range(kills):
            fatal = Fault(cut=chance.randrange(most), stall=True, after=lambda: runs[-1].kill())
            store.faults.insert(chance.randrange(len(store.faults)), fatal)
        while not path.exists():
            command = [sys.executable, SCRIPT, world, store.base_url, store.url(), str(path)]
            with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
                runs.append(running)
                said = running.communicate()[1]
            killed += running.returncode == -signal.SIGKILL
            assert running.returncode <= 0 or "DownloadError: talk.mp4 was not downloaded: " in said, said
    assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(film.content).digest()
    assert [each.name for each in directory.iterdir()] == ["talk.mp4"]
    return killed


@worlds
def test_some_interruptions_end_in_the_same_bytes(world: str, tmp_path: Path) -> None:
    """What is killed, dropped and stalled at any byte goes on at that byte."""
    assert survive(world, tmp_path, size=4_000_000, interruptions=16, kills=4, seed=1) >= 2


@pytest.mark.soak
@worlds
@pytest.mark.parametrize("seed", [2, 3])
def test_200_interruptions_of_200_megabytes_end_in_the_same_bytes(world: str, seed: int, tmp_path: Path) -> None:
    """The same for a recording of a meeting's length, and 40 ends of the process."""
    assert survive(world, tmp_path, size=200_000_000, interruptions=200, kills=40, seed=seed) > 10
