"""Say what changed between two states of the project, and for whom it breaks something."""

from generator.report.changes import BREAKS_CALLERS, BREAKS_NOTHING, BREAKS_READERS, Change, compare
from generator.report.facts import facts, lines
from generator.report.html import as_html
from generator.report.report import Report, between
from generator.report.states import State, of_directory, state
from generator.report.text import as_json, as_markdown

__all__ = [
    "BREAKS_CALLERS",
    "BREAKS_NOTHING",
    "BREAKS_READERS",
    "Change",
    "Report",
    "State",
    "as_html",
    "as_json",
    "as_markdown",
    "between",
    "compare",
    "facts",
    "lines",
    "of_directory",
    "state",
]
