"""List changes by product; a change of many operations or fields is one item that names them all."""

from collections.abc import Iterator, Sequence

from generator.report.changes import STATUS, Change
from generator.report.figures import groups
from generator.report.report import Report
from generator.report.words import describe

_Said = dict[str, list[str]]
"""The places of which something is said."""
_A_LINE = 3
"""How many places a line names."""


def listing(report: Report, changes: Sequence[Change]) -> list[str]:
    """Return a nested list of the changes of each product."""
    lines: list[str] = []
    for product, group in groups(changes):
        lines.append(f"\n### {product}\n\n")
        for owners, said in _alike(report, group):
            lines += _item(owners, said)
    return lines


def _alike(report: Report, changes: list[Change]) -> Iterator[tuple[list[str], _Said]]:
    """Yield what is said, with all operations, events or names of which just this is said."""
    owners: dict[tuple[str, str], list[str]] = {}
    for change in changes:
        key = (change.subject.place, sentence(report, change))
        owners.setdefault(key, []).append(_owner(report, change))
    said: dict[tuple[str, ...], _Said] = {}
    for (place, words), named in owners.items():
        said.setdefault(tuple(dict.fromkeys(named)), {}).setdefault(words, []).append(place)
    yield from ((list(named), words) for named, words in said.items())


def _item(owners: list[str], said: _Said) -> Iterator[str]:
    """Yield an item: what is said of which places of one owner, or one thing with a list of its owners."""
    lines = [line for words, places in said.items() for line in _of_places(words, places)]
    if len(lines) > 1:
        yield f"- {', '.join(owners)}:\n"
        yield from (f"  - {line}\n" for line in lines)
    elif len(owners) == 1:
        yield f"- {owners[0]}: {lines[0]}\n"
    else:
        yield f"- {lines[0]}\n"
        yield from (f"  - {owner}\n" for owner in owners)


def _of_places(words: str, places: list[str]) -> Iterator[str]:
    named = [f"`{place}`" for place in places if place]
    if not named:
        yield words
    for start in range(0, len(named), _A_LINE):
        yield f"{', '.join(named[start : start + _A_LINE])}: {words}"


def sentence(report: Report, change: Change) -> str:
    """Return what a change says, and of what it does not change."""
    result = report.result(change) if change.fact == STATUS else ""
    return describe(change) + (f"; the call returns `{result}` as before" if result else "")


def _owner(report: Report, change: Change) -> str:
    module, successor = report.module(change), report.successor(change)
    notes = [*([f"`{module}`"] if module else []), *([f"instead: `{successor}`"] if successor else [])]
    return f"`{change.subject.owner}`" + (f" ({', '.join(notes)})" if notes else "")
