"""Find what two products have: an operation or an event has one home, which is where Zoom's newest document has it.

Zoom renames products by and by: for a while the documents of the old name are there beside those of the new one. Of two
documents of one date it is that of the product that came last into `sources.toml`.
"""

from collections import defaultdict
from pathlib import Path

from generator.distil import operations
from generator.faults import BuildFault, read
from generator.lock import shape
from generator.sources import load

_KINDS = ("endpoints", "webhooks")


def key_of(method: str, name: str) -> str:
    """Return what an operation or an event is known by, whatever its identifiers are called."""
    return shape(f"{method.upper()} {name}")


def find_elsewhere(openapi: Path) -> dict[str, frozenset[str]]:
    """Return for each product the operations and events that are another's, whose document is newer."""
    elsewhere: dict[str, frozenset[str]] = {}
    for (product, _), keys in find_moves(openapi).items():
        elsewhere[product] = elsewhere.get(product, frozenset()) | keys
    return elsewhere


def find_moves(openapi: Path) -> dict[tuple[str, str], frozenset[str]]:
    """Return the operations and events that a product has no more, by that product and the one that has them now."""
    ages = _ages(openapi / "sources.toml")
    owners: dict[str, list[tuple[tuple[str, int], str]]] = defaultdict(list)
    for path in sorted(openapi.glob("*/*.json")):
        if path.stem in _KINDS:
            product = path.parent.name
            for key in _keys(path):
                owners[key].append((ages.get((product, path.stem), ("", -1)), product))
    moves: dict[tuple[str, str], set[str]] = defaultdict(set)
    for key, found in owners.items():
        newest, home = max(found)
        if len([age for age, _ in found if age == newest]) == 1:
            for _, product in found:
                if product != home:
                    moves[product, home].add(key)
    return {move: frozenset(keys) for move, keys in moves.items()}


def _ages(list_file: Path) -> dict[tuple[str, str], tuple[str, int]]:
    """Return the date of each listed document, that of its reading if it has none, and its line."""
    sources = load(list_file) if list_file.exists() else []
    return {(each.product, each.kind): (each.dated or str(each.read or ""), line) for line, each in enumerate(sources)}


def _keys(path: Path) -> list[str]:
    try:
        return [key_of(method, name) for method, name, _ in operations(read(path))]
    except (BuildFault, AttributeError, TypeError):
        return []  # what is wrong with it, its own build tells
