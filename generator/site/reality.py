"""Write the page of what Zoom was seen to answer and to send beyond its documents, which overlays say with evidence."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator import overlay
from generator.build import Layout
from generator.site.pages import REPOSITORY
from generator.site.tables import code, table

PAGE = "reality.md"
_HEAD = f"""\
# Where Zoom departs from its documents

`zoom.drift_report()` counts how answers depart from Zoom's documents. What is listed here was seen before: the types
have it, and no report counts it. What a report counts is new: [an overlay]({REPOSITORY}/overlays/README.md) keeps it,
with its evidence.
"""


def page(root: Path) -> str:
    """Return the page: the places in the documents of each product, each with its symptom and evidence."""
    lines = [_HEAD]
    for product, actions in sorted(_read(Layout(root).overlays)):
        rows = ((code(each["target"]), " ".join(each["description"].split())) for each in actions)
        lines += [f"## {product}", "", *table(("place in the document", "what is known"), rows)]
    return "\n".join(lines)


def _read(overlays: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for folder in overlays.iterdir():
        found = [action for file in sorted(folder.glob("reality*.yaml")) for action in overlay.load(file)["actions"]]
        if found:
            yield folder.name, found
