"""Answers that leave Zoom's documents are counted, and refused by a strict client only."""

import json
import logging
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.client.worlds import World
from zoom_api_client import errors
from zoom_api_client.api.meetings import create_meeting, delete_meeting, get_meeting, list_meetings
from zoom_api_client.core.conformance import departures
from zoom_api_client.core.operation import Operation
from zoom_api_client.core.operations import operations
from zoom_api_client.testing import contract, examples


def answer(operation: Operation[Any]) -> Any:
    """Return an answer as the documents have it, with every field."""
    _, value = examples.make_answer(contract.operation(operation.product, operation.name))
    return value if isinstance(value, bytes) else json.loads(json.dumps(value))


def found(operation: Operation[Any], value: Any, status: int = 0) -> list[tuple[str, str]]:
    """Return the departures of a decoded answer."""
    status = status or next(iter(operation.results))
    return [(each.field, each.what) for each in departures(operation, status, operation.decode(status, value))]


def test_answers_in_order_are_not_drift() -> None:
    """A strict client that refuses what the documents have is of no use."""
    for operation in operations(master=True):
        success = contract.operation(operation.product, operation.name).success
        result = answer(operation)
        departed = departures(
            operation, success, result if isinstance(result, bytes) else operation.decode(success, result)
        )
        assert not list(departed), operation


@pytest.mark.parametrize(
    ("bend", "departure"),
    [
        (lambda it: it.update(new_field=1), ("new_field", "is not declared")),
        (lambda it: it["settings"].update(new_field=1), ("settings.new_field", "is not declared")),
        (lambda it: it.update(type=99), ("type", "has the value 99, which is not declared")),
        (lambda it: it.update(duration="30"), ("duration", "is text, not a whole number")),
        (lambda it: it.update(topic=None), ("topic", "is None, not text")),
        (lambda it: it.update(settings=[]), ("settings", "is a list, not MeetingSettings")),
        (lambda it: it.update(created_at="yesterday"), ("created_at", "is text, not a datetime")),
        (
            lambda it: it["occurrences"][0].update(duration=True),
            ("occurrences[].duration", "is True or False, not a whole number"),
        ),
    ],
)
def test_departures_of_a_field_are_reported(bend: Callable[[Any], Any], departure: tuple[str, str]) -> None:
    """New fields, new values, wrong types: each is reported with its place."""
    bent = answer(get_meeting.OPERATION)
    bend(bent)
    ((field, what),) = found(get_meeting.OPERATION, bent)
    assert (field, what.partition(" or MeetingS")[0]) == departure


def test_departures_of_the_whole_are_reported() -> None:
    """A status of its own, a body where there is none, and a list where an object is."""
    assert found(create_meeting.OPERATION, answer(create_meeting.OPERATION), 202) == [
        ("the answer", "has the status 202, which is not declared")
    ]
    assert found(delete_meeting.OPERATION, {"id": 1}) == [("the answer", "has a body, and none is declared")]
    assert found(list_meetings.OPERATION, []) == [("the answer", "is a list, not MeetingList")]


def test_a_departure_shows_no_secret() -> None:
    """Only values of enumerations are shown."""
    bent = {**answer(get_meeting.OPERATION), "password": ["5ecr3t"], "start_url": {"x": "5ecr3t"}}
    assert "5ecr3t" not in str(found(get_meeting.OPERATION, bent))


async def test_a_strict_client_refuses_what_leaves_the_documents(world: World) -> None:
    """The first such answer is an error that says where, and keeps the result."""
    bent = {**answer(get_meeting.OPERATION), "new_field": 1}
    zoom = world.zoom(lambda _: httpx.Response(200, json=bent), strict=True)
    with pytest.raises(errors.ContractDrift, match=r"get_meeting: new_field is not declared") as caught:
        await world.of(zoom.meetings.get(5))
    assert caught.value.result.to_dict() == bent
    assert [str(each) for each in zoom.drift_report()] == ["meetings.get_meeting: new_field is not declared"]


async def test_other_clients_take_it_and_count_it(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is raised; it is logged once, and counted where it was looked at: answers 2 and 16."""
    bent = {**answer(get_meeting.OPERATION), "new_field": 1}
    zoom = world.zoom(lambda _: httpx.Response(200, json=bent))
    with caplog.at_level(logging.INFO, "zoom_api_client"):
        for _ in range(17):
            await world.of(zoom.meetings.get(5))
    assert list(zoom.drift_report().values()) == [2]
    assert [each.getMessage() for each in caplog.records if "drift" in each.getMessage()] == [
        "drift: meetings.get_meeting: new_field is not declared"
    ]
    assert zoom.for_account("other").drift_report() == zoom.drift_report()
