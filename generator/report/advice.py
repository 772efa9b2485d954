"""Say what callers must do about the changes that break something, by the names that they write in Python."""

from collections import Counter
from collections.abc import Iterator

from generator.report.changes import BREAKS_NOTHING, Change
from generator.report.report import Report
from generator.report.surface import HOME, PACKAGE
from generator.report.words import LIMITS, count, describe, limit, quote, taken


def advice(report: Report) -> Iterator[str]:
    """Yield what to do, a line each: first what is needed now, then the imports that will go."""
    broken = [change for change in report.of_documents() if change.effect != BREAKS_NOTHING]
    for change in broken or [change for change in report.of_package() if change.effect != BREAKS_NOTHING]:
        subject = change.subject
        named = report.call(change) or (
            f"zoom_api_client.{subject.owner}" if subject.kind == PACKAGE else subject.owner
        )
        yield f"`{named}`: {_act(change, report.successor(change))}"
    yield from (f"look at a name that is another now: {sentence}" for sentence in report.moved)
    for (old, new), number in moves(report):
        if old.startswith("api."):
            yield f"soon ({count(number, 'operation')}): `zoom.{old}.…` → `zoom.{new}.…`"
        before, after = (f"`from zoom_api_client.{place} import …`" for place in (old, new))
        yield f"soon ({count(number, 'name')}): {before} → {after}"


def moves(report: Report) -> list[tuple[tuple[str, str], int]]:
    """Return from which module to which names moved, and how many."""
    moved = [change for change in report.of_package() if change.fact == HOME]
    places = ((str(each.old).rpartition(".")[0], str(each.new).rpartition(".")[0]) for each in moved)
    return sorted(Counter(places).items())


def _act(change: Change, successor: str) -> str:
    fact, new, place = change.fact, change.new, f"`{change.subject.place}`"
    if not change.subject.place and change.what == "removed":
        return f"use `{successor}` instead" if successor else "no longer use it"
    if change.what == "removed":
        return f"no longer give or read {place}"
    if change.what == "added" or fact == "required":
        return f"always give {place}" if new or change.what == "added" else f"expect answers without {place}"
    if change.subject.kind == PACKAGE:
        return f"look at {place}: {describe(change)}"
    if fact == "values":
        gone = taken(change.old, new) if change.old else []
        return f"no longer give {quote(gone)} in {place}" if gone else f"give one of {quote(new)} in {place}"
    if fact in LIMITS:
        return f"give {limit(fact, new)} in {place}"
    if fact in ("scopes", "classic scopes"):
        return f"see that your app has one of the {fact} {quote(new)}"
    return f"look at the {fact} of {place}, which is now {quote(new) if isinstance(new, list) else f'`{new}`'}"
