"""What a call through a module costs, against bare httpx and requests: one after the other, and 500 at once."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import httpx
import requests

from benchmarks.answering import serve
from benchmarks.figure import Figure, ratio
from benchmarks.rounds import Ratio, Spread, interleave, time_calls
from zoom_api_client import AsyncZoom, Zoom
from zoom_api_client.testing import contract, examples

TOKEN = "a token"
HEADERS = {"authorization": f"Bearer {TOKEN}"}
MEETING = 85746065432
ROUNDS = 20
ROUNDS_IN_A_ROW, IN_A_ROW = 60, 50
AT_ONCE = 500
ONE, ONE_BY_REQUESTS = 1.10, 0.75
MANY = 1.11
MANY_BY_AIOHTTP = 0.35


def run() -> Iterator[Figure]:
    """Get a meeting from a server on loopback, as a model and as a dict."""
    _, answer = examples.make_answer(contract.operation("meetings", "get_meeting"))
    with serve(json.dumps(answer).encode()) as origin:
        taken = _one_by_one(f"{origin}/v2")
        yield ratio("one call, against bare httpx and json", taken["ours"].over(taken["httpx"]), ONE)
        yield ratio("the same, against requests", taken["ours"].over(taken["requests"]), ONE_BY_REQUESTS)
        yield ratio(f"{AT_ONCE} concurrent calls, against the same of httpx", _at_once(f"{origin}/v2"), MANY)
        by_aiohttp = _at_once(f"{origin}/v2", transport="aiohttp")
        yield ratio(f"{AT_ONCE} concurrent calls by aiohttp, against httpx", by_aiohttp, MANY_BY_AIOHTTP)


def _one_by_one(base_url: str) -> dict[str, Spread]:
    address = f"{base_url}/meetings/{MEETING}"
    with Zoom(TOKEN, base_url=base_url) as zoom, httpx.Client(headers=HEADERS) as client, requests.Session() as session:
        session.headers.update(HEADERS)
        return interleave(
            {
                "ours": time_calls(lambda: zoom.meetings.get(MEETING), times=IN_A_ROW),
                "httpx": time_calls(lambda: json.loads(client.get(address).content), times=IN_A_ROW),
                "requests": time_calls(lambda: session.get(address).json(), times=IN_A_ROW),
            },
            ROUNDS_IN_A_ROW,
        )


def _at_once(base_url: str, **options: Any) -> Ratio:
    address = f"{base_url}/meetings/{MEETING}"
    zoom, client = AsyncZoom(TOKEN, base_url=base_url, **options), httpx.AsyncClient(headers=HEADERS, timeout=30)

    async def bare() -> Any:
        return json.loads((await client.get(address)).content)

    with asyncio.Runner() as runner:
        taken = interleave(
            {
                "ours": time_calls(lambda: runner.run(_gathered(lambda: zoom.meetings.get(MEETING))), times=1),
                "bare": time_calls(lambda: runner.run(_gathered(bare)), times=1),
            },
            ROUNDS,
        )
        runner.run(zoom.aclose())
        runner.run(client.aclose())
    return taken["ours"].over(taken["bare"])


async def _gathered(call: Callable[[], Awaitable[Any]]) -> None:
    await asyncio.gather(*[call() for _ in range(AT_ONCE)])
