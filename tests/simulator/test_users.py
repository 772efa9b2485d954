"""Users: they are created once, counted, shut out and removed; what they are doing is kept."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.simulator.calling import Calling
from tests.simulator.frozen import read
from tests.simulator.watching import Told, check
from zoom_api_client import AsyncZoom, Zoom, errors
from zoom_api_client.testing import MockZoom, contract, mock_zoom
from zoom_api_client.testing.simulator import people

JANE = {"action": "create", "user_info": {"email": "jane@example.com", "first_name": "Jane", "type": 1}}


@pytest.fixture
def mock() -> Iterator[MockZoom]:
    """Return a mock that remembers, at a known time."""
    with mock_zoom(stateful=True) as mock:
        mock.simulator.clock.set(datetime(2026, 3, 31, 9, tzinfo=UTC), frozen=True)
        yield mock
        check(mock.simulator)


@pytest.fixture
def zoom(mock: MockZoom) -> Iterator[Zoom]:
    """Return a client of it."""
    with Zoom("any token") as zoom:
        yield zoom


def test_an_address_is_taken_once(zoom: Zoom) -> None:
    """A program that creates a user again is refused with 1005, in whatever case it writes the address."""
    assert zoom.call("GET", "/users/email", params={"email": "jane@example.com"}) == {"existed_email": False}
    zoom.call("POST", "/users", json=JANE)
    assert zoom.call("GET", "/users/email", params={"email": "jane@example.com"}) == {"existed_email": True}
    with pytest.raises(errors.APIError) as refusal:
        zoom.call("POST", "/users", json={**JANE, "user_info": {"email": "Jane@example.com", "type": 1}})
    assert (refusal.value.status, refusal.value.code) == (409, 1005)


def test_what_happens_to_users_is_reported(mock: MockZoom, zoom: Zoom) -> None:
    """Each change has its event, and says who made it."""
    told = Told(mock.simulator)
    user = zoom.call("POST", "/users", json=JANE)["id"]
    zoom.call("PATCH", f"/users/{user}", json={"dept": "Sales"})
    for action in ("deactivate", "activate"):
        zoom.call("PUT", f"/users/{user}/status", json={"action": action})
    zoom.call("DELETE", f"/users/{user}", params={"action": "delete"})
    happened = ["created", "updated", "deactivated", "activated", "deleted"]
    assert told.names == [f"user.{each}" for each in happened]
    assert {about["id"] for _, about in told.events} == {user}
    assert {about["operator"] for _, about in told.events} == {"owner@example.com"}


def test_users_are_listed_by_status_and_counted(zoom: Zoom) -> None:
    """Who is shut out is still in the account."""
    zoom.call("POST", "/users", json=JANE)
    zoom.call("PUT", "/users/jane@example.com/status", json={"action": "deactivate"})
    listed = zoom.call("GET", "/users", params={"status": "inactive"})["users"]
    assert [each["email"] for each in listed] == ["jane@example.com"]
    summary = zoom.call("GET", "/users/summary")
    assert (summary["total_users_count"], summary["basic_users_count"]) == (2, 1)


async def test_presence_is_set_and_reported(mock: MockZoom) -> None:
    """It is read as it was set, by a call or by the test, and events have their own names for it."""
    told = Told(mock.simulator)
    async with AsyncZoom("any token") as zoom:
        assert await zoom.call("GET", "/users/me/presence_status") == {"status": "Available"}
        await zoom.call("PUT", "/users/me/presence_status", json={"status": "Away"})
        assert await zoom.call("GET", "/users/me/presence_status") == {"status": "Away"}
        mock.simulator.set_presence("owner@example.com", "In_A_Zoom_Meeting")
        assert await zoom.call("GET", "/users/me/presence_status") == {"status": "In_A_Zoom_Meeting"}
    assert [about["presence_status"] for _, about in told.events] == ["Away", "In_Meeting"]


def test_nobody_is_left_undisturbed_for_ever(mock: MockZoom, zoom: Zoom) -> None:
    """The status says how many minutes are left, and ends with them."""
    zoom.call("PUT", "/users/me/presence_status", json={"status": "Do_Not_Disturb", "duration": 30})
    mock.simulator.clock.advance(600)
    assert zoom.call("GET", "/users/me/presence_status") == {
        "status": "Do_Not_Disturb", "end_time": "2026-03-31T09:30:00Z", "remaining_time": 20,
    }  # fmt: skip
    mock.simulator.clock.advance(1200)
    assert zoom.call("GET", "/users/me/presence_status") == {"status": "Available"}


def test_the_presence_of_nobody_is_refused(mock: MockZoom, zoom: Zoom) -> None:
    """A call is answered as Zoom does, a test is told what to do."""
    with pytest.raises(errors.NotFound):
        zoom.call("GET", "/users/nobody/presence_status")
    with pytest.raises(LookupError, match="create one first"):
        mock.simulator.set_presence("nobody", "Away")


SCIM = {"userName": "mei@example.com", "name": {"givenName": "Mei", "familyName": "Chen"}, "userType": "Licensed"}


def test_a_person_is_one_user_by_scim_too(mock: MockZoom, zoom: Zoom) -> None:
    """An identity provider creates, shuts out and deletes those whom an app lists by /users."""
    told, scim = Told(mock.simulator), Calling(mock.simulator)
    made = scim.post("/scim2/Users", SCIM)
    user = zoom.call("GET", "/users/mei@example.com")
    assert (user["id"], user["first_name"], user["type"]) == (made["id"], "Mei", 2)
    shut_out = {"Operations": [{"op": "replace", "value": {"active": False}}]}
    assert read(scim.answer("PATCH", f"/scim2/Users/{user['id']}", shut_out))["active"] is False
    assert [each["id"] for each in zoom.call("GET", "/users", params={"status": "inactive"})["users"]] == [user["id"]]
    known = {name: each for name, each in SCIM.items() if name != "userName"}
    assert scim.answer("PUT", f"/scim2/Users/{user['id']}", {**known, "title": "Engineer"}).status == 200
    assert zoom.call("GET", f"/users/{user['id']}")["job_title"] == "Engineer"
    scim.delete(f"/scim2/Users/{user['id']}")
    with pytest.raises(errors.NotFound):
        zoom.call("GET", f"/users/{user['id']}")
    assert told.names == [f"user.{each}" for each in ("created", "deactivated", "updated", "deleted")]


def test_a_user_is_seen_by_scim(mock: MockZoom, zoom: Zoom) -> None:
    """Whom an app created by /users, an identity provider finds by their address, as they are now."""
    scim, user = Calling(mock.simulator), zoom.call("POST", "/users", json=JANE)["id"]
    zoom.call("PUT", f"/users/{user}/status", json={"action": "deactivate"})
    found = scim.get("/scim2/Users", filter='userName eq "jane@example.com"')
    assert [(each["id"], each["active"]) for each in found["Resources"]] == [(user, False)]
    assert scim.answer("POST", "/scim2/Users", {**SCIM, "userName": "Jane@example.com"}).status == 409
    zoom.call("DELETE", f"/users/{user}", params={"action": "delete"})
    assert scim.answer("GET", f"/scim2/Users/{user}").status == 404


@pytest.mark.parametrize(
    ("said", "answered", "told"),
    [
        ("In_Meeting", "In_A_Zoom_Meeting", "In_Meeting"),
        ("On_A_Call", "On_A_Call", "On_Phone_Call"),
        ("Offline", "Away", "Offline"),
    ],
)
def test_a_presence_has_the_names_of_answers_and_of_events(
    mock: MockZoom, zoom: Zoom, said: str, answered: str, told: str
) -> None:
    """The two differ at Zoom, and both are known to those who set it."""
    seen = Told(mock.simulator)
    mock.simulator.set_presence("owner@example.com", said)
    assert zoom.call("GET", "/users/me/presence_status")["status"] == answered
    assert [about["presence_status"] for _, about in seen.events] == [told]


def test_a_presence_that_zoom_does_not_have_is_refused(mock: MockZoom) -> None:
    """A status that is misspelt would be told to every receiver."""
    with pytest.raises(ValueError, match="did you mean 'Available'"):
        mock.simulator.set_presence("owner@example.com", "available")


@pytest.mark.parametrize(
    ("schema", "known"),
    [
        ({"properties": {"status": {"enum": ["Away"]}}}, True),
        ({"properties": {"status": {"type": "string"}}}, False),
        ({"anyOf": [{"properties": {"status": {"enum": ["Away"]}}}, {"type": "string"}]}, True),
    ],
)
def test_presence_outlives_a_change_of_zooms_document(
    monkeypatch: pytest.MonkeyPatch, schema: dict[str, Any], known: bool
) -> None:
    """An answer that is written otherwise stops nobody; one without a list of statuses refuses none."""
    found = contract.operations("users")["get_user_presence_status"]
    monkeypatch.setitem(found.answers[found.success], "application/json", schema)
    people.statuses.cache_clear()
    try:
        assert ("Away" in people.statuses()) is known
        assert ("In_Meeting" in people.statuses()) is known
    finally:
        people.statuses.cache_clear()
