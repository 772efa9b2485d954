"""Every resource that remembers goes round: what is created is listed, read, changed, deleted, and then not there."""

import json

import pytest

from tests.simulator.rounds import ELSEWHERE, Round, faults, shown
from zoom_api_client.testing import contract
from zoom_api_client.testing.contract import Operation
from zoom_api_client.testing.exchange import OutgoingAnswer
from zoom_api_client.testing.simulator import resources
from zoom_api_client.testing.simulator.resources import Resource, facts
from zoom_api_client.testing.simulator.store import Row

WRITTEN = {name: each for name, each in resources.every().items() if each.is_written}
CREATED = sorted(name for name, each in WRITTEN.items() if each.by_action("create", "add") and name not in ELSEWHERE)
GIVEN = sorted(name for name, each in WRITTEN.items() if not each.is_created and each.by_action("list"))


@pytest.mark.parametrize("name", CREATED)
def test_what_is_created_is_there_until_it_is_deleted(name: str) -> None:
    """A resource that the rule of the generator misreads would lose what is created, or keep what is deleted."""
    going = Round()
    row = going.create(WRITTEN[name])
    _check_lists(going, WRITTEN[name], row, there=True)
    _check_reads(going, WRITTEN[name], row)
    _check_deleted(going, WRITTEN[name], row)
    assert not going.simulator.violations


@pytest.mark.parametrize("name", GIVEN)
def test_what_nobody_creates_is_there_and_may_be_changed(name: str) -> None:
    """Recordings and call logs come into being elsewhere: those of the contract are there, and can be deleted."""
    going, resource = Round(), WRITTEN[name]
    listing = next((each for each in resource.by_action("list") if len(facts(each).scope) == resource.depth), None)
    if listing is None:
        pytest.skip("is only listed for the whole account")
    answer = going.to_owner(listing)
    assert answer.status == listing.success
    assert not faults(listing, answer)
    row = going.rows(resource)[0]
    _check_reads(going, resource, row)
    _check_deleted(going, resource, row)


def test_every_product_that_writes_remembers() -> None:
    """Whoever tests against one product only would find a simulator that forgets; three of them can only be read."""
    forgetful = set()
    for product in contract.products():
        operations = contract.operations(product).values()
        kinds = {each.resource for each in map(resources.facts_of, operations) if each}
        if operations and not any(WRITTEN[each].is_created for each in kinds & WRITTEN.keys()):
            forgetful.add(product)
            written = [each for each in operations if each.method != "GET"]
            assert all(facts(each).resource in WRITTEN for each in written), f"{product} forgets {written}"
    assert forgetful == {"ai_companion", "cobrowse_sdk", "healthcare", "qss"}


def test_what_is_sent_in_parts_is_remembered() -> None:
    """A body of parts is a body: the fields that stand beside a file are shown again."""
    going, assets = Round(), WRITTEN["contact_center.asset_library.assets"]
    row = going.create(assets)
    (reading,) = assets.by_action("read")
    assert json.loads(going.on_row(reading, row).body)["asset_name"] == row.fields["asset_name"]


def _check_reads(going: Round, resource: Resource, row: Row) -> None:
    for operation in (*resource.by_action("read"), *resource.by_action("change"), *resource.by_action("read")):
        _check(operation, going.on_row(operation, row))


def _check_lists(going: Round, resource: Resource, row: Row, *, there: bool) -> None:
    for operation in going.listing(resource):
        answer = going.on_row(operation, row)
        _check(operation, answer)
        if field := facts(operation).field:
            assert (row.id in [str(each[field]) for each in shown(operation, answer)]) is there, operation
        elif there:
            assert shown(operation, answer), operation


def _check_deleted(going: Round, resource: Resource, row: Row) -> None:
    deleting = next(iter(resource.by_action("delete")), None)
    if deleting is None:
        return
    _check(deleting, going.on_row(deleting, row))
    for operation in resource.by_action("read") if facts(deleting).id else ():
        answer = going.on_row(operation, row)
        assert 400 <= answer.status < 500, f"{operation} reads what is deleted"
        assert json.loads(answer.body)["message"]
        if {400, 404} & operation.answers.keys():
            assert not faults(operation, answer)
    if resource.by_action("create", "add"):
        _check_lists(going, resource, row, there=False)


def _check(operation: Operation, answer: OutgoingAnswer) -> None:
    assert answer.status == operation.success, f"{operation}: {answer.status} {answer.body!r}"
    assert not faults(operation, answer)
