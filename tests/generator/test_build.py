"""A build is whole and the same each time, or it does not happen."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import generator.build
from generator.__main__ import main
from generator.build import Checked, check
from generator.verify import BuildFault

TEXT = {"type": "string"}


def thing(**properties: Any) -> dict[str, Any]:
    """Return media of an object."""
    return {"content": {"application/json": {"schema": {"type": "object", "properties": properties}}}}


def endpoints(noun: str = "thing", **changes: Any) -> dict[str, Any]:
    """Return a document with two operations; what is given changes the first."""
    create = {
        "summary": f"Create a {noun}",
        "operationId": f"{noun}Create",
        "parameters": [{"name": "dry_run", "in": "query", "schema": {"type": "boolean"}}],
        "requestBody": thing(style=thing(color=TEXT)["content"]["application/json"]["schema"]),
        "responses": {"201": {"description": "Made.", **thing(id=TEXT)}, "202": {"description": "Later."}},
    }
    delete = {
        "summary": f"Delete a {noun}",
        "operationId": f"{noun}Delete",
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": TEXT}],
        "responses": {"204": {"description": "Gone."}},
    }
    paths = {f"/{noun}s": {"post": {**create, **changes}}, f"/{noun}s/{{id}}": {"delete": delete}}
    return {"openapi": "3.0.0", "info": {"title": noun, "version": "2"}, "paths": paths}


def webhooks(*events: str) -> dict[str, Any]:
    """Return a document of events."""
    each = {"operationId": "x", "tags": ["x"], "requestBody": thing(event=TEXT, payload={"type": "object"})}
    return {"openapi": "3.1.0", "info": {}, "webhooks": {event: {"post": each} for event in events}}


@pytest.fixture(scope="module")
def built(new_project: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A project with two products, built."""
    project = new_project(tmp_path_factory.mktemp("built") / "project")
    project.publish("web-shop", endpoints())
    project.publish("web-shop", webhooks("thing.made", "thing.gone"))
    project.publish("users", endpoints("user"))
    project.build()
    return project


@pytest.fixture
def shop(built: Any, tmp_path: Path) -> Any:
    """A copy of it, to build on."""
    return built.copy(tmp_path / "project")


def test_second_build_is_identical(shop: Any) -> None:
    """What was built is built again, byte by byte: by `check`, and by a process of its own for each product."""
    before = shop.written()
    command = [sys.executable, "-m", "generator", "--root", str(shop.root), "build"]
    subprocess.run(command, check=True, cwd=Path(generator.__file__).parents[1], capture_output=True)
    assert shop.written() == before
    assert check(shop.layout) == Checked([], [])
    assert "zoom_api_client/api/web_shop/create_thing.py" in before


def test_one_product_is_built_without_touching_others(shop: Any) -> None:
    """Building one product changes its own files and its rows of the indexes, and nothing else."""
    before = shop.written()
    shop.publish("users", endpoints("guest"))
    [built] = shop.build("users")
    after = shop.written()
    changed = {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}
    indexes = {"zoom_api_client/api/operations.json", "zoom_api_client/_async/api.pyi"}
    assert {place for place in changed if "users" not in place} == indexes
    assert (built.product, len(built.operations)) == ("users", 2)
    rows = json.loads(after["zoom_api_client/api/operations.json"])
    assert [row["operation_id"] for row in rows] == ["guestCreate", "guestDelete", "thingCreate", "thingDelete"]
    assert not any("create_user" in place for place in after)
    shop.build()
    assert shop.written() == after


def test_index_keeps_events_of_others(shop: Any) -> None:
    """The registry has the events of all products after building one, in whatever order."""
    before = shop.written()
    for product in ("users", "web-shop"):
        shop.build(product)
        assert shop.written() == before
    assert json.loads(before["zoom_api_client/events/registry.json"]) == {
        "thing.gone": ["web_shop", "ThingGone"],
        "thing.made": ["web_shop", "ThingMade"],
    }


def test_code_of_a_product_that_is_gone_is_removed(shop: Any) -> None:
    """A whole build leaves nothing behind of a product without document, of an operation, or of a hand."""
    shutil.rmtree(shop.layout.openapi / "users")
    (shop.layout.package / "models" / "mine.py").write_text("")
    shop.build()
    assert not [place for place in shop.written() if "user" in place or "mine" in place]


def test_unknown_product_is_refused(shop: Any) -> None:
    """A misspelt product stops the build, and the message has those there are."""
    with pytest.raises(BuildFault, match=r"no product shop; it has users, web-shop"):
        shop.build("users", "shop")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"requestBody": {"content": {"undefined": {"schema": TEXT}}}}, "/requestBody/content: is undefined, and"),
        ({"responses": {"302": {"description": "There."}}}, "/responses: has no answer of success: say in an overlay"),
        ({"responses": {"200": {"content": {"whatever": {"schema": TEXT}}}}}, "/content/whatever: is not a media type"),
        (
            {"parameters": [{"name": "gone", "in": "path", "required": True, "schema": TEXT}]},
            "/parameters/0: 'gone' is not in the path",
        ),
        (
            {"parameters": [{"name": "q", "in": "query", "schema": {"type": "whole"}}]},
            "/schema/type: is 'whole', which",
        ),
        ({"parameters": [{"name": "q", "in": "query", "schema": {"$ref": "#/paths/x"}}]}, "points to nothing"),
    ],
)
def test_fault_of_a_document_stops_the_build(shop: Any, changes: dict[str, Any], message: str) -> None:
    """What openapi-python-client or we cannot take over stops the build, says where, and changes nothing."""
    before = shop.written()
    shop.publish("web-shop", endpoints(**changes))
    with pytest.raises(BuildFault, match=f"web-shop/endpoints.json#/paths/~1things/post.*{message}"):
        shop.build()
    assert shop.written() == before


