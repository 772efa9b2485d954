"""The table of what operations tell of: every line of it is of the contract, and every event that comes of it too."""

import json

import pytest

from tests.simulator.calling import Calling
from tests.simulator.rounds import ELSEWHERE, Round
from zoom_api_client.testing import contract, validator
from zoom_api_client.testing.simulator import Simulator, resources
from zoom_api_client.testing.simulator.events import by_operation
from zoom_api_client.testing.simulator.events.by_operation import EVENTS
from zoom_api_client.testing.simulator.events.content import Happened, write


@pytest.mark.parametrize("operation", sorted(EVENTS))
def test_lines_of_the_table_are_of_the_contract(operation: str) -> None:
    """The operation writes a row, the event exists, and has room for a row where the line says so."""
    declared = contract.operation(*operation.split("."))
    event, _, place = EVENTS[operation].partition(" ")
    assert resources.facts(declared).action not in ("read", "list")
    assert contract.event(event)
    if place:
        item = {"id": "1", "name": "of-the-row"}
        about = {place.removesuffix("[]"): [item] if place.endswith("[]") else item}
        zoom = Simulator()
        body = write(Happened(event, about, "account", zoom.clock.now()))
        assert place.removesuffix("[]") in json.loads(body)["payload"]["object"]


@pytest.mark.parametrize(
    "name", sorted({resources.facts(contract.operation(*each.split("."))).resource for each in EVENTS} - ELSEWHERE)
)
def test_what_happens_to_a_row_is_reported_in_events_of_the_contract(name: str) -> None:
    """A round of each resource that tells: no event leaves the contract, and its object is the row."""
    going, resource = Round(Simulator(open=True)), resources.every()[name]
    happened: list[Happened] = []
    going.simulator.events.emit = lambda *told: happened.append(Happened(*told, going.simulator.clock.now()))
    row = going.create(resource) if resource.by_action("create", "add") else None
    for operation in resource.operations:
        if row is not None and resources.facts(operation).action in ("change", "delete", "remove"):
            going.on_row(operation, row)
    for each in happened:
        assert validator.check_event(each.name, json.loads(write(each))) == [], each.name
    creating = [str(each) for each in resource.by_action("create", "add")[:1]]
    if creating and creating[0] in EVENTS:
        assert EVENTS[creating[0]].partition(" ")[0] in {each.name for each in happened}


def test_fields_go_where_the_event_has_room_for_them() -> None:
    """The token of a recording lies at the top, the operator in the payload, the topic in the object."""
    about = {"download_token": "token-of-a-day", "operator": "mei@example.com", "topic": "Planning", "nonsense": 1}
    completed = json.loads(write(Happened("recording.completed", about, "account", Simulator().clock.now())))
    updated = json.loads(write(Happened("meeting.updated", about, "account", Simulator().clock.now())))
    assert completed["download_token"] == "token-of-a-day"
    assert (updated["payload"]["operator"], updated["payload"]["object"]["topic"]) == ("mei@example.com", "Planning")
    assert "nonsense" not in json.dumps([completed, updated])


def test_what_a_behaviour_tells_is_reported_once() -> None:
    """The table says it of `meetings.create_meeting` too, whose behaviour says it itself."""
    going = Round(Simulator(open=True))
    names: list[str] = []
    going.simulator.events.emit = lambda event, about, account: names.append(event)
    going.create(resources.every()["meetings"])
    assert names == ["meeting.created"]
    assert by_operation.EVENTS["meetings.create_meeting"] == "meeting.created"


def test_a_user_is_removed_or_deleted_and_not_both() -> None:
    """The behaviour has another event for it than the table."""
    zoom = Calling()
    names: list[str] = []
    zoom.simulator.events.emit = lambda event, about, account: names.append(event)
    zoom.simulator.seed({"users": [{"email": "jane@example.com"}]})
    zoom.delete("/users/jane@example.com")
    assert names == ["user.disassociated"]
