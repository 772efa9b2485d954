"""Write a report down: as Markdown for people, as JSON for machines."""

import json
from collections.abc import Iterator
from datetime import date

import attrs

from generator.report.advice import advice, moves
from generator.report.changes import BREAKS_CALLERS, BREAKS_NOTHING, BREAKS_READERS, Change
from generator.report.figures import products, summary
from generator.report.listing import listing
from generator.report.report import Report
from generator.report.words import count

CLASSES = """
A change *breaks callers* if a call that worked may be refused or has to be written otherwise; it *breaks readers* if
code that reads answers or events may miss what it relied on; any other change *breaks nothing*. New values of answers
break nothing: a value that is not listed is read too, and only code that tells all values apart has more to handle.

`path` and `query` are parameters, `body.` is a field of what is sent or of an event, and `200.` (`201.`, …) a field of
the answer with this status; `[]` stands for each item of a list.
"""


def as_json(report: Report) -> str:
    """Return the changes as a JSON list, one a line."""
    rows = (json.dumps(_row(report, change), sort_keys=True, ensure_ascii=False) for change in report.changes)
    return "[" + ",".join(f"\n{row}" for row in rows) + "\n]\n"


def _row(report: Report, change: Change) -> dict[str, object]:
    return {**attrs.asdict(change), "module": report.module(change), "successor": report.successor(change)}


def title(report: Report) -> str:
    """Return the title, with the month of the new documents."""
    day = report.dates[1]
    month = f"{date.fromisoformat(f'{day[:7]}-01'):%B %Y}" if day else ""
    return f"What Zoom changed by {month}" if month else "What Zoom changed"


def as_markdown(report: Report) -> str:
    """Return the report as a page: first what follows from it, then change by change, what breaks first."""
    if not report:
        return f"# {title(report)}\n\nNothing.\n"
    return "".join([f"# {title(report)}\n\n", *overview(report), *_changes(report), *corrections(report)])


def overview(report: Report) -> Iterator[str]:
    """Yield what a reader wants to know first: the numbers, what to do, and what the words mean."""
    before, after = report.dates
    if before and after and before != after:
        yield f"From Zoom's documents of {before} to those of {after}.\n\n"
    yield from summary(report)
    yield "\n## What you must do\n\n"
    yield from (f"- {line}\n" for line in list(advice(report)) or ["nothing"])
    yield "\n## What the words mean\n"
    yield CLASSES
    yield "\n## Products\n\n"
    yield from products(report)


def _changes(report: Report) -> Iterator[str]:
    """Yield the sections of changes."""
    for effect in (BREAKS_CALLERS, BREAKS_READERS):
        yield f"\n## {effect.capitalize()}\n"
        yield from listing(report, [change for change in report.changes if change.effect == effect]) or ["\nNone.\n"]
    yield from renames(report)
    harmless = [change for change in report.of_documents() if change.effect == BREAKS_NOTHING]
    deprecated = [change for change in harmless if change.fact == "deprecated" and change.new]
    rest = [change for change in harmless if change not in deprecated]
    for heading, chosen in (("Now deprecated", deprecated), ("New, and other changes that break nothing", rest)):
        if chosen:
            yield f"\n## {heading}\n"
            yield from listing(report, chosen)


def renames(report: Report) -> Iterator[str]:
    """Yield the names that are others now."""
    sentences = list(report.moved)
    for (old, new), number in moves(report):
        they = "one still works and warns" if number == 1 else "ones still work and warn"
        sentences.append(f"{count(number, 'name')} moved from `{old}` to `{new}`; the old {they}")
    if sentences:
        yield "\n## Renamed names\n\n"
        yield from (f"- {sentence}\n" for sentence in sentences)


def corrections(report: Report) -> Iterator[str]:
    """Yield the overlay actions that went, came back and went along."""
    for heading, found in (
        ("Corrections that Zoom made unnecessary", report.retired),
        ("Corrections that are needed again", report.restored),
        ("Corrections that went along to another product", report.carried),
    ):
        if found:
            yield f"\n## {heading}\n\n"
            yield from (f"- `overlays/{each.file}`, `{each.target}`: {each.description}\n" for each in found)
