"""What was read can be changed and written back in one line, and Zoom takes it."""

import importlib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.client.shapes import Hall, Plan, Room, plan
from zoom_api_client import UNSET, Zoom
from zoom_api_client.api import Operation, operations
from zoom_api_client.core.model import Model
from zoom_api_client.models.meetings import Meeting, UpdateMeetingBody
from zoom_api_client.testing import EmbeddedZoom, contract, examples, validator


def pairs() -> Iterator[tuple[Operation[Any], Operation[Any]]]:
    """Yield what reads a thing and what changes it, wherever Zoom has both at one path."""
    by_path: dict[tuple[str, str], dict[str, Operation[Any]]] = {}
    for each in operations():
        by_path.setdefault((each.product, each.path), {})[each.method] = each
    for methods in by_path.values():
        for method in ("PATCH", "PUT"):
            if "GET" in methods and method in methods and methods[method].media_type == "application/json":
                yield methods["GET"], methods[method]


def bent(value: Any) -> Any:
    """Return an answer with what Zoom sends beyond its document: null, and fields that it does not declare."""
    if isinstance(value, dict):
        return {name: bent(each) for name, each in value.items()} | {"brand_new": None}
    if isinstance(value, list):
        return [bent(each) for each in value] + [None]
    return None if isinstance(value, bool) else value


@pytest.mark.parametrize("answered", [lambda it: it, bent], ids=["as declared", "with what is not declared"])
def test_everything_that_is_read_can_be_written_back(answered: Any) -> None:
    """For each pair of GET and PATCH or PUT, the judge of requests takes what the body takes of the answer."""
    tried = 0
    for reading, writing in pairs():
        operation = contract.operation(writing.product, writing.name)
        answer = examples.make_answer(contract.operation(reading.product, reading.name), items=1)[1]
        schema = next(iter(operation.body.values()), {})
        name = schema.get("$ref", "").rpartition("/")[2]
        body: Any = getattr(importlib.import_module(f"zoom_api_client.models.{writing.product}"), name or "-", Model)
        if not isinstance(answer, dict) or not answer.keys() & body._fields.keys():
            continue
        full = examples.make_body(operation)
        taken = body.taking(answered(answer))
        missing = [each for each in body._required if getattr(taken, each) is UNSET]
        whole = body.taking(answered(answer), **{each: full[body._wires[each]] for each in missing})
        text = whole.to_json().encode()
        assert validator._check_body(operation, "application/json", text, True) == [], f"{writing}: {text!r}"
        tried += 1
    assert tried > 120, tried


def test_meeting_is_renamed_in_one_line() -> None:
    """The mock takes what was made of its own answer, and gets the change."""
    with EmbeddedZoom() as embedded, Zoom("a token", base_url=embedded.base_url) as zoom:
        meeting = Meeting.from_dict(zoom.call("GET", "/meetings/93847566001"))
        body = UpdateMeetingBody.taking(meeting, topic="Renamed")
        zoom.call("PATCH", "/meetings/93847566001", json=body)
        assert embedded.violations == []
    assert body.topic == "Renamed"
    assert body.duration == meeting.duration


def test_change_wins_and_the_source_stays() -> None:
    """What is given by name stands in the place of what was read."""
    source = plan(room=Room(id=1), note="old", tags=["a"])
    taken = Plan.taking(source, note="new", room=UNSET)
    assert taken.to_dict() == {"topic": "Move", "note": "new", "tags": ["a"]}
    taken.tags.append("b")  # type: ignore[union-attr]
    assert source.to_dict() == {"topic": "Move", "note": "old", "room": {"id": 1}, "tags": ["a"]}


def test_only_what_is_declared_and_fits_is_taken() -> None:
    """Unknown fields, null, other types, unknown choices and parts without what they require are left."""
    read = {
        "topic": "Move", "brand_new": 1, "note": None, "id": "7", "kind": 9, "day": "someday", "open": "yes",
        "room": {"name": "No id"}, "rooms": [{"id": 1, "new": 2}, {"name": "No id"}, None], "tags": [None],
    }  # fmt: skip
    assert Plan.taking(read).to_dict() == {"topic": "Move", "note": None, "rooms": [{"id": 1}]}


def test_of_alternatives_the_likest_is_taken() -> None:
    """A part that could be several things keeps most of its fields."""
    read = {"topic": "Move", "place": {"label": "North", "number": 3}}
    assert Plan.taking(read).to_dict() == read
    assert Hall.taking({"label": {"id": 1}, "number": 3}).to_dict() == {"label": {"id": 1}}


def test_misspelt_change_says_what_was_meant() -> None:
    """A change that is not a field would be lost."""
    with pytest.raises(TypeError, match="did you mean 'topic'"):
        Plan.taking({}, topik="x")
