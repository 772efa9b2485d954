"""Put what was built in the place of what is there, so that killing the process at any point costs nothing.

All that is new is first written beside the project's folders, to `.build.part`; renamed to `.build` it counts. From
then on it is moved into place piece by piece, and whoever finds a `.build` (the next build or check) finishes that.
"""

import json
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

_PART, _READY, _DONE, _LOCK = ".build.part", ".build", ".build.done", ".build.lock"


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Let one process at a time write into a project: another one waits, or it would finish what is half written."""
    lock = FileLock(root.resolve(strict=True) / _LOCK)  # which would make a folder that there is not
    try:
        held = lock.acquire(timeout=0)
    except Timeout:
        print("another command of the generator is at work here: this one waits for it", file=sys.stderr)
        held = lock.acquire()
    with held:
        yield


def install(built: Path, root: Path, *, whole: Iterable[Path], gone: Iterable[Path]) -> None:
    """Move what lies in `built` to the same place below `root`.

    The folders that are `whole` replace those that are there, other files are added, and what is `gone` is removed.
    """
    part = root / _PART
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(built, part / "new")
    plan = {"whole": sorted(place.as_posix() for place in whole), "gone": sorted(place.as_posix() for place in gone)}
    (part / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    part.rename(root / _READY)
    finish(root)


def finish(root: Path) -> None:
    """Finish what an earlier process began; each step may have been done already."""
    ready = root / _READY
    if ready.exists():
        plan = json.loads((ready / "plan.json").read_text(encoding="utf-8"))
        for place in plan["gone"]:
            _remove(root / place)
        for place in plan["whole"]:
            if (ready / "new" / place).exists():
                _remove(root / place)
                _move(ready / "new" / place, root / place)
        for path in sorted((ready / "new").rglob("*")):
            if path.is_file():
                _move(path, root / path.relative_to(ready / "new"))
        ready.rename(root / _DONE)
    for name in (_PART, _DONE):
        shutil.rmtree(root / name, ignore_errors=True)


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)


def _remove(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
