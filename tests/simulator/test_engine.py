"""The engine: what is remembered of a request, who may see it, and how what is not there is refused."""

from datetime import UTC, datetime, timedelta
from itertools import product
from urllib.parse import quote

import pytest

from tests.simulator.calling import HEADERS, Calling
from zoom_api_client.testing.exchange import IncomingRequest
from zoom_api_client.testing.simulator import Simulator
from zoom_api_client.testing.simulator.store import Row

ODD_NAMES = ("", "..", "%00", "%FF", "me", "a" * 5000, "%2F%2F", "{}", "null", "-1", "🙂", "%E2%28")
ODD_PLACES = ("/users/{}/meetings", "/meetings/{}", "/groups/{0}/members?page_size={0}", "/users/me/meetings?from={}")
ODD_BODIES = (
    (b"", "application/json"),
    (b"null", "application/json"),
    (b'{"topic": null, "settings": {"host_video": null}}', "application/json"),
    (b'[{"id": []}]', "application/json"),
    (b'{"topic": "A"}', "text/plain"),
    (b"{", "application/json"),
    (b"\xff", "application/json"),
    (b'{"a":' * 900 + b"0" + b"}" * 900, "application/json"),
    (b"[" * 100_000, "application/json"),
    (b"--x\r\n", "multipart/form-data; boundary=x"),
)


@pytest.fixture
def zoom() -> Calling:
    """Return a simulator with a user beside the owner of the account."""
    calling = Calling()
    calling.simulator.seed({"users": [{"id": "jane", "email": "jane@example.com", "first_name": "Jane"}]})
    return calling


def test_lists_and_items_say_the_same(zoom: Calling) -> None:
    """A list that shows another topic or agenda than the meeting itself would be two Zooms."""
    created = zoom.post("/users/me/meetings", {"topic": "Standup", "duration": 15})
    read = zoom.get(f"/meetings/{created['id']}")
    (listed,) = zoom.get("/users/me/meetings")["meetings"]
    shared = read.keys() & listed.keys()
    assert len(shared) > 8
    assert {name: read[name] for name in shared} == {name: listed[name] for name in shared}


def test_a_change_is_laid_over_what_was_there(zoom: Calling) -> None:
    """A change of one setting must not take the others away, nor the topic."""
    settings = {"host_video": True, "mute_upon_entry": False}
    created = zoom.post("/users/me/meetings", {"topic": "Standup", "settings": settings})
    zoom.patch(f"/meetings/{created['id']}", {"settings": {"mute_upon_entry": True}})
    read = zoom.get(f"/meetings/{created['id']}")
    assert read["topic"] == "Standup"
    assert (read["settings"]["host_video"], read["settings"]["mute_upon_entry"]) == (True, True)


@pytest.mark.parametrize("name", ["jane", "jane@example.com", "JANE@example.com"])
def test_a_user_has_an_id_and_an_address(zoom: Calling, name: str) -> None:
    """A meeting that is created by the one is listed by the other."""
    zoom.post(f"/users/{name}/meetings", {"topic": "Standup"})
    assert len(zoom.get("/users/jane/meetings")["meetings"]) == 1
    assert zoom.get("/users/me/meetings")["meetings"] == []


def test_a_meeting_is_read_by_its_uuid_encoded_twice(zoom: Calling) -> None:
    """Base64 has slashes: a UUID with one at its beginning is found only if it is decoded twice."""
    created = zoom.post("/users/me/meetings", {"topic": "Standup"})
    store, account = zoom.simulator.state.store, zoom.simulator.state.owner.account
    row = store.get(account, "meetings", (str(created["id"]),))
    assert row is not None
    store.put(Row(account, "meetings", row.key, {**row.fields, "uuid": "/ajXp112QmuoKj4854875=="}, row.owner))
    twice = quote(quote("/ajXp112QmuoKj4854875==", safe=""), safe="")
    assert zoom.get(f"/meetings/{twice}")["id"] == created["id"]


def test_what_is_not_there_is_refused_as_zoom_does(zoom: Calling) -> None:
    """A program tells an unknown user from an unknown meeting by the code."""
    assert zoom.code("GET", "/meetings/85746065432") == (404, 3001)
    assert zoom.code("GET", "/users/nobody") == (404, 1001)
    assert zoom.code("GET", "/users/nobody@example.com/meetings") == (404, 1001)
    assert zoom.code("GET", "/meetings/85746065432/registrants") == (404, 3001)
    assert zoom.code("GET", "/meetings/85746065432/recordings") == (404, 3301)
    assert zoom.code("PATCH", "/groups/none", {"name": "G"}) == (404, 4130)


def test_what_belongs_to_a_meeting_goes_with_it(zoom: Calling) -> None:
    """Registrants of a deleted meeting are not to be had."""
    meeting = zoom.post("/users/me/meetings", {"topic": "Standup", "settings": {"approval_type": 0}})
    zoom.post(f"/meetings/{meeting['id']}/registrants", {"email": "mei@example.com", "first_name": "Mei"})
    zoom.delete(f"/meetings/{meeting['id']}")
    assert zoom.code("GET", f"/meetings/{meeting['id']}/registrants") == (404, 3001)


def test_settings_are_there_without_being_created(zoom: Calling) -> None:
    """Each user has settings; a change of one user's is not another's."""
    zoom.patch("/users/jane/settings", {"schedule_meeting": {"host_video": True}})
    zoom.patch("/users/me/settings", {"schedule_meeting": {"host_video": False}})
    assert zoom.get("/users/jane/settings")["schedule_meeting"]["host_video"] is True
    assert zoom.get("/users/me/settings")["schedule_meeting"]["host_video"] is False


