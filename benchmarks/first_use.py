"""Measure the first use of an operation, once a client is there: its attribute, request and decoded answer."""

import json
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.figure import Figure, count, seconds
from benchmarks.rounds import Spread, fresh
from zoom_api_client.testing import contract, examples

SCRIPT = str(Path(__file__).with_name("using.py"))
ROUNDS = 7
WORST = 10
MODULES = 12
SECONDS = 0.03

Use = tuple[contract.Operation, ...]
Taken = dict[str, float]


def run() -> Iterator[Figure]:
    """Measure the two operations that people begin with, then the worst of all."""
    create, get = (contract.operation("meetings", name) for name in ("create_meeting", "get_meeting"))
    named: list[Use] = [(create,), (get,)]
    everything = _everything()
    scanned = dict(zip(everything, fresh(SCRIPT, given="\n".join(map(_line, everything))), strict=True))
    slowest = sorted(everything, key=lambda use: scanned[use]["seconds"])[-WORST:]
    taken = _measure([*named, *slowest])
    for use in named:
        yield from _figures(" + ".join(each.name for each in use), taken[use])
    yield from _worst(scanned)
    worst = max(slowest, key=lambda use: _seconds(taken[use]).median)
    yield seconds(f"worst of {len(everything):,}: time", _seconds(taken[worst]), note=str(worst[0]))
    yield _typical(scanned)


def _everything() -> list[Use]:
    return [(each,) for product in contract.products() for each in contract.operations(product).values()]


def _measure(uses: list[Use]) -> dict[Use, list[Taken]]:
    """Measure each use in interpreters of its own, one use after the other, several times around."""
    lines = {use: _line(use) for use in uses}
    taken: dict[Use, list[Taken]] = {use: [] for use in lines}
    for _ in range(ROUNDS):
        for use, line in lines.items():
            taken[use] += fresh(SCRIPT, given=line)
    return taken


def _figures(what: str, taken: list[Taken]) -> Iterator[Figure]:
    yield count(f"{what}: modules that it loads", _count_added(taken[0]), MODULES)
    yield seconds(f"{what}: time", _seconds(taken), SECONDS)


def _worst(scanned: dict[Use, Taken]) -> Iterator[Figure]:
    use = max(scanned, key=lambda use: _count_added(scanned[use]))
    over = sum(_count_added(each) > MODULES for each in scanned.values())
    note = f"{use[0]}" + (f"; {over:,} are over" if over else "")
    yield count(f"worst of {len(scanned):,}: modules that it loads", _count_added(scanned[use]), MODULES, note=note)


def _typical(scanned: dict[Use, Taken]) -> Figure:
    """Report the operation in the middle: the budget is for typical ones, of which each has its own time."""
    each = [taken["seconds"] for taken in scanned.values()]
    over = sum(one > SECONDS for one in each)
    middle = Spread([statistics.median(each)])
    return seconds(f"median of {len(each):,}: time", middle, SECONDS, note=f"{over} over")


def _count_added(taken: Taken) -> float:
    return taken["after"] - taken["before"]


def _seconds(taken: list[Taken]) -> Spread:
    return Spread(each["seconds"] for each in taken)


def _line(use: Use) -> str:
    return json.dumps([_describe(each) for each in use])


def _describe(operation: contract.Operation) -> dict[str, Any]:
    """Say all that a use needs: made here, so that making it is not measured."""
    media_type, answer = examples.make_answer(operation)
    given: dict[str, Any] = {
        "product": operation.product,
        "name": operation.name,
        "path": {
            each["name"]: next(iter(each["schema"].get("enum", ())), "1") for each in operation.parameters("path")
        },
        "status": operation.success,
        "answer": json.dumps(answer) if media_type.endswith("json") else "",
    }
    if "application/json" in operation.body:
        model = operation.body["application/json"].get("$ref", "").rpartition("/")[2]
        given |= {"model": model, "body": examples.make_body(operation)}
    return given
