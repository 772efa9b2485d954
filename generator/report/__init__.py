"""Say what changed between two states of `openapi/`, and for whom it breaks something."""

from generator.report.changes import BREAKS_CALLERS, BREAKS_NOTHING, BREAKS_READERS, Change, compare
from generator.report.facts import facts
from generator.report.text import as_json, as_markdown

__all__ = [
    "BREAKS_CALLERS",
    "BREAKS_NOTHING",
    "BREAKS_READERS",
    "Change",
    "as_json",
    "as_markdown",
    "compare",
    "facts",
]
