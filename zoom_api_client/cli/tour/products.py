"""One operation of every product that has no named module, through `zoom.api`."""

from __future__ import annotations

from functools import partial
from typing import Any

from zoom_api_client.cli.tour.actions import Action, Stage
from zoom_api_client.core.operation import Operation
from zoom_api_client.core.operations import operations
from zoom_api_client.testing import contract, examples
from zoom_api_client.testing.sample import sample
from zoom_api_client.testing.simulator import resources

NAMED = {"meetings", "phone", "team_chat"}


def others(stage: Stage) -> list[Action]:
    """Return an operation of every other product: one that reads a list, where there is one."""
    chosen: dict[str, Operation[Any]] = {}
    for operation in sorted(filter(is_plain, operations()), key=plainness):
        chosen.setdefault(operation.product, operation)
    return [call(stage.zoom, chosen[product]) for product in sorted(chosen.keys() - NAMED)]


def is_plain(operation: Operation[Any]) -> bool:
    """Return whether an operation needs no more than its path and its body say, and nothing that is created before."""
    declared = contract.operation(operation.product, operation.name)
    asked = any(each["required"] for place in ("query", "header") for each in declared.parameters(place))
    facts = resources.facts_of(declared)
    parents = [resources.find(each) for each in facts.parents.values()] if facts else []
    return not asked and not any(each.is_created for each in parents if each)


def plainness(operation: Operation[Any]) -> tuple[bool, bool, int, bool, str]:
    """Order operations: what only reads, is not deprecated, needs few identifiers and has a list first."""
    identifiers = operation.path.count("{")
    return operation.method != "GET", operation.deprecated, identifiers, operation.paged is None, operation.module


def call(zoom: Any, operation: Operation[Any]) -> Action:
    """Return the action that calls an operation, and reads its list to the end if it has one."""
    called = getattr(getattr(zoom.api, operation.product), operation.name)
    name = f"zoom.api.{operation}"
    if operation.paged:
        name, called = f"{name}.all", called.all
    return Action(name, "", (partial(called, *identifiers(operation), **body(operation)),))


def identifiers(operation: Operation[Any]) -> list[Any]:
    """Return values for the path in their order, made from the contract."""
    declared = contract.operation(operation.product, operation.name)
    in_order = sorted(declared.parameters("path"), key=lambda each: operation.path.find(f"{{{each['name']}}}"))
    schemas = declared.document.schemas
    return [sample(each["schema"], name=each["name"], schemas=schemas) for each in in_order]


def body(operation: Operation[Any]) -> dict[str, Any]:
    """Return the body, made from the contract, where an operation must have one."""
    declared = contract.operation(operation.product, operation.name)
    return {"body": examples.make_body(declared, full=False)} if declared.needs_body else {}
