"""Two commands at once, a full disk, a directory that is another one: a project is never left half written."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from generator.__main__ import main
from tests.generator.conftest import OTHERS, ROOT, Monday

WAITS = "another command of the generator is at work here: this one waits for it\n"


@pytest.mark.parametrize("command", ["update --no-tests", "fetch", "build", "check"])
def test_one_command_waits_for_another(monday: Monday, command: str) -> None:
    """A second one would finish, or take away, what the first is about to put in place."""
    words = [*command.split(), *(["--from", str(monday.site)] if command[0] in "uf" else [])]
    start = [sys.executable, "-m", "generator", "--root", str(monday.project.root), *words]
    with FileLock(monday.project.root / ".build.lock"):
        process = subprocess.Popen(start, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stderr is not None
        assert process.stderr.readline() == WAITS
        assert process.poll() is None
    process.communicate()
    assert process.returncode == 0


def test_root_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is not made either."""
    assert main(["--root", str(tmp_path / "nowhere"), "build"]) == 1
    assert "nowhere" in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()


def test_full_disk_is_reported_and_costs_nothing(
    monday: Monday, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The project stays as it was, and the message is the system's, without a traceback."""
    before = monday.files()

    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "a file")

    monday.publish("others", OTHERS)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copytree", full)
        assert monday.update() == 1
    assert "update stops:\n[Errno 28] No space left on device: 'a file'" in capsys.readouterr().err
    assert monday.files() == before
    assert monday.update() == 0


@pytest.mark.parametrize(
    ("directory", "products", "told"),
    [
        ("typo", [], "has no document of any product, as meetings/methods/endpoints.json"),
        ("2026-08", ["things", "others"], "has no document of others, as others/methods/endpoints.json"),
    ],
)
def test_directory_without_the_documents_is_refused(
    monday: Monday, capsys: pytest.CaptureFixture[str], directory: str, products: list[str], told: str
) -> None:
    """It said that Zoom changed nothing, when nothing had been read."""
    monday.publish("others", OTHERS)
    assert monday.update() == 0
    shutil.rmtree(monday.site / "others")
    monday.site = monday.site.with_name(directory)
    assert monday.update(*products) == 1
    assert f"{monday.site} {told}" in capsys.readouterr().err
