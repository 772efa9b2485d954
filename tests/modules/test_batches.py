"""More than 30 at a time: all of them arrive, and a failure tells which did."""

import json
from typing import Any

import httpx
import pytest

from tests.client.worlds import Handler, World
from zoom_api_client import errors
from zoom_api_client.models.meetings import MeetingRegistrantListRegistrant
from zoom_api_client.transport.retry import Retry

PEOPLE = [f"id {each}" for each in range(65)]


def taking(failing: int = 0, failure: Exception | None = None) -> Handler:
    """Answer like Zoom, but fail the how many-eth request: by an error, or because the meeting is gone."""
    count = 0

    def reply(_: httpx.Request) -> httpx.Response:
        nonlocal count
        count += 1
        if count != failing:
            return httpx.Response(204)
        if failure:
            raise failure
        return httpx.Response(404, json={"code": 3001, "message": "Gone."})

    return reply


def sent(world: World) -> list[list[Any]]:
    """Return the registrants of each request."""
    return [json.loads(each.content)["registrants"] for each in world.seen]


async def test_batches_of_thirty_have_everybody_once(world: World) -> None:
    """Zoom refuses the 31st; whoever falls between two batches is never approved."""
    zoom = world.zoom(taking())
    await world.of(zoom.meetings.update_registrant_status(5, "approve", PEOPLE, occurrence_id=7))
    assert [len(each) for each in sent(world)] == [30, 30, 5]
    assert [each["id"] for batch in sent(world) for each in batch] == PEOPLE
    assert {each.url.query for each in world.seen} == {b"occurrence_id=7"}


@pytest.mark.parametrize("failure", [None, httpx.ReadError("broke")], ids=repr)
async def test_failure_tells_who_was_done_and_who_was_not(world: World, failure: Exception | None) -> None:
    """Without it the caller must ask Zoom about each of them."""
    zoom = world.zoom(taking(2, failure), retry=Retry(attempts=1))
    with pytest.raises(errors.BatchFailed, match="30 were done, then a batch of 30 failed") as failed:
        await world.of(zoom.webinars.update_registrant_status(5, "deny", PEOPLE))
    kinds = (errors.NotFound, errors.ConnectionFailed)
    assert isinstance(failed.value.__cause__, kinds)
    told = [[each["id"] for each in part] for part in (failed.value.done, failed.value.failed, failed.value.left)]
    assert told == [PEOPLE[:30], PEOPLE[30:60], PEOPLE[60:]]
    assert len(world.seen) == 2


async def test_single_batch_fails_with_its_own_error(world: World) -> None:
    """`except NotFound` holds for the usual case."""
    zoom = world.zoom(taking(1))
    with pytest.raises(errors.NotFound):
        await world.of(zoom.meetings.update_registrant_status(5, "deny", PEOPLE[:30]))


async def test_mistake_in_the_last_batch_is_found_before_the_first_is_sent(world: World) -> None:
    """Half of them would be panelists already."""
    people: list[dict[str, Any]] = [{"name": "x", "email": "x@example.com"}] * 64 + [{"name": 5}]
    with pytest.raises(TypeError, match="name must be text"):
        await world.of(world.zoom(taking()).webinars.add_panelists(5, people))
    assert world.seen == []


@pytest.mark.parametrize(
    ("registrant", "named"),
    [
        ("jane@example.com", {"email": "jane@example.com"}),
        ("9tboDiHUQAeOnbmudzWa5g", {"id": "9tboDiHUQAeOnbmudzWa5g"}),
        ({"id": "9t", "email": "jane@example.com", "first_name": "Jane"}, {"id": "9t", "email": "jane@example.com"}),
        (MeetingRegistrantListRegistrant.from_dict({"id": "9t", "status": "pending"}), {"id": "9t"}),
    ],
)
async def test_registrant_is_named_as_people_have_them(world: World, registrant: Any, named: dict[str, str]) -> None:
    """An address, an id, or what the list gave: Zoom gets its id and address, and nothing else."""
    await world.of(world.zoom(taking()).meetings.update_registrant_status(5, "deny", [registrant]))
    assert sent(world) == [[named]]


@pytest.mark.parametrize(
    ("registrants", "error", "says"),
    [
        ([], ValueError, "nothing to send"),
        ("jane@example.com", TypeError, "give a list"),
        ([{"first_name": "Jane"}], ValueError, "cannot be named"),
    ],
)
async def test_registrants_that_name_nobody_are_refused(
    world: World, registrants: Any, error: type[Exception], says: str
) -> None:
    """Each letter of an address would be a registrant; without any, Zoom may take all."""
    with pytest.raises(error, match=says):
        await world.of(world.zoom(taking()).meetings.update_registrant_status(5, "deny", registrants))
    assert world.seen == []


async def test_last_answer_of_several_is_returned(world: World) -> None:
    """It has the latest `updated_at`."""

    def reply(_: httpx.Request) -> httpx.Response:
        return httpx.Response(201, json={"id": "5", "updated_at": f"2026-03-01T10:00:0{len(world.seen)}Z"})

    people = [{"name": "x", "email": "x@example.com"}] * 31
    assert (await world.of(world.zoom(reply).webinars.add_panelists(5, people))).updated_at.second == 2
