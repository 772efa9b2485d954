"""What type checkers find wrong: an editor shows the mistake before it is made."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WRONG = Path(__file__).with_name("wrong_usage.py")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[int, str]]:
    """Return line and code of each error that mypy finds in the wrong usages, with the settings of the project."""
    pytest.importorskip("mypy", reason="mypy is in the dependency group `typing`")
    cache = tmp_path_factory.getbasetemp().parent / "mypy"
    command = [sys.executable, "-m", "mypy", "--no-error-summary", "--hide-error-context", "--cache-dir", str(cache)]
    done = subprocess.run([*command, str(WRONG)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    lines = re.findall(r"^(.+?):(\d+): error: .*\[([\w-]+)\]$", done.stdout, re.MULTILINE)
    assert {path for path, _, _ in lines} == {str(WRONG.relative_to(ROOT))}, done.stdout
    return [(int(line), code) for _, line, code in lines]


def test_every_mistake_is_found_and_nothing_else(found: list[tuple[int, str]]) -> None:
    """A signature that has become `Any` accepts everything: nobody would see it but the customer."""
    expected = [
        (number, code)
        for number, line in enumerate(WRONG.read_text().splitlines(), 1)
        for code in line.partition("# expect: ")[2].split(", ")
        if code
    ]
    assert found == expected
    assert len(expected) > 30
