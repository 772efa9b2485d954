"""What `mock_zoom` costs a test suite: once in a session, once in a test, and for each call."""

import asyncio
import time
from collections.abc import Iterator
from functools import partial

from benchmarks.figure import Figure, seconds
from benchmarks.rounds import fresh, interleave, worked
from zoom_api_client import AsyncZoom, Zoom
from zoom_api_client.testing import mock_zoom

ROUNDS = 7
START, CALL, FIRST_USE = 0.001, 0.0007, 0.3
MEETING = 85746065432

# The first test of a session pays for the imports, and for the contract of all products. httpx and httpcore load rich
# and trio where these are installed: the extra `testing` does not install them.
ALONE = """
import sys
sys.modules.update(rich=None, trio=None)
"""
FIRST = """
import json, time
began = time.process_time()
from zoom_api_client.testing import mock_zoom
with mock_zoom() as zoom:
    started = time.process_time()
    from zoom_api_client import Zoom
    with Zoom("any token") as client:
        client.meetings.get(85746065432)
print(json.dumps([started - began, time.process_time() - started]))
"""


def run() -> Iterator[Figure]:
    """Measure the fixture and calls of either world, then what comes first in a session."""
    with mock_zoom(), Zoom("any token", guard=None) as client:  # 100 creations a day would end the measuring
        measures = {
            "starting and ending the fixture": worked(_fixture, times=20),
            "a mocked call": worked(lambda: client.meetings.get(MEETING), times=100),
            "a mocked call that creates": worked(lambda: client.meetings.create("me", topic="Standup"), times=100),
            "a mocked call, awaited": _awaited,
        }
        taken = interleave(measures, ROUNDS)
    budgets = dict.fromkeys(measures, CALL) | {"starting and ending the fixture": START}
    yield from (seconds(what, taken[what], budgets[what]) for what in measures)
    begun = interleave({"testing": partial(_first, ALONE + FIRST), "every": partial(_first, FIRST)}, ROUNDS)
    yield seconds("once a session: its start, its first call; extra testing", begun["testing"], FIRST_USE)
    yield seconds("the same with every extra: rich and trio are loaded too", begun["every"])


def _first(script: str) -> float:
    """Return the processor time of the start of a session, imports included, and of its first call."""
    began, called = fresh("-c", script)[0]
    return float(began + called)


def _fixture() -> None:
    with mock_zoom():
        pass


def _awaited() -> float:
    async def calls() -> float:
        async with AsyncZoom("any token") as client:
            await client.meetings.get(MEETING)
            began = time.process_time()
            for _ in range(100):
                await client.meetings.get(MEETING)
            return (time.process_time() - began) / 100

    return asyncio.run(calls())
