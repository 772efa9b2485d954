"""Summarise a report in numbers: of operations, of events, and of names of the package."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.report.changes import BREAKS_CALLERS, BREAKS_NOTHING, BREAKS_READERS, PATH, PRODUCT, Change
from generator.report.report import EFFECTS, Report
from generator.report.surface import HOME
from generator.report.words import count
from zoom_api_client.core.event_groups import TRIGGERS


def summary(report: Report) -> Iterator[str]:
    """Yield what a reader wants to know first, a line each."""
    yield f"- Next release: **{report.bump}**\n"
    yield f"- Zoom's documents: {effects(report.of_documents())}\n"
    for noun, kinds in (("operations", ("endpoints", "master")), ("events", ("webhooks",))):
        new, gone, moved, others = fates([each for each in report.of_documents() if each.subject.kind in kinds])
        yield f"- {noun}: {len(new)} new, {len(gone)} removed, {len(moved)} moved, {len(others)} changed\n"
    yield f"- names of the package: {_names(report)}\n"
    yield f"- named methods (as `zoom.meetings.create`) and triggers touched: {_methods(report)}\n"


def effects(changes: Sequence[Change]) -> str:
    """Return for whom changes break something: `5 changes break callers, 0 break readers, 7 break nothing`."""
    counts = Counter(change.effect for change in changes)
    verbs = {effect: effect if counts[effect] == 1 else f"break{effect.removeprefix('breaks')}" for effect in EFFECTS}
    first = f"{count(counts[BREAKS_CALLERS], 'change')} {verbs[BREAKS_CALLERS]}"
    return ", ".join([first, *(f"{counts[each]} {verbs[each]}" for each in (BREAKS_READERS, BREAKS_NOTHING))])


def fates(changes: Sequence[Change]) -> tuple[set[str], set[str], set[str], set[str]]:
    """Return the operations and events that came, went, moved to another product or path, and changed otherwise."""
    whole = [change for change in changes if not change.subject.place]
    new, gone = ({each.subject.owner for each in whole if each.what == what} for what in ("added", "removed"))
    moved = {each.subject.owner for each in whole if each.fact in (PRODUCT, PATH)}
    others = {each.subject.owner for each in changes if each.fact not in (PRODUCT, PATH)} - new - gone
    return new, gone, moved, others


def products(report: Report) -> Iterator[str]:
    """Yield a table of the products: how many operations and events came, went and changed, and what breaks."""
    yield "| product | new | removed | moved here | changed | breaking changes | names of the package |\n"
    yield "| --- | --- | --- | --- | --- | --- | --- |\n"
    named = Counter(_dashed(change) for change in report.of_package())
    told = dict(groups(report.of_documents()))
    for product in sorted(told.keys() | named.keys()):
        changes = told.get(product, [])
        numbers = [len(each) for each in fates(changes)]
        breaks = sum(change.effect != BREAKS_NOTHING for change in changes)
        yield f"| {product} | {' | '.join(map(str, [*numbers, breaks, named[product]]))} |\n"


def _dashed(change: Change) -> str:
    return change.subject.product.replace("_", "-")


def groups(changes: Sequence[Change]) -> Iterator[tuple[str, list[Change]]]:
    """Yield the changes of each product, by its name at Zoom."""
    for product, group in groupby(sorted(changes, key=_dashed), key=_dashed):
        yield product, list(group)


def _names(report: Report) -> str:
    changes = report.of_package()
    new = sum(change.what == "added" and not change.subject.place for change in changes)
    parts = sum(change.what == "added" and bool(change.subject.place) for change in changes)
    moved = sum(change.fact == HOME for change in changes)
    return f"{effects(changes)}; {new} new, {parts} new parameters and fields, {moved} moved"


def _methods(report: Report) -> str:
    touched = sorted({name for change in report.of_documents() if (name := report.module(change))})
    broken = {report.module(change) for change in report.of_documents() if change.effect != BREAKS_NOTHING} - {""}
    spelled = ", ".join(f"`{name}`{' (breaks)' if name in broken else ''}" for name in touched)
    every = f" of the {len(report.methods | TRIGGERS.keys())}" if report.methods else ""
    return f"{spelled or 'none'}; breaking changes touch {len(broken) or 'none'}{every}"
