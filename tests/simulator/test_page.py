"""The example of docs/simulator.md, run as it stands there, over HTTP."""

import re
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[2] / "docs" / "simulator.md"


def test_example_of_the_page_passes() -> None:
    """Nobody runs the examples of a page but its readers."""
    names: dict[str, Any] = {}
    for code in re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL):
        exec(code, names)  # noqa: S102 - it is ours
    tests = [value for name, value in names.items() if name.startswith("test_")]
    assert len(tests) == 1
    for test in tests:
        test()
