"""Decide which models share a file: those that exactly the same operations (or events) lead to."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from generator import words


def files(document: dict[str, Any]) -> dict[str, list[str]]:
    """Return the models of each file by its module name: using an operation loads what it needs, and little else."""
    schemas = document["components"]["schemas"]
    children = {name: list(references(schema)) for name, schema in schemas.items()}
    users: dict[str, list[str]] = defaultdict(list)
    for root, starts in _roots(document):
        for name in _reached(starts, children):
            users[name].append(root)
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in schemas:
        groups[tuple(users[name])].append(name)
    named: dict[str, list[str]] = {}
    for roots, names in sorted(groups.items()):
        tops = _tops(names, children)
        module = words.snake(roots[0] if len(roots) == 1 else tops[0])
        named[module if module not in named else f"{module}_models"] = _outermost_first(tops, names, children)
    return named


def sent(document: dict[str, Any]) -> set[str]:
    """Return the models that bodies are made of."""
    children = {name: list(references(schema)) for name, schema in document["components"]["schemas"].items()}
    operations = [operation for item in document.get("paths", {}).values() for operation in item.values()]
    starts = [name for operation in operations for name in references(operation.get("requestBody"))]
    return set(_reached(starts, children))


def _roots(document: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for item in document.get("paths", {}).values():
        for operation in item.values():
            yield operation["operationId"], list(references([operation.get("requestBody"), operation["responses"]]))
    for event, webhook in document.get("webhooks", {}).items():
        yield event, list(references(webhook["schema"]))


def references(value: Any) -> Iterator[str]:
    """Yield the models that a piece of the document refers to."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key == "$ref" and isinstance(each, str):
                yield each.rpartition("/")[2]
            else:
                yield from references(each)
    elif isinstance(value, list):
        for each in value:
            yield from references(each)


def _reached(starts: list[str], children: dict[str, list[str]]) -> list[str]:
    reached: dict[str, None] = {}
    waiting = list(starts)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached[name] = None
            waiting += children[name]
    return list(reached)


def _tops(names: list[str], children: dict[str, list[str]]) -> list[str]:
    inner = {child for name in names for child in children[name] if child != name}
    return sorted(name for name in names if name not in inner) or sorted(names)


def _outermost_first(tops: list[str], names: list[str], children: dict[str, list[str]]) -> list[str]:
    """Order the classes of a file so that a reader meets a class before its parts: outermost first."""
    ordered: dict[str, None] = {}

    def visit(name: str) -> None:
        if name in names and name not in ordered:
            ordered[name] = None
            for child in children[name]:
                visit(child)

    for top in [*tops, *sorted(names)]:
        visit(top)
    return list(ordered)
