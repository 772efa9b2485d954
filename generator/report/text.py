"""Write a report down: as Markdown for people, as JSON for machines."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

import attrs

from generator.report.changes import BREAKS_NOTHING, Change
from generator.report.report import EFFECTS, Report
from generator.report.surface import HOME

TITLE = "# What Zoom changed"


def as_json(report: Report) -> str:
    """Return the changes as a JSON list, one a line."""
    rows = (json.dumps(_row(report, change), sort_keys=True, ensure_ascii=False) for change in report.changes)
    return "[" + ",".join(f"\n{row}" for row in rows) + "\n]\n"


def _row(report: Report, change: Change) -> dict[str, object]:
    return {**attrs.asdict(change), "module": report.module(change), "successor": report.successor(change)}


def as_markdown(report: Report) -> str:
    """Return the report as a page: first in numbers and modules, then change by change, what breaks first."""
    if not report:
        return f"{TITLE}\n\nNothing.\n"
    return "".join([f"{TITLE}\n\n", *summary(report), *_products(report), *_people(report), *_all(report)])


def summary(report: Report) -> Iterator[str]:
    """Yield what a reader wants to know first, a line each."""
    counts = Counter(change.effect for change in report.changes)
    yield from (f"- {counts[effect]} {effect}\n" for effect in EFFECTS)
    yield f"- the next version moves its **{report.bump}** part\n"
    touched = sorted({module for change in report.of_documents() if (module := report.module(change))})
    breaking = {report.module(change) for change in report.of_documents() if change.effect != BREAKS_NOTHING}
    spelled = [f"`{name}`{' (breaks)' if name in breaking else ''}" for name in touched]
    yield f"- modules touched: {', '.join(spelled) or 'none'}\n"


def _products(report: Report) -> Iterator[str]:
    """Yield a table of the products: how many operations and events came, went and changed, and what breaks."""
    yield "\n| product | operations and events | added | removed | changed in | breaking changes |\n"
    yield "| --- | --- | --- | --- | --- | --- |\n"
    for product, changes in groups(report.of_documents()):
        whole = [change for change in changes if not change.subject.place and not change.fact]
        added = [change.subject.owner for change in whole if change.what == "added"]
        gone = [change.subject.owner for change in whole if change.what == "removed"]
        others = {change.subject.owner for change in changes} - set(added) - set(gone)
        breaks = sum(change.effect != BREAKS_NOTHING for change in changes)
        names = len({change.subject.owner for change in changes})
        yield f"| {product} | {names} | {len(added)} | {len(gone)} | {len(others)} | {breaks} |\n"


def _people(report: Report) -> Iterator[str]:
    sentences = [*report.moved, *_homes(report)]
    if sentences:
        yield "\n## Names that are others now\n\n"
        yield from (f"- {sentence}\n" for sentence in sentences)
    if report.retired:
        yield "\n## Corrections that Zoom made unnecessary\n\n"
        yield from (f"- `overlays/{each.file}`, `{each.target}`: {each.description}\n" for each in report.retired)


def _homes(report: Report) -> Iterator[str]:
    """Yield from where to where names moved, which are imported from their old place with a warning."""
    moved = [change for change in report.of_package() if change.fact == HOME]
    homes = Counter(tuple(str(name).rpartition(".")[0] for name in (each.old, each.new)) for each in moved)
    for (old, new), count in sorted(homes.items()):
        yield f"{count} names of `{old}` are names of `{new}` now; the old ones warn"


def _all(report: Report) -> Iterator[str]:
    for effect in EFFECTS:
        chosen = [change for change in report.of_documents() if change.effect == effect]
        yield from _section(report, effect.capitalize(), chosen)
    names = [change for change in report.of_package() if change.effect != BREAKS_NOTHING]
    yield from _section(report, "Breaks in what is imported", names)
    added = len(report.of_package()) - len(names)
    yield f"\n{added} more names of the package are new or wider, and break nothing.\n" if added else ""


def _section(report: Report, title: str, changes: Sequence[Change]) -> Iterator[str]:
    if changes:
        yield f"\n## {title}\n"
    for product, group in groups(changes):
        yield f"\n### {product}\n\n"
        for same in _alike(report, group):
            yield f"- {same}\n"


def _alike(report: Report, changes: list[Change]) -> Iterator[str]:
    """Yield a line for what is said of the same places of the same operations, events or models."""
    owners: dict[tuple[str, str], list[str]] = {}
    for change in changes:
        owners.setdefault((change.subject.place, describe(change)), []).append(_owner(report, change))
    places: dict[tuple[str, str], list[str]] = {}
    for (place, said), named in owners.items():
        places.setdefault((", ".join(dict.fromkeys(named)), said), []).append(f"`{place}`" if place else "")
    for (subjects, said), where in places.items():
        yield f"{', '.join(filter(None, [subjects, *where]))}: {said}"


def _owner(report: Report, change: Change) -> str:
    module, successor = report.module(change), report.successor(change)
    notes = [*([f"module `{module}`"] if module else []), *([f"instead `{successor}`"] if successor else [])]
    return f"`{change.subject.owner}`" + (f" ({', '.join(notes)})" if notes else "")


def groups(changes: Sequence[Change]) -> Iterator[tuple[str, list[Change]]]:
    """Yield the changes of each product."""
    for product, group in groupby(sorted(changes, key=_product), key=_product):
        yield product, list(group)


def _product(change: Change) -> str:
    return change.subject.product


def describe(change: Change) -> str:
    """Return what a change says of its subject."""
    if not change.fact:
        return change.what
    if isinstance(change.old, list) and isinstance(change.new, list):
        gone, come = (
            [each for each in a if each not in b] for a, b in ((change.old, change.new), (change.new, change.old))
        )
        parts = [
            f"{word} {', '.join(f'`{each}`' for each in some)}"
            for word, some in (("without", gone), ("with", come))
            if some
        ]
        return f"{change.fact} now {' and '.join(parts) or 'in another order'}"
    return f"{change.fact} was {_quote(change.old)} and is {_quote(change.new)}"


def _quote(value: object) -> str:
    return "not said" if value is None else f"`{value}`"