def test_correction_of_nothing_stops_the_build(shop: Any) -> None:
    """An overlay action that matches nothing stops the build, as does one without a reason, and nothing changes."""
    before = shop.written()
    shop.correct("web-shop", {"target": "$.paths['/gone']", "remove": True})
    with pytest.raises(BuildFault, match=r"'web-shop: endpoints', actions\[0\], target .*/gone.*: matches nothing"):
        shop.build("web-shop")
    shop.correct("web-shop", {"target": "$.info", "update": {}, "description": ""})
    with pytest.raises(BuildFault, match="has no description"):
        shop.build("web-shop")
    assert shop.written() == before


@pytest.mark.parametrize(
    ("product", "kind"), [("web-shop", "endpoint"), ("webshop", "endpoints"), ("users", "webhooks")]
)
def test_overlay_of_no_document_stops_the_build(shop: Any, product: str, kind: str) -> None:
    """An overlay that extends a document there is not, by a slip or because it is gone, stops the build."""
    shop.correct(product, {"target": "$.info", "update": {"title": "New"}}, kind=kind)
    with pytest.raises(BuildFault, match=kind):
        shop.build()


def test_correction_reaches_its_own_document_only(shop: Any) -> None:
    """An overlay changes the one document that it extends."""
    shop.correct("web-shop", {"target": "$.info", "update": {"title": "Corrected"}}, kind="webhooks")
    shop.build("web-shop")
    contract = json.loads(shop.written()["zoom_api_client/testing/contracts/web_shop.json"])
    assert (contract["endpoints"]["info"]["title"], contract["events"]["info"]["title"]) == ("thing", "Corrected")


@pytest.mark.parametrize("wrong", ["def broken(:\n", "def broken() -> Missing:\n    pass\n"])
def test_broken_client_leaves_the_generated_code_alone(shop: Any, wrong: str) -> None:
    """Code that does not parse, or names what nothing defines, stops the build before anything has changed."""
    before = shop.written()
    shop.publish("users", endpoints("guest"))
    (shop.layout.package / "_async" / "client.py").write_text(f'"""A client."""\n\n{wrong}')
    with pytest.raises(BuildFault, match="ruff refuses the generated code"):
        shop.build()
    assert shop.written() == before


def test_file_name_that_is_too_long_for_some_disks_stops_the_build(shop: Any) -> None:
    """A file name of more than 80 characters stops the build."""
    shop.publish("web-shop", webhooks("thing." + "very_" * 16 + "long"))
    with pytest.raises(BuildFault, match=r"is not a name of an event: .* and to be short"):
        shop.build()


def test_edit_by_hand_is_seen(shop: Any) -> None:
    """`check` names what was edited, deleted, added, or forgotten in the lock file."""
    package = shop.layout.package
    with (package / "api/users/create_user.py").open("a") as file:
        file.write("# mine\n")
    (package / "models/web_shop/create_thing.py").unlink()
    (package / "events/web_shop/mine.py").write_text("")
    (package / "testing/contracts/users.json").write_text("{}")
    (package / "_sync/client.py").write_text("")
    (shop.layout.openapi / "users/names.json").write_text("{}")
    before = shop.written()
    assert check(shop.layout).differences == [
        "openapi/users/names.json",
        "zoom_api_client/_sync/client.py",
        "zoom_api_client/api/users/create_user.py",
        "zoom_api_client/events/web_shop/mine.py",
        "zoom_api_client/models/web_shop/create_thing.py",
        "zoom_api_client/testing/contracts/users.json",
    ]
    assert shop.written() == before


def test_ci_fails_what_is_broken(shop: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """The commands' exit statuses, and what they say, tell good from bad."""
    root = ["--root", str(shop.root)]
    assert main([*root, "check"]) == 0
    assert main([*root, "build", "users"]) == 0
    assert "1 products, 2 operations, 0 events in" in capsys.readouterr().out
    (shop.layout.package / "api/users/create_user.py").write_text("")
    assert main([*root, "check"]) == 1
    told = capsys.readouterr()
    assert "differs from what the generator makes: zoom_api_client/api/users/create_user.py" in told.err
    assert "1 files differ" in told.out
    shop.correct("users", {"target": "$.gone", "remove": True})
    for command in (["build"], ["check"]):
        assert main([*root, *command]) == 1
        assert "overlays/users/endpoints.yaml: overlay 'users: endpoints'" in capsys.readouterr().err
    assert main([*root, "build", "nothing"]) == 1
    with pytest.raises(SystemExit):
        main([*root, "bulid"])
