"""The index of all operations as plain JSON: to make an `Operation` of each takes ten times as long."""

from __future__ import annotations

from functools import cache
from typing import Any

from zoom_api_client.core import resources

Row = dict[str, Any]


@cache
def by_product() -> dict[str, dict[str, Row]]:
    """Return what is known of each operation, by the names that the command has for product and operation."""
    found: dict[str, dict[str, Row]] = {}
    for row in resources.load("zoom_api_client.api", "operations.json"):
        product, name = row["module"].split(".")[-2:]
        found.setdefault(product.replace("_", "-"), {})[name.replace("_", "-")] = row
    return found


def search(words: str) -> list[Row]:
    """Return the operations in whose names and paths all words are, those with the shortest names first."""
    wanted = words.lower().split()
    found = [
        {"operation": f"{product} {name}", "method": row["method"], "path": row["path"]}
        for product, operations in by_product().items()
        for name, row in operations.items()
        if all(word in f"{product} {name} {row['path'].lower()}".replace("-", " ") for word in wanted)
    ]
    return sorted(found, key=lambda each: (len(each["operation"]), each["operation"]))
