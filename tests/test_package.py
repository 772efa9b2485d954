"""What is published: its page on PyPI, and what its metadata says."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
REPOSITORY = "https://github.com/zoom-api-client/zoom-api-client"


@pytest.fixture(scope="module")
def metadata() -> dict[str, Any]:
    """The metadata as the build writes it into the wheel."""
    done = subprocess.run([sys.executable, "-m", "hatchling", "metadata"], cwd=ROOT, capture_output=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_page_on_pypi_has_no_dead_link(metadata: dict[str, Any]) -> None:
    """PyPI shows README alone: a link must be absolute, and one into the repository must name a file that it has."""
    links = re.findall(r"\]\(([^)]*)\)", metadata["readme"]["text"])
    files = f"{REPOSITORY}/blob/v{metadata['version']}/"
    assert [link for link in links if not link.startswith("https://")] == []
    named = [link.removeprefix(files).partition("#")[0] for link in links if link.startswith(files)]
    assert len(named) >= 5
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_addresses_of_the_project_are_of_its_repository(metadata: dict[str, Any]) -> None:
    """PyPI shows those that it knows by their names with a sign; the site's has a test beside its workflow."""
    addresses = dict(metadata["urls"])
    del addresses["Documentation"]
    assert addresses.keys() >= {"Repository", "Changelog", "Issues"}
    for address in addresses.values():
        assert address.startswith(REPOSITORY)
    files = [each.partition("/blob/main/")[2] for each in addresses.values()]
    assert [name for name in files if not (ROOT / name).exists()] == []


def test_least_python_is_the_first_of_the_classifiers(metadata: dict[str, Any]) -> None:
    """Installers go by one, and people by the other."""
    named = [each.rpartition(" ")[2] for each in metadata["classifiers"] if re.fullmatch(r".*:: 3\.\d+", each)]
    assert metadata["requires-python"] == f">={named[0]}"


def test_kit_brings_what_its_simulator_is_served_with(metadata: dict[str, Any]) -> None:
    """Without a library for WebSockets uvicorn answers each that is opened with 404, and says nothing."""
    named = {re.split(r"[>\[]", each)[0] for each in metadata["optional-dependencies"]["testing"]}
    assert named >= {"uvicorn", "websockets"}


def test_every_extra_is_among_all(metadata: dict[str, Any]) -> None:
    """`all` is written by hand."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    [everything] = extras.pop("all")
    assert set(re.findall(r"\w+", everything.partition("[")[2])) == extras.keys()
    assert metadata["optional-dependencies"].keys() >= extras.keys()
