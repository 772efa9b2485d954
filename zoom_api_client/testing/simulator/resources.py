"""The resources of the contract: what each operation does to which, and what a row looks like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any
from zlib import crc32

import attrs

from zoom_api_client.testing import contract, examples
from zoom_api_client.testing.contract import Operation, Schema
from zoom_api_client.testing.echo import snake
from zoom_api_client.testing.sample import sample
from zoom_api_client.testing.simulator.shapes import body, lay, shape, without
from zoom_api_client.testing.simulator.store import Row

_CREATED = re.compile("^(create|created|date_created|added)(_?(at|time|date|on))?$", re.IGNORECASE)

LOOKS = 16
"""So many examples there are of a resource: a row that says little looks like one of them."""


@attrs.frozen
class Facts:
    """What an operation does to a resource.

    `parents` has the parameters that name what a row belongs to, each with its resource; `scope` those of them that are
    part of a row's key, beside the parameter `id`. `field` is the id in an item of the answer; `items` the list in the
    answer (or in the body, of what adds many at once); `ids` the parameters that name what is removed; `body` the
    object in the body that has the fields, if they do not lie at its top. A resource that nobody creates has the
    contract's examples, unless it `starts_empty`.
    """

    resource: str
    action: str
    parents: Mapping[str, str] = attrs.field(converter=dict)
    scope: tuple[str, ...] = attrs.field(converter=tuple)
    id: str = ""
    field: str = ""
    items: str = ""
    ids: tuple[str, ...] = attrs.field(default=(), converter=tuple)
    body: str = ""
    starts_empty: bool = False


@attrs.define(eq=False)
class Resource:
    """A resource and the operations on it; `field` is the id in most of them."""

    name: str
    operations: tuple[Operation, ...] = attrs.field(repr=False)

    def by_action(self, *actions: str) -> list[Operation]:
        """Return the operations that do one of some things."""
        return [each for each in self.operations if facts(each).action in actions]

    @cached_property
    def is_created(self) -> bool:
        """True if there are operations that create it; there is nothing of it before that."""
        return bool(self.by_action("create", "add")) or any(facts(each).starts_empty for each in self.operations)

    @cached_property
    def is_written(self) -> bool:
        """True if there is an operation that changes something of it: what only can be read need not be remembered."""
        return any(facts(each).action not in ("read", "list") for each in self.operations)

    @cached_property
    def depth(self) -> int:
        """The number of ids that stand before its own in the key of a row."""
        return max((len(facts(each).scope) for each in self.operations if facts(each).id), default=0)

    @cached_property
    def stamps(self) -> tuple[str, ...]:
        """The fields that say when a row was created."""
        return tuple(name for name, each in look(self, 0).items() if _CREATED.search(name) and "T" in str(each))

    @cached_property
    def id_field(self) -> str:
        """The field of an answer that has the id."""
        shown = self.by_action("read", "list", "create")
        return next((facts(each).field for each in shown if facts(each).field), "id")

    @cached_property
    def id_schema(self) -> tuple[str, Schema]:
        """Return what the id is called and what it looks like: in an answer, or else in a path."""
        parameter = next((facts(each).id for each in self.operations if facts(each).id), "")
        for each in self.by_action("read", "list", "create"):
            field = (shape(each).at(facts(each).items).fields or {}).get(facts(each).field)
            if field and field.fields is None:
                return snake(parameter or facts(each).field), each.document.resolve(field.schema)
        paths = (each for operation in self.operations for each in operation.parameters("path"))
        return snake(parameter), next((each["schema"] for each in paths if each["name"] == parameter), {})


@cache
def facts_of(operation: Operation) -> Facts | None:
    """Return what an operation does to a resource; None if it does nothing to one."""
    told = operation.facts.get("x-resource")
    return Facts(**{name: each for name, each in told.items() if each is not None}) if told else None


def facts(operation: Operation) -> Facts:
    """Return the same, of an operation that does something."""
    found = facts_of(operation)
    if found is None:
        raise LookupError(f"{operation} does nothing to a resource")
    return found


def find(name: str) -> Resource | None:
    """Return a resource by its name, whichever product it is of."""
    return every().get(name)


def known(row: Row) -> dict[str, Any]:
    """Return what is known of a row, with its id."""
    resource = find(row.resource)
    named = {resource.id_field: row.id} if resource and row.id else {}
    return {name: each for name, each in {**named, **row.fields}.items() if each is not None}


def full(row: Row) -> dict[str, Any]:
    """Return all fields of a row: those that are known, laid over an example of the contract."""
    resource = find(row.resource)
    named = {resource.id_field: row.id} if resource and row.id else {}
    laid: dict[str, Any] = lay(look_of(row), {**named, **row.fields})
    return {name: each for name, each in laid.items() if each is not None}


def look_of(row: Row) -> dict[str, Any]:
    """Return the example that a row is laid over: the same one each time, without what its creator did not say."""
    resource = find(row.resource)
    return _unsaid(resource, crc32(row.id.encode()) % LOOKS) if resource else {}


@cache
def _unsaid(resource: Resource, number: int) -> dict[str, Any]:
    """Return an example of what is created with the defaults of what a body may say, and without what has none."""
    shown = look(resource, number)
    for each in resource.by_action("create", "add", "change") if resource.by_action("create", "add") else ():
        shown = without(shown, body(each).at(facts(each).body or facts(each).items))
    return shown


@cache
def look(resource: Resource, number: int) -> dict[str, Any]:
    """Return the example of a row, one of `LOOKS`: with all fields that any operation answers with."""
    seen: dict[str, Any] = {}
    for each in resource.by_action("create", "list", "read"):
        answer = example(each, number)
        if facts(each).action == "list":
            items = _at(answer, facts(each).items)
            answer = items[0] if isinstance(items, list) and items else None
        seen = lay(seen, answer) if isinstance(answer, dict) else seen
    return seen


@cache
def example(operation: Operation, number: int) -> Any:
    """Return one of the answers that the contract has for an operation, of the first kind if there are several."""
    document, schema = operation.document, next(iter(operation.answers[operation.success].values()), {})
    kinds = document.resolve(schema).get("anyOf") or [schema]
    return sample(kinds[0], seed=number, name="answer", items=1, schemas=document.schemas) if schema else None


def examples_of(listing: Operation, seed: int) -> list[dict[str, Any]]:
    """Return the items of an answer that the contract has for a list."""
    answer = examples.make_answer(listing, seed=seed)[1]
    return [each for each in _at(answer, facts(listing).items) or () if isinstance(each, dict)]


@cache
def every() -> Mapping[str, Resource]:
    """Return all resources, by their names."""
    found: dict[str, list[Operation]] = {}
    for product in contract.products():
        for operation in contract.operations(product).values():
            if told := facts_of(operation):
                found.setdefault(told.resource, []).append(operation)
    return {name: Resource(name, tuple(operations)) for name, operations in found.items()}


def _at(value: Any, place: str) -> Any:
    for name in filter(None, place.split(".")):
        value = value.get(name) if isinstance(value, dict) else None
    return value
