"""Lists as CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import IO, Any

from zoom_api_client.cli.output import rows
from zoom_api_client.core import codec

_ACTS = re.compile(r"[=@\t\r]|[+-](?![\d\s().-]*$)")


def write(items: Iterable[Any], names: tuple[str, ...], to: IO[str]) -> None:
    """Write a line of names and a line for each item. Without names, the fields of the first item are the columns."""
    writer = csv.writer(to, lineterminator="\n")
    if names:
        writer.writerow(names)
    for item in items:
        row = item if isinstance(item, dict) and names else rows.flatten(item)
        if not names:
            names = tuple(row)
            writer.writerow(names)
        writer.writerow([_text(row.get(name)) for name in names])
        to.flush()


def _text(value: Any) -> str:
    """Return the text of a cell. What a spreadsheet would run as a formula, anybody's topic for example, is quoted."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return codec.text(value)
    return f"'{value}" if _ACTS.match(value) else value
