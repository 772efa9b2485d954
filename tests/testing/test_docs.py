"""The examples of docs/testing.md, run as they stand there."""

import re
import subprocess
import sys
from pathlib import Path

from zoom_api_client import Zoom
from zoom_api_client.testing import mock_zoom, record

PAGE = Path(__file__).parents[2] / "docs" / "testing.md"
BLOCK = re.compile(r"^```python\n# (\S+\.py)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_examples_of_the_page_pass(tmp_path: Path) -> None:
    """Nobody runs the examples of a page but its readers: each block is a file of the name in its first line."""
    blocks = BLOCK.findall(PAGE.read_text())
    assert len(blocks) == PAGE.read_text().count("```python")
    for name, code in blocks:
        (tmp_path / name).write_text(code)
    (tmp_path / "pytest.ini").write_text("[pytest]\npythonpath = .\n")
    with mock_zoom(), record(tmp_path / "standups.json"), Zoom("any token") as zoom:
        list(zoom.meetings.list("me", type="upcoming"))
    tests = sum(len(re.findall(r"^ *def test_", code, re.MULTILINE)) for _, code in blocks)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:asyncio", "-q", "--tb=short"]
    done = subprocess.run([*command, str(tmp_path)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert f"{tests} passed" in done.stdout, done.stdout
    assert done.returncode == 0
