"""Fixtures: an account with users, meetings and recordings in ten lines, and what is wrong with a fixture."""

import pytest

from tests.simulator.calling import Calling
from zoom_api_client.testing.simulator.resources import LOOKS

ACCOUNT = """
users:
  - {email: jane@example.com, first_name: Jane, last_name: Doe}
  - id: omar
    email: omar@example.com
    meetings:
      - topic: Standup
        start_time: 2026-03-31T09:00:00Z
        registrants: [{email: mei@example.com, first_name: Mei}]
    recordings: [{id: "85746065432", topic: Standup}]
phone.sites: [{name: Headquarters}]
"""


def test_an_account_stands_in_ten_lines() -> None:
    """What is in a fixture is listed as if it had been created, in the place where it belongs."""
    zoom = Calling()
    zoom.simulator.seed(ACCOUNT)
    assert [each["email"] for each in zoom.get("/users")["users"]][1:] == ["jane@example.com", "omar@example.com"]
    (meeting,) = zoom.get("/users/omar@example.com/meetings")["meetings"]
    assert (meeting["topic"], meeting["start_time"]) == ("Standup", "2026-03-31T09:00:00Z")
    (registrant,) = zoom.get(f"/meetings/{meeting['id']}/registrants")["registrants"]
    assert registrant["email"] == "mei@example.com"
    assert zoom.get("/users/omar/recordings")["meetings"][0]["topic"] == "Standup"
    assert [each["name"] for each in zoom.get("/phone/sites")["sites"]] == ["Headquarters"]


@pytest.mark.parametrize(
    ("fixture", "says"),
    [
        ("people: [{email: jane@example.com}]", "not 'people'"),
        ("users: {email: jane@example.com}", "not 'users'"),
        ("jane@example.com", "is an object of lists"),
        ("users: [", "is not YAML"),
    ],
)
def test_a_fixture_that_is_wrong_says_so(fixture: str, says: str) -> None:
    """A misspelt resource that was left out in silence would be looked for in the code under test."""
    zoom = Calling()
    before = zoom.simulator.dump()["rows"]
    with pytest.raises(ValueError, match=says):
        zoom.simulator.seed(fixture)
    assert zoom.simulator.dump()["rows"] == before


def test_each_meeting_has_a_uuid_of_its_own() -> None:
    """Two with the same one are the same to a client that looks for what it has already."""
    calling, many = Calling(), [{}] * (LOOKS + 1)
    jane = {"email": "jane@example.com", "meetings": [*many, {"uuid": "mine"}], "webinars": many}
    calling.simulator.seed({"users": [jane]})
    for kind in ("meetings", "webinars"):
        uuids = [each["uuid"] for each in calling.get(f"/users/jane@example.com/{kind}")[kind]]
        assert len(set(uuids)) == len(uuids)
    assert calling.get("/meetings/mine")["uuid"] == "mine"


def test_a_fixture_adds_to_the_owner_who_is_there() -> None:
    """Named by the e-mail address, the owner stays one user, and `me` has what the fixture gave."""
    calling = Calling()
    calling.simulator.seed("users: [{email: owner@example.com, dept: Sales, meetings: [{topic: Standup}]}]")
    (owner,) = calling.get("/users")["users"]
    assert (owner["dept"], owner["last_name"]) == ("Sales", "Owner")
    assert [each["topic"] for each in calling.get("/users/me/meetings")["meetings"]] == ["Standup"]


def test_a_user_is_active_and_licensed_unless_the_fixture_says_otherwise() -> None:
    """Who has an e-mail address alone was shut out, or invited and never came, as the contract's example had it."""
    calling = Calling()
    calling.simulator.seed({"users": [{"email": f"{each}@example.com"} for each in range(20)]})
    calling.simulator.seed({"users": [{"email": "left@example.com", "status": "inactive"}]})
    active = calling.get("/users", status="active", page_size=300)["users"]
    assert (len(active), {each["type"] for each in active}) == (21, {2})
    assert [each["email"] for each in calling.get("/users", status="inactive")["users"]] == ["left@example.com"]
