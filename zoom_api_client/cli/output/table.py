"""Tables for people: as wide as the terminal, and written while the list is read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import IO, Any, Self

import attrs
from rich.cells import cell_len, set_cell_size

from zoom_api_client.cli.output import columns, rows

_MEASURED = 100  # rows that decide on the widths
_GAP = "  "
_NARROWEST = 8
_MORE = "…"

Row = dict[str, Any]


@attrs.frozen
class Screen:
    """Where a table is written: a stream, its width in cells, and whether it has colours."""

    stream: IO[str]
    width: int
    has_colour: bool

    @classmethod
    def of(cls, stream: IO[str]) -> Self:
        """Return the terminal of a stream."""
        is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        has_colour = stream.isatty() and not is_plain and not _is_legacy()
        return cls(stream, shutil.get_terminal_size().columns, has_colour)

    def line(self, text: str, *, strong: bool = False) -> None:
        """Write a line."""
        text = text.rstrip()
        self.stream.write(f"\x1b[1m{text}\x1b[0m\n" if strong and self.has_colour else f"{text}\n")


def _is_legacy() -> bool:
    """Return whether this is a console of Windows that shows codes of colours as text."""
    if os.name != "nt":
        return False
    from rich.console import detect_legacy_windows

    return detect_legacy_windows()


def write(items: Iterable[Row], asked: Sequence[str], known: Sequence[str], screen: Screen) -> None:
    """Write rows in columns: those that were asked for, else those of the resource, as many as there is room for."""
    left = iter(items)
    first = list(islice(left, _MEASURED))
    if not first:
        return
    names = list(asked) or columns.choose(first, known)
    widths = fit({name: _natural(name, first) for name in names}, screen.width, can_drop=not asked)
    screen.line(_GAP.join(_cut(_title(name), width) for name, width in widths.items()), strong=True)
    for row in _both(first, left):
        screen.line(_GAP.join(_cut(rows.cell(row.get(name)), width) for name, width in widths.items()))
        screen.stream.flush()


def write_fields(row: Row, screen: Screen) -> None:
    """Write one object, a line for each field."""
    width = min(max(map(cell_len, row), default=0), screen.width // 2)
    for name, value in row.items():
        text = rows.cell(value)
        screen.line(f"{_cut(name, width)}{_GAP}{_cut(text, min(cell_len(text), screen.width - width - len(_GAP)))}")


def fit(widths: dict[str, int], room: int, *, can_drop: bool) -> dict[str, int]:
    """Return widths that fit: the widest columns are cut, then the last ones go, if they can.

    The first column is cut last: half of an id is of no use.
    """
    fitted = dict(widths)
    first = next(iter(fitted))
    fitted[first] = min(fitted[first], max(room * 2 // 3, _NARROWEST))
    while _total(fitted) > room:
        cuttable = [name for name, each in fitted.items() if each > _NARROWEST and (name != first or not can_drop)]
        if not cuttable:
            break
        fitted[max(cuttable, key=lambda name: fitted[name])] -= 1
    if _total(fitted) > room and can_drop and len(fitted) > 1:
        return fit(dict(list(widths.items())[:-1]), room, can_drop=True)
    return fitted


def _total(widths: dict[str, int]) -> int:
    return sum(widths.values()) + len(_GAP) * (len(widths) - 1)


def _natural(name: str, some: Sequence[Row]) -> int:
    return max(cell_len(_title(name)), *(cell_len(rows.cell(row.get(name))) for row in some))


def _cut(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, max(width - 1, 0)) + _MORE


def _title(name: str) -> str:
    return name.replace("_", " ").upper()


def _both(first: Iterable[Row], then: Iterable[Row]) -> Iterator[Row]:
    yield from first
    yield from then
