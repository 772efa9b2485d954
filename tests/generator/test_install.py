"""Killing a build at any point costs nothing: the project stays as it was, or the next command finishes it."""

import os
import shutil
import signal
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.build import Checked, check
from generator.install import finish, install

CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "open"}

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed that only a fork can start")


def kill_at(step: int, action: Callable[[], Any], root: Path) -> bool:
    """Do something in a process that is killed before its n-th change of files below `root`; return whether it was."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # forks beside threads: this one does nothing with them
        child = os.fork()
    if child == 0:
        seen = 0

        def count(event: str, given: tuple[Any, ...]) -> None:
            nonlocal seen
            changes = event in CHANGES and (event != "open" or given[1] in ("w", "x", "a", "wb", "xb"))
            # Python removes folders by names relative to an open one, so those count wherever they are.
            if changes and (event in ("os.remove", "os.rmdir") or str(given[0]).startswith(str(root))):
                seen += 1
                if seen == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        try:
            action()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def contents(root: Path) -> dict[str, str]:
    """Return the files below a folder."""
    return {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*") if path.is_file()}


def write(root: Path, **files: str) -> Path:
    """Write files, by a name with `__` for each level."""
    for name, text in files.items():
        place = root / name.replace("__", "/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    return root


def test_installing_is_all_or_nothing_wherever_it_is_killed(tmp_path: Path) -> None:
    """At every one of its steps: what is there afterwards is the old state or the new one, never a part of each."""
    old = write(tmp_path / "old", api__a__x="1", api__a__y="1", api__b__x="1", api__index="1", names="1")
    new = write(tmp_path / "new", api__a__x="2", api__c__x="2", api__index="2", names="2")
    plan: dict[str, Any] = {"whole": [Path("api/a"), Path("api/c")], "gone": [Path("api/b")]}
    states = [contents(old), contents(new)]
    reached = []
    for step in range(1, 200):
        root = shutil.copytree(old, tmp_path / f"root{step}")
        if not kill_at(step, lambda root=root: install(new, root, **plan), root):  # type: ignore[misc]
            break
        finish(root)
        reached.append(states.index(contents(root)))
    assert step > 20
    assert reached == sorted(reached)
    assert set(reached) == {0, 1}
    assert contents(root) == states[1]


@pytest.mark.parametrize("step", [2, 9, 30, 60, 75, 90])
def test_killed_build_is_finished_by_check(things: Any, document: Any, step: int) -> None:
    """`check` finishes what a killed build began, and finds nothing wrong with it."""
    document["paths"]["/others/{id}"] = document["paths"].pop("/things/{id}")
    document["paths"]["/others/{id}"].pop("delete")
    things.publish("others", document)
    before = things.written()
    killed = kill_at(step, things.build, things.root)
    checked = check(things.layout)
    if killed and things.written() == before:
        things.build("things")  # of the new document nothing was built yet: the rest is as it was
        shared = ("operations.json", "api.pyi")  # what all products share may have the new ones already
        found = check(things.layout).differences
        checked = Checked([each for each in found if "others" not in each and not each.endswith(shared)], [])
    assert checked == Checked([], [])
    assert not list(things.root.glob(".build*"))
