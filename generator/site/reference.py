"""Write the reference: a page for each operation and event, one for each product, and one that lists these."""

from collections.abc import Iterable, Iterator
from typing import Any

from generator.site import events, operations, tables
from generator.site.contracts import Event, Operation, Product
from generator.site.tables import code
from zoom_api_client.core.event_groups import TRIGGERS
from zoom_api_client.core.operation import Operation as Facts
from zoom_api_client.core.operations import operations as all_operations

FOLDER = "reference"
Pages = Iterator[tuple[str, str]]


def names(products: list[Product]) -> dict[str, str]:
    """Return the page of each operation and event, by what pages call it: `zoom.api.users.get_user`, `user.created`."""
    found = {}
    for product in products:
        folder = f"{FOLDER}/{product.name}"
        for operation in product.operations:
            found[f"zoom.api.{product.name}.{operation.name}"] = f"{folder}/{operation.name}.md"
            if method := operation.zoom.get("module"):
                found[f"zoom.{method}"] = f"{folder}/{operation.name}.md"
        found |= {event.name: f"{folder}/events/{event.name}.md" for event in product.events}
    return found


def pages(products: list[Product]) -> Pages:
    """Yield the reference's pages: the path of each below the site, and its Markdown."""
    known = {str(each): each for each in all_operations(master=True)}
    yield f"{FOLDER}/index.md", _index(products)
    for product in products:
        yield from _product(product, known)


def _product(product: Product, known: dict[str, Facts[Any]]) -> Pages:
    folder = f"{FOLDER}/{product.name}"
    yield f"{folder}/index.md", _list(product, known)
    for operation in product.operations:
        yield f"{folder}/{operation.name}.md", operations.page(operation, known[f"{product.name}.{operation.name}"])
    for event in product.events:
        yield f"{folder}/events/{event.name}.md", events.page(event, _triggers(event))


def _triggers(event: Event) -> list[str]:
    return [name for name, family in TRIGGERS.items() if event.name in family.events]


def _index(products: list[Product]) -> str:
    lines = ["# All operations and events", ""]
    lines += ["Every operation is `zoom.api.<product>.<name>(…)`, every event a class of `zoom_api_client.events`. "]
    lines += ["This part of the site is written from the contract that the client is made of.", ""]
    rows = (
        (f"[{each.title}]({each.name}/index.md)", code(f"zoom.api.{each.name}"), *_figures(each)) for each in products
    )
    return "\n".join([*lines, *tables.table(("product", "in code", "operations", "events"), rows)])


def _figures(product: Product) -> tuple[str, str]:
    return str(len(product.operations)), str(len(product.events))


def _list(product: Product, known: dict[str, Facts[Any]]) -> str:
    lines = ["[Reference](../index.md)", "", f"# {product.title}", ""]
    for heading, group in _headings(product.operations):
        rows = (_row(each, known[f"{product.name}.{each.name}"]) for each in group)
        lines += [f"## {heading}", "", *tables.table(("operation", "request", "rate limit"), rows)]
    rows_of_events = ((f"[{each.name}](events/{each.name}.md)", code(each.model)) for each in product.events)
    found = tables.table(("event", "class"), rows_of_events)
    return "\n".join([*lines, *(["## Events", "", *found] if found else [])])


def _row(operation: Operation, known: Facts[Any]) -> tuple[str, str, str]:
    deprecated = " (deprecated)" if known.deprecated else ""
    link = f"[{operation.name}]({operation.name}.md){deprecated}"
    return link, code(f"{known.method} {known.path}"), known.rate_limit


def _headings(found: Iterable[Operation]) -> Iterator[tuple[str, list[Operation]]]:
    """Yield the operations by Zoom's headings, as its documents order them."""
    groups: dict[str, list[Operation]] = {}
    for each in found:
        groups.setdefault(each.heading, []).append(each)
    yield from groups.items()
