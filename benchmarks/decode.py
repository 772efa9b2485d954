"""From the bytes of a page of 300 meetings to typed models: ours, against what else does that."""

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any, cast

import attrs
import orjson

from benchmarks import peers
from benchmarks.figure import Figure, ratio, seconds
from benchmarks.rounds import interleave, worked
from zoom_api_client.api.meetings import list_meetings
from zoom_api_client.models.meetings import MeetingListMeeting
from zoom_api_client.testing import contract, examples
from zoom_api_client.transport import responses, results

MEETINGS = 300
ROUNDS = 40
TIMES = 10
BUDGETS = {"decode: pydantic v2": 0.6, "decode: orjson.loads": 1.4}

OURS, PYDANTIC = "ours", "pydantic v2"
DICTS = ("json.loads", "orjson.loads")
FIELDS = tuple(peers.PydanticMeeting.model_fields)

Decode = Callable[[bytes], Any]


def run() -> Iterator[Figure]:
    """Measure decoding alone, and with every field of every meeting read: ours parses a time when it is read."""
    if {field.name for field in attrs.fields(cast(Any, MeetingListMeeting))} != set(FIELDS):
        raise RuntimeError("MeetingListMeeting has other fields now: bring benchmarks/peers.py up to it")
    content = page()
    with tempfile.TemporaryDirectory() as scratch:
        ways = decoders(Path(scratch))
        readers = {name: partial(_read_all, name, decode) for name, decode in ways.items()}
        _agree({name: read(content) for name, read in readers.items() if name not in DICTS})
        yield from _compared("decode", ways, content)
        yield from _compared("decode and read", readers, content)


def page() -> bytes:
    """Return Zoom's answer: the same at every run."""
    _, answer = examples.make_answer(contract.operation("meetings", "list_meetings"), items=MEETINGS)
    return json.dumps(answer).encode()


def ours(content: bytes) -> Any:
    """Decode as the client does when an answer has come."""
    answer = responses.Response(200, {"content-type": "application/json"}, content)
    assert results.find_failure(answer, list_meetings.OPERATION) is None
    return results.read(answer, list_meetings.OPERATION)


def decoders(scratch: Path) -> dict[str, Decode]:
    """Return what decodes a page, by its name."""
    return {
        OURS: ours,
        PYDANTIC: peers.PydanticPage.model_validate_json,
        "json.loads": json.loads,
        "orjson.loads": orjson.loads,
        "stock generator": peers.stock_decode(scratch),
        "cattrs": peers.cattrs_decode(),
    }


def _read_all(name: str, decode: Decode, content: bytes) -> list[tuple[Any, ...]]:
    result = decode(content)
    if name in DICTS:
        return list(map(itemgetter(*FIELDS), result["meetings"]))
    names = [name if hasattr(result.meetings[0], name) else f"{name}_" for name in FIELDS]  # the stock `type_`
    return list(map(attrgetter(*names), result.meetings))


def _agree(read: dict[str, list[tuple[Any, ...]]]) -> None:
    """Make sure that all of them did the work: they must have read the same values, times included."""
    if odd := [name for name, values in read.items() if values != read[OURS] or len(values) != MEETINGS]:
        raise RuntimeError(f"{OURS} and {', '.join(odd)} read different values")


def _compared(what: str, ways: Mapping[str, Decode], content: bytes) -> Iterator[Figure]:
    measures = {name: worked(partial(way, content), times=TIMES) for name, way in ways.items()}
    taken = interleave(measures, ROUNDS)
    for name in ways:
        if name != OURS:
            yield ratio(f"{what}: {OURS} / {name}", taken[OURS].over(taken[name]), BUDGETS.get(f"{what}: {name}"))
    yield seconds(f"{what}: {OURS}", taken[OURS])
    yield seconds(f"{what}: {PYDANTIC}", taken[PYDANTIC])
