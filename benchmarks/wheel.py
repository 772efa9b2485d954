"""Measure the wheel that users download. It is built without a network."""

import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from benchmarks.figure import Figure, count

PROJECT = Path(__file__).parent.parent
MEGABYTES = 4.5  # 4 until the command and the simulator came, which are 0.2 MB; 0.8 MB is the zip's list of 4,400 files


def run() -> Iterator[Figure]:
    """Build the wheel with what is there: hatchling itself, or uv with a hatchling that it has seen before."""
    with tempfile.TemporaryDirectory() as scratch:
        command = _command(scratch)
        if command is None:
            yield Figure("MB of the wheel", "skipped: neither hatchling nor uv is installed", f"≤ {MEGABYTES}")
            return
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} failed: {done.stderr[-2000:]}")
        (wheel,) = Path(scratch).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            files = archive.infolist()
        unpacked = sum(file.file_size for file in files) / 1e6
        note = f"{len(files):,} files, {unpacked:.1f} MB unpacked"
        yield count("MB of the wheel", round(wheel.stat().st_size / 1e6, 2), MEGABYTES, note=note)


def _command(target: str) -> list[str] | None:
    if find_spec("hatchling"):
        return [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", target]
    uv = shutil.which("uv")
    return [uv, "build", "--offline", "--quiet", "--wheel", "--out-dir", target] if uv else None
