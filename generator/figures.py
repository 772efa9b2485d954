"""Write into README and docs how many operations, events and products Zoom's documents have."""

import json
import re
from pathlib import Path

from generator.resources import remembering

OPERATIONS, EVENTS, PRODUCTS, REMEMBERING = "operations", "events", "products", "remembering"
CONTRACTS = Path("testing") / "contracts"

_ALL = {
    OPERATIONS: r"[\d,]+(?= operations and)",
    EVENTS: r"[\d,]+(?= webhook events)",
    PRODUCTS: r"\d+(?= products, typed)",
}
PLACES = {
    "README.md": _ALL,
    "docs/index.md": _ALL,
    "docs/testing.md": {EVENTS: r"[\d,]+(?= events as Zoom)", REMEMBERING: r"[\d,]+(?= operations remember)"},
}
"""The words behind each figure, by file."""


def count(package: Path, before: Path) -> dict[str, int]:
    """Return how many operations any account may call, of how many products, how many events there are, and so on.

    The contracts that were not built anew are those of the package `before`.
    """
    rows = json.loads((package / "api" / "operations.json").read_text(encoding="utf-8"))
    homes = [row["module"].split(".")[2] for row in rows if not row.get("master")]
    events = json.loads((package / "events" / "registry.json").read_text(encoding="utf-8"))
    contracts = {path.name: path for each in (before, package) for path in (each / CONTRACTS).glob("*.json")}
    remembered = sum(remembering(json.loads(path.read_bytes())["endpoints"]) for path in contracts.values())
    return {OPERATIONS: len(homes), EVENTS: len(events), PRODUCTS: len(set(homes)), REMEMBERING: remembered}


def write(scratch: Path, package: Path, root: Path) -> None:
    """Write the pages of the project below `scratch`, with the figures of a package."""
    figures = count(package, root / package.name)
    for name, patterns in PLACES.items():
        if (root / name).exists():
            text = (root / name).read_text(encoding="utf-8")
            for figure, pattern in patterns.items():
                text = re.sub(pattern, f"{figures[figure]:,}", text)
            (scratch / name).parent.mkdir(parents=True, exist_ok=True)
            (scratch / name).write_text(text, encoding="utf-8")
