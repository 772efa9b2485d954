"""Write how much there is of Zoom's where people read it: README and docs say what the documents say."""

import json
import re
from pathlib import Path

OPERATIONS, EVENTS, PRODUCTS = "operations", "events", "products"

_ALL = {
    OPERATIONS: r"[\d,]+(?= operations and)",
    EVENTS: r"[\d,]+(?= webhook events)",
    PRODUCTS: r"\d+(?= products, typed)",
}
PLACES = {
    "README.md": _ALL,
    "docs/index.md": _ALL,
    "docs/testing.md": {EVENTS: r"[\d,]+(?= events as Zoom)"},
}
"""The words behind each figure, by file."""


def count(package: Path) -> dict[str, int]:
    """Return how many operations any account may call, of how many products, and how many events there are."""
    rows = json.loads((package / "api" / "operations.json").read_text(encoding="utf-8"))
    homes = [row["module"].split(".")[2] for row in rows if not row.get("master")]
    events = json.loads((package / "events" / "registry.json").read_text(encoding="utf-8"))
    return {OPERATIONS: len(homes), EVENTS: len(events), PRODUCTS: len(set(homes))}


def write(scratch: Path, package: Path, root: Path) -> None:
    """Write the pages of the project below `scratch`, with the figures of a package."""
    figures = count(package)
    for name, patterns in PLACES.items():
        if (root / name).exists():
            text = (root / name).read_text(encoding="utf-8")
            for figure, pattern in patterns.items():
                text = re.sub(pattern, f"{figures[figure]:,}", text)
            (scratch / name).parent.mkdir(parents=True, exist_ok=True)
            (scratch / name).write_text(text, encoding="utf-8")
