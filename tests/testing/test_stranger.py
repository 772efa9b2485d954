"""Somebody else's project, in an environment of its own, with the wheel that users install."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
STRANGER = Path(__file__).parent / "stranger"


def test_stranger_uses_the_wheel_and_its_plugin(tmp_path: Path) -> None:
    """What works in our own checkout may be missing from the wheel, or stand on something that only we have."""
    uv = shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not installed")
    quiet = [uv, "--quiet"]
    install(*quiet, "build", "--wheel", "--out-dir", str(tmp_path), str(PROJECT))
    [wheel] = tmp_path.glob("*.whl")
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    install(*quiet, "venv", str(tmp_path / "venv"))
    install(*quiet, "pip", "install", "--python", str(python), f"zoom-api-client[testing] @ {wheel.as_uri()}")
    shutil.copytree(STRANGER, tmp_path / "standups")
    command = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=tmp_path / "standups", capture_output=True, text=True, check=False)
    assert "4 passed" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0


def install(*command: str) -> None:
    """Run a step that needs the package index; skip the test where there is none."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"{' '.join(command[2:4])} cannot be done here: {done.stderr.strip()[-300:]}")
