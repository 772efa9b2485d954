"""Decide which models share a file: those of one operation or event, those of one of Zoom's headings, and the rest."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from generator import casing


def files(document: dict[str, Any]) -> dict[str, list[str]]:
    """Return the models of each file by its module name: using an operation loads three of them at most."""
    schemas = document["components"]["schemas"]
    children = {name: list(references(schema)) for name, schema in schemas.items()}
    users: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for root, tag, starts in _roots(document):
        for name in _reach(starts, children):
            users[name].append((root, tag))
    modules: dict[str, list[str]] = defaultdict(list)
    for name in schemas:
        modules[_module(users[name])].append(name)
    return {module: _outermost_first(names, children) for module, names in sorted(modules.items())}


def _module(users: list[tuple[str, str]]) -> str:
    tags = {tag for _, tag in users}
    if len(users) == 1:
        return casing.module(users[0][0])
    return casing.module(f"{casing.snake(tags.pop())}_models") if len(tags) == 1 else "shared_models"


def models_of(part: str, document: dict[str, Any]) -> set[str]:
    """Return the models that a part of the operations is made of: `requestBody` or `responses`."""
    children = {name: list(references(schema)) for name, schema in document["components"]["schemas"].items()}
    operations = [operation for item in document.get("paths", {}).values() for operation in item.values()]
    starts = [name for operation in operations for name in references(operation.get(part))]
    return set(_reach(starts, children))


def _roots(document: dict[str, Any]) -> Iterator[tuple[str, str, list[str]]]:
    """Yield each operation or event, what Zoom files it under, and the models that it names."""
    for item in document.get("paths", {}).values():
        for operation in item.values():
            named = references([operation.get("requestBody"), operation["responses"]])
            yield operation["operationId"], (operation.get("tags") or ["other"])[0], list(named)
    for event, webhook in document.get("webhooks", {}).items():
        yield event, event.split(".")[0], list(references(webhook["schema"]))


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


def _reach(starts: list[str], children: dict[str, list[str]]) -> list[str]:
    reached: dict[str, None] = {}
    waiting = list(starts)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached[name] = None
            waiting += children[name]
    return list(reached)


def _outermost_first(names: list[str], children: dict[str, list[str]]) -> list[str]:
    """Order the classes of a file so that a reader meets a class before its parts."""
    inner = {child for name in names for child in children[name] if child != name}
    ordered: dict[str, None] = {}

    def visit(name: str) -> None:
        if name in names and name not in ordered:
            ordered[name] = None
            for child in children[name]:
                visit(child)

    for name in sorted(names, key=lambda name: (name in inner, name)):
        visit(name)
    return list(ordered)
