"""The workflows of GitHub run what any machine can run: sessions of nox."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflow_runs_sessions_that_there_are(path: Path) -> None:
    """A session that is renamed would be missed on a night when nobody looks."""
    sessions = set(re.findall(r"^def (\w+)\(session", (ROOT / "noxfile.py").read_text(encoding="utf-8"), re.MULTILINE))
    said = re.findall(r"nox\[uv\]\" -s ([\w ]+)", path.read_text(encoding="utf-8"))
    named = {name for names in said for name in names.split()}
    assert named <= sessions
    assert named or path.stem == "release"


def test_every_python_is_tested_on_every_system() -> None:
    """The versions are those of the classifiers, and of the session that runs the tests on each."""
    matrix = _read("tests")["jobs"]["tests"]["strategy"]["matrix"]
    named = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert matrix["python"] == named
    assert {name.partition("-")[0] for name in matrix["os"]} == {"ubuntu", "macos", "windows"}


def test_release_keeps_no_token() -> None:
    """What is published is trusted for who published it: the job may ask for an identity, and knows no secret."""
    release = _read("release")
    assert release["jobs"]["publish"]["permissions"] == {"id-token": "write"}
    assert release["jobs"]["build"]["permissions"]["attestations"] == "write"
    assert "secrets." not in (ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8")


def test_site_that_is_published_is_the_one_that_is_built() -> None:
    """What is handed to GitHub Pages is what the session writes, by a job that may do nothing else."""
    jobs = _read("site")["jobs"]
    [handed] = [each["with"]["path"] for each in jobs["build"]["steps"] if "pages-artifact" in each.get("uses", "")]
    settings = YAML(typ="safe", pure=True).load(ROOT / "mkdocs.yml")
    assert handed == settings["site_dir"]
    assert jobs["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    owner, name = settings["repo_url"].split("/")[-2:]
    assert settings["site_url"] == f"https://{owner}.github.io/{name}/"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["urls"]["Documentation"] == settings["site_url"]


def _read(name: str) -> dict[str, Any]:
    return dict(YAML(typ="safe", pure=True).load(ROOT / f".github/workflows/{name}.yml"))
