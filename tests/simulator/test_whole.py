"""What the simulator shows is whole: what it knows stands in every answer, and no example in its place."""

import json
from typing import Any

import pytest

from tests.simulator.calling import Calling
from tests.simulator.rounds import Round, shown
from tests.simulator.test_rounds import CREATED, WRITTEN
from zoom_api_client.testing import contract
from zoom_api_client.testing.simulator.resources import facts
from zoom_api_client.testing.simulator.shapes import Shape, shape

NARROWER = {
    ("contact_center.queues", "channel"),
    ("data_requests.requests", "request_type"),
    ("phone.setting_templates", "type"),
}
"""Fields that a list of Zoom's documents has fewer values for than the body that creates."""

FIXTURE = {
    "users": [
        {
            "email": "jane@example.com",
            "first_name": "Jane",
            "last_name": "Doe",
            "meetings": [{"topic": "Standup", "settings": {"waiting_room": True}}],
            "webinars": [{"topic": "Launch"}],
        }
    ]
}


@pytest.fixture
def zoom() -> Calling:
    """Return a simulator with a user of a fixture."""
    zoom = Calling()
    zoom.simulator.seed(FIXTURE)
    return zoom


@pytest.mark.parametrize("kind", ["meeting", "webinar"])
def test_settings_have_every_default_and_every_switch(zoom: Calling, kind: str) -> None:
    """A program that asks whether the host's video is on gets an answer: no, unless somebody said so."""
    made = zoom.post(f"/users/me/{kind}s", {"topic": "Launch", "settings": {"host_video": True}})
    for name, answer in (("create", made), ("get", zoom.get(f"/{kind}s/{made['id']}"))):
        fields = shape(contract.operations("meetings")[f"{name}_{kind}"]).at("settings").fields or {}
        settings = answer["settings"]
        missing = [each for each, field in fields.items() if _has_usual(field) and each not in settings]
        assert missing == []
        assert settings["host_video"] is True
        assert not [value for value in settings.values() if isinstance(value, str) and " " in value]  # an example's


@pytest.mark.parametrize("kind", ["meeting", "webinar"])
def test_session_of_a_fixture_is_as_one_that_was_created(zoom: Calling, kind: str) -> None:
    """It has its host, links to itself and a start, in lists too."""
    jane = zoom.get("/users/jane@example.com")
    (listed,) = zoom.get(f"/users/jane@example.com/{kind}s")[f"{kind}s"]
    read = zoom.get(f"/{kind}s/{listed['id']}")
    created = zoom.get(f"/{kind}s/{zoom.post(f'/users/me/{kind}s', {'topic': 'Other'})['id']}")
    assert read.keys() == created.keys()
    assert read["settings"].keys() == created["settings"].keys()
    assert (listed["host_id"], read["host_email"]) == (jane["id"], "jane@example.com")
    assert all(str(listed["id"]) in each for each in (listed["join_url"], read["join_url"], read["start_url"]))
    assert (listed["uuid"], listed["start_time"]) == (read["uuid"], read["start_time"])
    assert read["settings"].get("waiting_room", True) is True


def test_user_of_a_fixture_is_as_one_that_was_created(zoom: Calling) -> None:
    """A status, a type, a personal meeting id of their own; and nothing that an example says of somebody."""
    zoom.post("/users", {"action": "create", "user_info": {"email": "mei@example.com", "type": 2}})
    owner, jane, mei = (zoom.get(f"/users/{name}") for name in ("me", "jane@example.com", "mei@example.com"))
    assert owner.keys() == jane.keys() == mei.keys()
    assert (jane["status"], jane["type"], jane["display_name"]) == ("active", 2, "Jane Doe")
    assert (jane["account_id"], jane["role_name"]) == (zoom.simulator.state.owner.account, "Member")
    assert len({each["pmi"] for each in (owner, jane, mei)}) == 3
    assert jane["personal_meeting_url"].endswith(str(jane["pmi"]))
    for each in zoom.get("/users")["users"]:
        read = zoom.get(f"/users/{each['id']}")
        assert each.items() <= read.items()


def test_groups_know_their_members_and_members_their_groups(zoom: Calling) -> None:
    """They still do after a member was deleted."""
    group = zoom.post("/groups", {"name": "Staff"})
    assert group["total_members"] == 0
    zoom.post(f"/groups/{group['id']}/members", {"members": [{"email": "jane@example.com"}]})
    assert zoom.get(f"/groups/{group['id']}")["total_members"] == zoom.get("/groups")["groups"][0]["total_members"] == 1
    assert zoom.get("/users/jane@example.com")["group_ids"] == [group["id"]]
    zoom.delete("/users/jane@example.com")
    assert zoom.get(f"/groups/{group['id']}")["total_members"] == 0


def test_other_members_are_counted_by_the_same_rule(zoom: Calling) -> None:
    """Roles, channels, regions: whatever has a field that says how many belong to it."""
    zoom.post("/roles", {"name": "Auditor"})
    (role,) = (each["id"] for each in zoom.get("/roles")["roles"])
    zoom.post(f"/roles/{role}/members", {"members": [{"email": "jane@example.com"}]})
    assert zoom.get(f"/roles/{role}")["total_members"] == 1


@pytest.mark.parametrize("path", ["/phone/call_logs", "/phone/users/me/voice_mails", "/users/me/recordings"])
def test_range_of_a_list_is_of_now(zoom: Calling, path: str) -> None:
    """The days that a page says it is of are not those of an example."""
    page = zoom.get(path)
    assert page["to"] == f"{zoom.simulator.clock.now():%Y-%m-%d}"
    assert page["from"] < page["to"]


@pytest.mark.parametrize("name", CREATED)
def test_row_is_the_same_in_every_answer(name: str) -> None:
    """What one operation says of a row, no other denies; and it is of the account that it is in."""
    going, resource = Round(), WRITTEN[name]
    row, seen = going.create(resource), dict[str, tuple[Any, str]]()
    for operation in (*resource.by_action("read"), *going.listing(resource)):
        answer: Any = json.loads(going.on_row(operation, row).body or b"{}")
        if facts(operation).action == "list":
            items = [each for each in shown(operation, going.on_row(operation, row)) if isinstance(each, dict)]
            answer = next((each for each in items if str(each.get(facts(operation).field)) == row.id), {})
        for field, value in answer.items() if isinstance(answer, dict) else ():
            if isinstance(value, str | int) and field in row.fields and (name, field) not in NARROWER:
                assert str(seen.setdefault(field, (value, str(operation)))[0]) == str(value), (field, operation)
        assert answer.get("account_id", row.account) in (row.account, row.fields.get("account_id"))


def _has_usual(field: Shape) -> bool:
    return field.kinds == {"boolean"} or (field.default is not None and not field.fields)
