"""`me` in a path: the user whom a token is for, and with a server-to-server app the owner of the account."""

import pytest

from tests.simulator.calling import Calling
from zoom_api_client.testing import contract
from zoom_api_client.testing.contract import Operation
from zoom_api_client.testing.simulator import places, resources

ABOUT_ONE = [
    operation
    for product in contract.products()
    for operation in contract.operations(product).values()
    if (told := resources.facts_of(operation))
    and told.parents.keys() <= places._USERS
    and [each["name"] for each in operation.parameters("path")][:1] in ([name] for name in places._USERS)
]


@pytest.mark.parametrize("operation", ABOUT_ONE, ids=str)
def test_me_is_somebody_in_every_product(operation: Operation) -> None:
    """Whoever calls is a user of what they ask about, and is not told that there is no user `me`."""
    state = Calling().simulator.state
    user, *others = [each["name"] for each in operation.parameters("path")]
    path = {user: "me", **dict.fromkeys(others, "1")}
    place = places.find(contract.Match(operation, path, path), resources.facts(operation), state, state.owner)
    assert place.ids[user] == state.owner.user


def test_own_calls_are_listed_by_me() -> None:
    """An owner who has not called yet has an empty list, and after a call this one."""
    zoom = Calling()
    assert zoom.get("/phone/users/me/call_history")["call_logs"] == []
    zoom.simulator.call("owner@example.com", "+12055550100")
    assert len(zoom.get("/phone/users/me/call_history")["call_logs"]) == 1
    assert zoom.get("/phone/users/me")["email"] == "owner@example.com"
    assert zoom.get("/contact_center/users/me")["user_email"] == "owner@example.com"


def test_another_without_zoom_phone_stays_unknown_to_it() -> None:
    """Only who says `me` is taken for a user of the product."""
    zoom = Calling()
    assert zoom.answer("GET", "/phone/users/owner@example.com").status == 404