def test_members_of_a_group_are_users(zoom: Calling) -> None:
    """A member that is added by an address is shown with the id and the name of the user, and removed by the id."""
    group = zoom.post("/groups", {"name": "Engineers"})
    added = zoom.post(f"/groups/{group['id']}/members", {"members": [{"email": "jane@example.com"}]})
    assert added["ids"] == "jane"
    (member,) = zoom.get(f"/groups/{group['id']}/members")["members"]
    assert (member["id"], member["first_name"]) == ("jane", "Jane")
    zoom.delete(f"/groups/{group['id']}/members/jane")
    assert zoom.get(f"/groups/{group['id']}/members")["total_records"] == 0


def test_many_are_removed_by_their_ids(zoom: Calling) -> None:
    """A query of ids removes those, and no others."""
    group = zoom.post("/contacts/groups", {"group_name": "Friends", "group_privacy": 1})
    place = f"/contacts/groups/{group['group_id']}/members"
    zoom.post(place, {"group_members": [{"type": 1, "id": each} for each in ("a", "b", "c")]})
    zoom.delete(place, member_ids="a,c")
    assert [each["id"] for each in zoom.get(place)["group_members"]] == ["b"]


def test_a_sub_account_is_another_account(zoom: Calling) -> None:
    """What is created under /accounts/{accountId} is there, and not in the account of the caller."""
    created = zoom.post(
        "/accounts", {"email": "sub@example.com", "first_name": "S", "last_name": "A", "password": "x" * 9}
    )
    sub = f"/accounts/{created['id']}"
    zoom.post(f"{sub}/groups", {"name": "Theirs"})
    assert [each["name"] for each in zoom.get(f"{sub}/groups")["groups"]] == ["Theirs"]
    assert zoom.get("/groups")["groups"] == []
    assert zoom.code("GET", "/accounts/unknown/groups")[0] == 404


def test_times_are_those_of_the_clock(zoom: Calling) -> None:
    """A test that sets the clock must find its time in what it creates."""
    zoom.simulator.clock.set(datetime(2026, 3, 31, 9, tzinfo=UTC), frozen=True)
    assert zoom.post("/users/me/meetings", {"topic": "Standup"})["created_at"] == "2026-03-31T09:00:00Z"


def test_recordings_begin_when_they_are_seeded(zoom: Calling) -> None:
    """A recording is listed for its host and for the account, read by its meeting, and deleted."""
    zoom.simulator.seed({"users": [{"id": "omar", "recordings": [{"id": 85746065432, "topic": "Standup"}]}]})
    for place in ("/users/omar/recordings", "/accounts/me/recordings"):
        assert [each["topic"] for each in zoom.get(place)["meetings"]] == ["Standup"]
    assert zoom.get("/meetings/85746065432/recordings")["topic"] == "Standup"
    zoom.delete("/meetings/85746065432/recordings")
    assert zoom.get("/users/omar/recordings")["meetings"] == []


def test_equal_seeds_give_equal_zooms() -> None:
    """A test that fails must fail again: ids and data depend on the seed alone."""

    def topics(seed: int) -> list[object]:
        zoom = Calling(Simulator(seed=seed, open=True))
        return [zoom.post("/users/me/meetings", {"topic": each})["id"] for each in "abc"]

    assert topics(1) == topics(1)
    assert topics(1) != topics(2)


def test_a_dump_is_loaded_by_another(zoom: Calling) -> None:
    """A state that is kept in a file must come up again in another process, and give no id a second time."""
    created = zoom.post("/users/jane/meetings", {"topic": "Standup"})
    gone = zoom.post("/users/jane/meetings", {"topic": "Review"})
    zoom.delete(f"/meetings/{gone['id']}")
    other = Calling()
    other.simulator.load(zoom.simulator.dump())
    assert other.simulator.dump()["ids"] == zoom.simulator.dump()["ids"]
    assert other.get(f"/meetings/{created['id']}") == zoom.get(f"/meetings/{created['id']}")
    assert other.get("/users/me")["id"] == zoom.get("/users/me")["id"]
    assert other.post("/users/me/meetings", {"topic": "Another"})["id"] not in (created["id"], gone["id"])


def test_reset_begins_again(zoom: Calling) -> None:
    """A reset must leave the account and its owner, as at the start."""
    before = zoom.get("/users/me")["id"]
    zoom.post("/users/me/meetings", {"topic": "Standup"})
    zoom.simulator.clock.advance(timedelta(days=3))
    zoom.simulator.reset()
    assert zoom.get("/users/me/meetings")["meetings"] == []
    assert zoom.get("/users/me")["id"] == before
    assert zoom.code("GET", "/users/jane") == (404, 1001)


@pytest.mark.parametrize("lenient", [False, True])
@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE", "PUT", "ODD"])
def test_no_request_makes_it_fail(method: str, lenient: bool) -> None:
    """A simulator that stands for Zoom over a network is sent anything: none of it may be a failure of its own."""
    simulator = Simulator(lenient=lenient, open=True)
    for name, place, (body, kind) in product(ODD_NAMES, ODD_PLACES, ODD_BODIES):
        url = f"https://api.zoom.us/v2{place.format(name)}"
        headers = {"Authorization": "Bearer any", "Content-Type": kind}
        assert 200 <= simulator.answer(IncomingRequest(method, url, headers, body)).status < 500


@pytest.mark.parametrize("body", [b"{", b"[1]"])
def test_a_body_where_none_belongs_is_left_alone(body: bytes) -> None:
    """A lenient simulator takes a body that Zoom does not read, whatever it is."""
    zoom = Calling(Simulator(lenient=True, open=True))
    url = "https://api.zoom.us/v2/users/me/meetings"
    assert zoom.simulator.answer(IncomingRequest("GET", url, HEADERS, body)).status == 200
