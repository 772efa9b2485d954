"""Turn the Markdown of a report into HTML: headings, lists, tables and paragraphs, as far as reports have them."""

import html
import re
from collections.abc import Iterator
from itertools import groupby


def as_blocks(markdown: str) -> str:
    """Return the HTML of some Markdown."""
    lines = (line for line in markdown.splitlines() if not re.fullmatch(r"[| -]*-[| -]*", line))
    return "".join(block for kind, group in groupby(lines, key=_kind) for block in _block(kind, list(group)))


def inline(text: str) -> str:
    """Return the HTML of what stands in a line: code and emphasis."""
    parts = re.split(r"`([^`]*)`", text)
    return "".join(f"<code>{html.escape(part)}</code>" if i % 2 else _emphasis(part) for i, part in enumerate(parts))


def _emphasis(text: str) -> str:
    strong = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html.escape(text))
    return re.sub(r"\*(\S.*?)\*", r"<em>\1</em>", strong)


def _kind(line: str) -> str:
    marks = {"## ": "h2", "- ": "ul", "| ": "table"}
    return next((kind for mark, kind in marks.items() if line.startswith(mark)), "p" if line else "")


def _block(kind: str, lines: list[str]) -> Iterator[str]:
    if kind == "h2":
        yield from (f"<h2>{inline(line[3:])}</h2>\n" for line in lines)
    elif kind == "ul":
        yield "".join(["<ul>\n", *(f"<li>{inline(line[2:])}\n" for line in lines), "</ul>\n"])
    elif kind == "table":
        head, *rows = (line.strip("| ").split(" | ") for line in lines)
        yield f"<table>\n<thead>{_cells('th', head)}</thead>\n"
        yield "".join(["<tbody>\n", *(_cells("td", row) for row in rows), "</tbody>\n</table>\n"])
    elif kind:
        yield f"<p>{inline(' '.join(lines))}</p>\n"


def _cells(tag: str, cells: list[str]) -> str:
    return "".join(["<tr>", *(f"<{tag}>{inline(cell)}" for cell in cells), "\n"])
