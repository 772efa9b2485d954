"""One operation of every product that has no named module."""

from __future__ import annotations

from functools import partial
from typing import Any

from zoom_api_client.cli.tour.actions import Action, Stage
from zoom_api_client.core.operation import Operation, Request
from zoom_api_client.core.operations import operations
from zoom_api_client.testing import contract
from zoom_api_client.testing.sample import sample

NAMED = {"meetings", "phone", "team_chat"}


def others(stage: Stage) -> list[Action]:
    """Return an operation of every other product: one that reads, where there is one."""
    chosen: dict[str, Operation[Any]] = {}
    for operation in sorted(operations(), key=plainness):
        chosen.setdefault(operation.product, operation)
    return [
        Action(f"{product}.{chosen[product].name}", "", (partial(stage.zoom.send, request(chosen[product])),))
        for product in sorted(chosen.keys() - NAMED)
    ]


def plainness(operation: Operation[Any]) -> tuple[bool, bool, int, str]:
    """Order operations: what only reads, is not deprecated and needs few identifiers first."""
    return operation.method != "GET", operation.deprecated, operation.path.count("{"), operation.module


def request(operation: Operation[Any]) -> Request[Any]:
    """Return a request with the parameters that an operation must have, made from the contract."""
    declared = contract.operation(operation.product, operation.name)
    schemas = declared.document.schemas

    def values(place: str) -> dict[str, Any]:
        wanted = [each for each in declared.parameters(place) if each["required"]]
        return {each["name"]: sample(each["schema"], name=each["name"], schemas=schemas) for each in wanted}

    body = {}
    if declared.needs_body:
        schema = next(iter(declared.body.values()))
        body = {"body": sample(schema, name="body", full=False, schemas=schemas)}
    return operation.request(values("path"), query=values("query"), headers=values("header"), **body)
