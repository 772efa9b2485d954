"""What generating everything costs, and what comes out of it: twice elsewhere, then one product alone."""

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure, count, seconds
from benchmarks.rounds import Spread
from generator import unasync
from generator.build import Layout
from generator.indexes import PARTS
from generator.product import CONTRACTS

PROJECT = Path(__file__).parent.parent
PRODUCT = "meetings"
GENERATED = (*PARTS, CONTRACTS, unasync.DERIVED)

SECONDS = 60
LINES = 200_000
MEGABYTES = 12
SCREEN = 60
FILE_NAME = 80
CLASS_MEDIAN, CLASS_LONGEST = 24, 60


def run() -> Iterator[Figure]:
    """Build two copies of the project and compare them, then measure the code."""
    with tempfile.TemporaryDirectory() as scratch:
        copies = [_copy(Path(scratch) / name) for name in ("one", "two")]
        whole = Spread(_build(copy) for copy in copies)
        one, two = (_contents(copy.package) for copy in copies)
        different = sum(one.get(path) != two.get(path) for path in one.keys() | two.keys())
        yield seconds("everything, built twice", whole, SECONDS)
        yield count("files that differ between the two", different, 0)
        yield seconds(f"{PRODUCT} alone", Spread([_build(copies[0], PRODUCT)]))
        yield from _code({path: content for path, content in one.items() if path.suffix == ".py"})
        yield from _size("data (JSON)", [content for path, content in one.items() if path.suffix != ".py"])


def _copy(root: Path) -> Layout:
    """Copy what the generator reads, as `generator check` does."""
    copy = Layout(root)
    for folder in ("openapi", "overlays"):
        shutil.copytree(PROJECT / folder, root / folder)
    shutil.copy(PROJECT / "pyproject.toml", root)
    shutil.copytree(Layout(PROJECT).package / unasync.SOURCE, copy.package / unasync.SOURCE)
    return copy


def _build(copy: Layout, *products: str) -> float:
    start = time.perf_counter()
    command = [sys.executable, "-m", "generator", "--root", str(copy.root), "build", *products]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"the build failed: {done.stderr[-2000:]}")
    return time.perf_counter() - start


def _contents(package: Path) -> dict[Path, bytes]:
    files = [path for part in GENERATED for path in (package / part).rglob("*") if path.is_file()]
    return {path.relative_to(package): path.read_bytes() for path in files}


def _code(files: dict[Path, bytes]) -> Iterator[Figure]:
    lines = [content.count(b"\n") for content in files.values()]
    classes = [len(name) for content in files.values() for name in re.findall(rb"^class (\w+)", content, re.MULTILINE)]
    yield count("files of code", len(files))
    yield count("lines of code", sum(lines), LINES)
    yield count("lines of the median file", statistics.median(lines), SCREEN, note=f"longest {max(lines):,}")
    yield from _size("code", list(files.values()), MEGABYTES)
    yield count("characters of the longest file name", max(len(path.name) for path in files), FILE_NAME)
    yield count("classes", len(classes))
    yield count("characters of the median class name", statistics.median(classes), CLASS_MEDIAN)
    yield count("characters of the longest class name", max(classes), CLASS_LONGEST)


def _size(what: str, contents: list[bytes], at_most: float | None = None) -> Iterator[Figure]:
    megabytes = round(sum(map(len, contents)) / 1e6, 2)
    yield count(f"MB of {what}", megabytes, at_most)
