"""Say what callers must do about the changes that break something, by the names that they write in Python."""

from collections import Counter
from collections.abc import Iterator

from generator.report.changes import BREAKS_NOTHING, Change
from generator.report.facts import ANSWERED
from generator.report.report import Report
from generator.report.surface import HOME, PACKAGE
from generator.report.words import LIMITS, count, describe, limit, quote, taken

_PLACE = "\0"
_A_LINE = 3
"""How many places a line names."""


def advice(report: Report) -> Iterator[str]:
    """Yield what to do, a line each: first what is needed now, then the imports that will go."""
    broken = [change for change in report.of_documents() if change.effect != BREAKS_NOTHING]
    wanted: dict[tuple[str, str], list[str]] = {}
    for change in broken or [change for change in report.of_package() if change.effect != BREAKS_NOTHING]:
        act = _act(change, report.successor(change))
        wanted.setdefault((_name(report, change), act), []).append(f"`{change.subject.place}`")
    yield from (f"`{name}`: {act.replace(_PLACE, _some(places))}" for (name, act), places in wanted.items())
    yield from (f"look at a name that is another now: {sentence}" for sentence in report.moved)
    for (old, new), number in moves(report):
        if old.startswith("api."):
            yield f"soon ({count(number, 'operation')}): `zoom.{old}.…` → `zoom.{new}.…`"
        before, after = (f"`from zoom_api_client.{place} import …`" for place in (old, new))
        yield f"soon ({count(number, 'name')}): {before} → {after}"


def _name(report: Report, change: Change) -> str:
    subject = change.subject
    return report.call(change) or (f"zoom_api_client.{subject.owner}" if subject.kind == PACKAGE else subject.owner)


def _some(places: list[str]) -> str:
    others = len(places) - _A_LINE
    return ", ".join(places[:_A_LINE]) + (f" and {others} more that are listed below" if others > 0 else "")


def moves(report: Report) -> list[tuple[tuple[str, str], int]]:
    """Return from which module to which names moved, and how many."""
    moved = [change for change in report.of_package() if change.fact == HOME]
    places = ((str(each.old).rpartition(".")[0], str(each.new).rpartition(".")[0]) for each in moved)
    return sorted(Counter(places).items())


def _act(change: Change, successor: str) -> str:
    """Return what to do, with `_PLACE` for the place: what is to be done at several places is said once."""
    fact, new = change.fact, change.new
    if not change.subject.place and change.what == "removed":
        return f"use `{successor}` instead" if successor else "no longer use it"
    if change.what == "removed":
        return f"no longer {'read' if change.subject.direction == ANSWERED else 'give'} {_PLACE}"
    if change.what == "added" or fact == "required":
        return f"always give {_PLACE}" if new or change.what == "added" else f"expect answers without {_PLACE}"
    if change.subject.kind == PACKAGE:
        return f"look at {_PLACE}: {describe(change)}"
    if fact == "values":
        gone = taken(change.old, new) if change.old else []
        return f"no longer give {quote(gone)} in {_PLACE}" if gone else f"give one of {quote(new)} in {_PLACE}"
    if fact in LIMITS:
        return f"give {limit(fact, new)} in {_PLACE}"
    if fact in ("scopes", "classic scopes"):
        return f"see that your app has one of the {fact} {quote(new)}" if new else f"no longer rely on {fact} for it"
    return f"look at the {fact} of {_PLACE}, which is now {quote(new) if isinstance(new, list) else f'`{new}`'}"
