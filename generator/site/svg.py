"""Draw boxes and arrows as SVG, in colours that read on light and on dark pages."""

from collections.abc import Iterable
from html import escape

import attrs

_STYLE = """\
<style>
text { font-family: system-ui, sans-serif; font-size: 13px; text-anchor: middle; dominant-baseline: middle }
.box { fill: #e6edf7; stroke: #4a6fa5 } .title { fill: #16263d; font-weight: 600 } .note { fill: #3c5069 }
.arrow { stroke: #6f86a8; stroke-width: 1.6; marker-end: url(#tip) } .label { fill: #6f86a8 }
</style>
<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
<path d="M0 0 8 4 0 8z" fill="#6f86a8"/></marker>
"""
_LINE = 18


@attrs.frozen
class Box:
    """A box with a title, and lines of notes below it."""

    x: float
    y: float
    width: float
    height: float
    title: str
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        middle, top = self.x + self.width / 2, self.y + self.height / 2 - _LINE * len(self.notes) / 2
        lines = [_text(middle, top, self.title, "title")]
        lines += [_text(middle, top + _LINE * row, note, "note") for row, note in enumerate(self.notes, 1)]
        place = f'x="{self.x:g}" y="{self.y:g}" width="{self.width:g}" height="{self.height:g}"'
        return "\n".join([f'<rect class="box" rx="6" {place}/>', *lines])


@attrs.frozen
class Arrow:
    """An arrow with words above it, or beside it if it points up or down."""

    start: tuple[float, float]
    end: tuple[float, float]
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        (x, y), (to_x, to_y) = self.start, self.end
        upright = x == to_x
        middle = (x + to_x) / 2 + (_LINE * 3 if upright else 0)
        first = (y + to_y) / 2 - _LINE * ((len(self.words) - 1) / 2 if upright else len(self.words) - 0.3)
        words = [_text(middle, first + _LINE * row, word, "label") for row, word in enumerate(self.words)]
        return "\n".join([f'<line class="arrow" x1="{x:g}" y1="{y:g}" x2="{to_x:g}" y2="{to_y:g}"/>', *words])


def draw(width: int, height: int, title: str, parts: Iterable[Box | Arrow]) -> str:
    """Return the drawing."""
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">\n<title>{escape(title)}</title>\n'
    return "\n".join([head + _STYLE, *map(str, parts), "</svg>\n"])


def _text(x: float, y: float, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:g}" y="{y:g}">{escape(words)}</text>'
