"""Zoom's API called by whoever sends anything: each call is answered as Zoom answers, and none fails within."""

import json
import random
import re
from typing import Any

import pytest

from zoom_api_client.testing import contract, examples
from zoom_api_client.testing.exchange import IncomingRequest
from zoom_api_client.testing.simulator import Simulator

VALUES = [
    None,
    True,
    0,
    -1,
    1.5,
    10**30,
    "",
    "x",
    "a" * 300,
    "2026-03-31",
    "9999-12-31T23:59:59Z",
    [],
    {},
    [None],
    [{}],
]
QUERIES = ["", "", "?page_size=0", "?page_number=-1", "?next_page_token=x", "?from=2020-01-01&to=2026-12-31", "?type=x"]
SEGMENTS = ["me", "owner@example.com", "1", "85746065432", "%20", "a%2Fb", "%00", "%ff"]
WRITING = ("POST", "PUT", "PATCH")


def damaged(chance: random.Random, value: Any) -> Any:
    """Return a value without some of its fields, and with something else in the place of others."""
    if chance.random() < 0.1:
        return chance.choice(VALUES)
    if isinstance(value, dict):
        return {name: damaged(chance, each) for name, each in value.items() if chance.random() > 0.1}
    return [damaged(chance, each) for each in value] if isinstance(value, list) else value


def body(chance: random.Random, operation: contract.Operation) -> bytes:
    """Return a body: an empty one, one of the operation's, or one of those that is damaged."""
    if operation.method not in WRITING or chance.random() < 0.3:
        return chance.choice([b"", b"{}", b"[]", b"null", b"{"])
    example = examples.make_body(operation, seed=chance.randrange(9), full=chance.random() < 0.7)
    return json.dumps(example if chance.random() < 0.4 else damaged(chance, example)).encode()


@pytest.mark.parametrize("lenient", [False, True])
def test_hostile_calls_are_answered(lenient: bool) -> None:
    """Whatever is in the path, the query and the body: the answer is one of Zoom's, and never that we failed."""
    chance, simulator = random.Random(0), Simulator(open=True, lenient=lenient)
    headers = {"Authorization": "Bearer any", "Content-Type": "application/json"}
    declared = [each for product in contract.products() for each in contract.operations(product).values()]
    for operation in declared * 3:
        path = re.sub(r"\{\w+\}", lambda _: chance.choice(SEGMENTS), operation.path) + chance.choice(QUERIES)
        sent = IncomingRequest(operation.method, f"https://api.zoom.us/v2{path}", headers, body(chance, operation))
        answer = simulator.answer(sent)
        assert 200 <= answer.status < 500, (sent, answer)
