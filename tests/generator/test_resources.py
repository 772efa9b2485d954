"""What operations do to which resource: by the rule on their paths, and by lines where these do not show it."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator import resources
from generator.faults import BuildFault
from generator.overlay import RESOURCES, files

CONTRACTS = Path("zoom_api_client/testing/contracts")


def operation(answer: dict[str, Any] | None = None, body: dict[str, Any] | None = None, *query: str) -> dict[str, Any]:
    """Return an operation with the fields of its answer and of its body."""
    said: dict[str, Any] = {"parameters": [{"name": each, "in": "query"} for each in query], "x-zoom": {}}
    content = {"content": {"application/json": {"schema": {"type": "object", "properties": answer}}}} if answer else {}
    if body is not None:
        said["requestBody"] = {"content": {"application/json": {"schema": {"type": "object", "properties": body}}}}
    return {**said, "responses": {"200": content}}


TEXT = {"type": "string"}
ITEMS = {"type": "array", "items": {"type": "object", "properties": {"id": TEXT}}}
USERS = {
    "/users": {"get": operation({"users": ITEMS}), "post": operation({"id": TEXT}, {"name": TEXT})},
    "/users/{userId}": {"get": operation({"id": TEXT, "email": TEXT}), "patch": operation(), "delete": operation()},
}


def annotated(paths: dict[str, Any], overlays: Path = Path("none")) -> dict[str, dict[str, Any]]:
    """Return what each operation does, by its method and path."""
    endpoints = json.loads(json.dumps({"paths": paths, "components": {"schemas": {}}}))
    resources.annotate("product", endpoints, overlays)
    return {
        f"{method.upper()} {path}": each["x-resource"]
        for path, methods in endpoints["paths"].items()
        for method, each in methods.items()
        if "x-resource" in each
    }


def test_a_collection_and_its_items_are_one_resource() -> None:
    """What is created by the one path must be found by the other."""
    found = annotated(USERS)
    assert {each["resource"] for each in found.values()} == {"users"}
    assert [each["action"] for each in found.values()] == ["list", "create", "read", "change", "delete"]
    assert found["GET /users"]["items"] == "users"
    assert found["POST /users"]["field"] == "id"


def test_what_a_user_creates_is_reached_without_the_user() -> None:
    """Meetings are created below a user, and read at the root."""
    found = annotated(
        {
            "/users/{userId}/meetings": {"get": operation({"meetings": ITEMS}), "post": operation({"id": TEXT}, {})},
            "/meetings/{meetingId}": {"get": operation({"id": TEXT})},
        }
    )
    assert {(each["resource"], each["id"]) for each in found.values()} == {("meetings", "meetingId")}
    assert found["POST /users/{userId}/meetings"]["parents"] == [["userId", "users"]]
    assert found["POST /users/{userId}/meetings"]["scope"] == []


def test_what_a_user_is_assigned_is_not_a_new_one() -> None:
    """A user of a division is a user: adding one creates no user, and removing one deletes none."""
    found = annotated(
        {
            **USERS,
            "/divisions/{divisionId}/users": {
                "get": operation({"users": ITEMS}),
                "post": operation(None, {"users": ITEMS}),
            },
        }
    )
    added = found["POST /divisions/{divisionId}/users"]
    assert (added["resource"], added["action"], added["items"]) == ("divisions.users", "add", "users")


def test_parents_are_in_the_order_of_the_path() -> None:
    """Keys are made of them: channelId before userId would find nothing."""
    found = annotated({"/users/{userId}/channels/{channelId}/admins/{adminId}": {"delete": operation()}})
    (deleted,) = found.values()
    assert [name for name, _ in deleted["parents"]] == ["userId", "channelId"]
    assert deleted["scope"] == ["userId", "channelId"]


def test_settings_are_one_thing_and_no_list() -> None:
    """What has a list among its fields, and nothing to create, is read and changed as a whole."""
    place = "/users/{userId}/settings"
    found = annotated(
        {**USERS, place: {"get": operation({"domains": ITEMS, "on": TEXT}), "patch": operation(None, {})}}
    )
    assert (found[f"GET {place}"]["action"], found[f"PATCH {place}"]["action"]) == ("read", "change")
    assert "id" not in found[f"GET {place}"]


def test_a_path_of_its_own_changes_a_field_of_the_item() -> None:
    """`PUT /users/{userId}/email` changes the user, since a user has an email; a password is nowhere shown."""
    put = {"put": operation(None, {"email": TEXT})}
    found = annotated(
        {
            **USERS,
            "/users/{userId}/email": put,
            "/users/{userId}/password": {"put": operation(None, {"password": TEXT})},
        }
    )
    assert found["PUT /users/{userId}/email"]["resource"] == "users"
    assert "PUT /users/{userId}/password" not in found


def test_many_are_removed_by_ids_and_all_without() -> None:
    """A query that names ids must not clear a whole collection."""
    item = {"/groups/{groupId}/members/{memberId}": {"delete": operation()}}
    by_ids = annotated({"/groups/{groupId}/members": {"delete": operation(None, None, "member_ids")}, **item})
    all_of_them = annotated({"/groups/{groupId}/members": {"delete": operation()}, **item})
    assert by_ids["DELETE /groups/{groupId}/members"]["ids"] == ["member_ids"]
    assert all_of_them["DELETE /groups/{groupId}/members"]["action"] == "clear"


def test_a_line_says_what_the_path_does_not(tmp_path: Path) -> None:
    """A line is laid over the rule, and null takes an operation out."""
    (tmp_path / "product").mkdir()
    lines = "GET /users: {resource: people}\nDELETE /users/{userId}: null\n"
    (tmp_path / "product" / RESOURCES).write_text(lines, encoding="utf-8")
    found = annotated(USERS, tmp_path)
    assert found["GET /users"]["resource"] == "people"
    assert "DELETE /users/{userId}" not in found


def test_a_line_whose_operation_is_gone_stops_the_build(tmp_path: Path) -> None:
    """Zoom moves paths: a line that says nothing any more must be seen."""
    (tmp_path / "product").mkdir()
    (tmp_path / "product" / RESOURCES).write_text("GET /people: null\n", encoding="utf-8")
    with pytest.raises(BuildFault, match="GET /people"):
        annotated(USERS, tmp_path)


def test_lines_are_not_overlays(tmp_path: Path) -> None:
    """What applies, retires or reports overlays must not take the lines for one."""
    for name in (RESOURCES, "faults.yaml"):
        (tmp_path / name).touch()
    assert [each.name for each in files(tmp_path)] == ["faults.yaml"]


def test_most_of_zoom_remembers() -> None:
    """Nine hundred operations at least, and something of every product that can be written to."""
    endpoints = {path.stem: json.loads(path.read_bytes())["endpoints"] for path in CONTRACTS.glob("*.json")}
    counts = {name: resources.remembering(each) for name, each in endpoints.items()}
    written = {name for name, each in endpoints.items() if any(set(item) - {"get"} for item in each["paths"].values())}
    assert sum(counts.values()) >= 900
    assert {name for name in written if not counts[name]} == set()
