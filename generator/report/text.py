"""Write changes down: as Markdown for people, as JSON for machines."""

import json
from collections.abc import Sequence
from itertools import groupby

import attrs

from generator.report.changes import BREAKS_CALLERS, BREAKS_NOTHING, BREAKS_READERS, Change

EFFECTS = (BREAKS_CALLERS, BREAKS_READERS, BREAKS_NOTHING)


def as_json(changes: Sequence[Change]) -> str:
    """Return the changes as a JSON list, one a line."""
    rows = (json.dumps(attrs.asdict(change), sort_keys=True, ensure_ascii=False) for change in changes)
    return "[" + ",".join(f"\n{row}" for row in rows) + "\n]\n"


def as_markdown(changes: Sequence[Change]) -> str:
    """Return the changes as a page: how many there are, then those that break something, product by product."""
    if not changes:
        return "# What Zoom changed\n\nNothing.\n"
    counts = [f"- {sum(change.effect == effect for change in changes)} {effect}\n" for effect in EFFECTS]
    parts = ["# What Zoom changed\n\n", *counts]
    for effect in EFFECTS:
        chosen = [change for change in changes if change.effect == effect]
        parts += [f"\n## {effect.capitalize()}\n"] if chosen else []
        for product, group in groupby(chosen, key=lambda change: change.subject.product):
            parts.append(f"\n### {product}\n\n")
            parts += [f"- {_line(change)}\n" for change in group]
    return "".join(parts)


def _line(change: Change) -> str:
    subject = change.subject
    place = f", `{subject.place}`" if subject.place else ""
    return f"`{subject.owner}`{place}: {_said(change)}"


def _said(change: Change) -> str:
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
    return f"{change.fact} was {_shown(change.old)} and is {_shown(change.new)}"


def _shown(value: object) -> str:
    return "not said" if value is None else f"`{value}`"
