"""Overlays must do what their specification says, and must not fail silently."""

import json
import os
import pathlib
from typing import Any

import pytest
from ruamel.yaml import YAML

from generator import overlay

OURS = pathlib.Path(__file__).parent / "compliant_sets"
THEIRS = os.environ.get("COMPLIANT_SETS")  # a checkout of the OpenAPI Initiative's: see compliant_sets/NOTICE
FOLDERS = [OURS, *([pathlib.Path(THEIRS)] if THEIRS else [])]
SETS = sorted(path.parent for folder in FOLDERS for path in folder.glob("*/openapi.yaml"))

DOCUMENT: dict[str, Any] = {
    "paths": {"/x": {"get": {"parameters": [{"name": name} for name in ("p", "q", "r", "s")]}}},
    "info": {"title": "Shop", "tags": ["a", "b"]},
}


def read(path: pathlib.Path) -> Any:
    """Return the content of a YAML file."""
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def changed(*actions: dict[str, Any], version: str = "1.1.0", strict: bool = True, document: Any = DOCUMENT) -> Any:
    """Return the document after the actions, each described unless it says otherwise itself."""
    described = [{"description": "it is wrong, look", **action} for action in actions]
    mend = {"overlay": version, "info": {"title": "Mend", "version": "1"}, "actions": described}
    return overlay.apply(document, mend, strict=strict)


def names(document: Any) -> list[str]:
    """Return the names of the parameters that are left."""
    return [parameter["name"] for parameter in document["paths"]["/x"]["get"]["parameters"]]


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_result_is_what_the_specification_says(folder: pathlib.Path) -> None:
    """An overlay written for any tool does here what it does there."""
    result = overlay.apply(read(folder / "openapi.yaml"), overlay.load(folder / "overlay.yaml"), strict=False)
    assert result == read(folder / "output.yaml")


def test_correction_that_matches_nothing_is_refused() -> None:
    """An action that matches nothing stops the build, and the message leads to it."""
    with pytest.raises(overlay.OverlayError, match=r"'Mend', actions\[1\], target \$\.gone: matches nothing: correct"):
        changed({"target": "$.info", "update": {"x": 1}}, {"target": "$.gone", "remove": True})


@pytest.mark.parametrize("description", [None, "", " \n"])
def test_correction_without_a_reason_is_refused(description: str | None) -> None:
    """An action that does not tell its symptom and evidence stops the build, though the specification lets it pass."""
    action = {"target": "$.info", "update": {"x": 1}, "description": description}
    with pytest.raises(overlay.OverlayError, match=r"actions\[0\], target \$\.info: has no description"):
        changed(action)
    assert changed(action, strict=False)["info"]["x"] == 1


@pytest.mark.parametrize(
    ("action", "has"),
    [
        ({"udpate": {}}, "no change"),
        ({"remove": False}, "no change"),
        ({"remove": True, "update": {}}, "remove and update"),
        ({"update": {}, "copy": "$.paths"}, "update and copy"),
    ],
)
def test_action_that_does_less_than_it_seems_is_refused(action: dict[str, Any], has: str) -> None:
    """A misspelt or doubled change, of which the specification ignores a part, stops the build."""
    with pytest.raises(overlay.OverlayError, match=f"has {has}: give one"):
        changed({"target": "$.info", **action})


def test_update_and_copy_together_change_nothing() -> None:
    """The specification lets each of the two switch the other off, which only a build that is not strict accepts."""
    assert changed({"target": "$.info", "update": {"x": 1}, "copy": "$.paths"}, strict=False) == DOCUMENT


def test_input_is_not_changed() -> None:
    """The caller's document survives removal, update, append and copy."""
    before = json.dumps(DOCUMENT)
    changed(
        {"target": "$.info.tags", "update": ["c"]},
        {"target": "$.info.title", "update": "Store"},
        {"target": "$.info", "copy": "$.paths"},
        {"target": "$.paths['/x'].get.parameters[0]", "remove": True},
    )
    assert json.dumps(DOCUMENT) == before


@pytest.mark.parametrize("update", [{"list": [{}]}, [{}], {}])
def test_places_do_not_share_an_update(update: Any) -> None:
    """What one action puts into two places is changed later in one of them, without the other and the overlay."""
    target = "$.*" if "list" in update else "$.*.list"
    actions = [{"target": target, "update": update}, {"target": "$.a.list[0]", "update": {"n": 1}}]
    before = json.dumps(actions)
    result = changed(*actions, document={"a": {"list": []}, "b": {"list": []}})
    assert result == {"a": {"list": [{"n": 1}]}, "b": {"list": [{}]}}
    assert json.dumps(actions) == before


def test_places_do_not_share_an_anchor() -> None:
    """Two places of the input that are one object in memory, as with a YAML anchor, are changed one by one."""
    shared = {"n": 1}
    result = changed({"target": "$.a", "update": {"n": 2}}, document={"a": shared, "b": shared})
    assert result == {"a": {"n": 2}, "b": {"n": 1}}


def test_filter_reaches_into_arrays() -> None:
    """A filter selects items of an array for update, our commonest target."""
    result = changed({"target": "$.paths['/x'].get.parameters[?@.name=='q']", "update": {"in": "query"}})
    assert result["paths"]["/x"]["get"]["parameters"][1] == {"name": "q", "in": "query"}
    assert names(result) == ["p", "q", "r", "s"]


@pytest.mark.parametrize(
    ("selector", "left"),
    [("?@.name!='r'", ["r"]), ("0,2", ["q", "s"]), ("2,0", ["q", "s"]), ("1,1", ["p", "r", "s"]), ("*", [])],
)
def test_removal_does_not_shift_the_next_index(selector: str, left: list[str]) -> None:
    """Several items of one array go, in whatever order and however often the query names them, and no others."""
    assert names(changed({"target": f"$.paths['/x'].get.parameters[{selector}]", "remove": True})) == left


def test_removal_of_a_thing_inside_a_removed_thing_works() -> None:
    """A query that selects an object and its own members removes both without stumbling."""
    assert changed({"target": "$..*", "remove": True}) == {}


def test_removal_of_the_whole_document_is_refused() -> None:
    """Nothing would be left to build from."""
    with pytest.raises(overlay.OverlayError, match="whole document"):
        changed({"target": "$", "remove": True})


def test_node_selected_twice_is_updated_twice() -> None:
    """A query may list one node twice; the update still happens once."""
    assert changed({"target": "$.info['tags','tags']", "update": "c"})["info"]["tags"] == ["a", "b", "c"]


@pytest.mark.parametrize(("version", "tags"), [("1.0.0", ["a", "b", ["c"]]), ("1.1.3", ["a", "b", "c"])])
def test_versions_treat_arrays_as_each_specifies(version: str, tags: list[Any]) -> None:
    """Version 1.0 appends an array to an array as one item, 1.1 concatenates the two."""
    assert changed({"target": "$.info.tags", "update": ["c"]}, version=version)["info"]["tags"] == tags


@pytest.mark.parametrize("value", ["Store", None, False, 0])
def test_primitive_can_be_replaced(value: Any) -> None:
    """Version 1.1 replaces a primitive by another, false and null too."""
    assert changed({"target": "$.info.title", "update": value})["info"]["title"] is value


def test_primitive_is_not_replaced_by_an_overlay_that_may_not() -> None:
    """Version 1.0 has only objects and arrays as targets, and the message says what to do."""
    with pytest.raises(overlay.OverlayError, match=r"selects a primitive: in version 1\.0 target the object"):
        changed({"target": "$.info.title", "update": "Store"}, version="1.0.0")


def test_copy_leaves_its_source_as_it_was() -> None:
    """A copy merges a snapshot of its source, even of an object around its target, and leaves the source as it was."""
    result = changed(
        {"target": "$.info", "copy": "$"}, {"target": "$.info.paths['/x'].get.parameters", "update": {"name": "t"}}
    )
    assert result["info"]["info"] == DOCUMENT["info"]
    assert (result["paths"], result["info"]["title"]) == (DOCUMENT["paths"], "Shop")


@pytest.mark.parametrize(("query", "count"), [("$.gone", 0), ("$.info.tags[*]", 2)])
def test_copy_without_exactly_one_source_is_refused(query: str, count: int) -> None:
    """A copy from nowhere or from several places is an error even where no match is none."""
    with pytest.raises(overlay.OverlayError, match=f"selects {count} nodes: it must select exactly one"):
        changed({"target": "$.info", "copy": query}, strict=False)


def test_copy_without_a_target_does_not_look_for_its_source() -> None:
    """An action whose target selects nothing succeeds, wherever it would have copied from."""
    assert changed({"target": "$.gone", "copy": "$.gone"}, strict=False) == DOCUMENT


def test_copy_in_an_overlay_that_has_none_stops_the_build() -> None:
    """Version 1.0 knows no copy: the action changes nothing, and so stops the build."""
    with pytest.raises(overlay.OverlayError, match="has no change"):
        changed({"target": "$.info", "copy": "$.paths"}, version="1.0.0")


@pytest.mark.parametrize(
    ("action", "message"),
    [
        ({"target": "$.info", "update": {"tags": {}}}, r"object cannot be merged into array at \$\['info'\]\['tags'\]"),
        ({"target": "$.info", "update": {"title": []}}, r"array cannot be merged into primitive at"),
        ({"target": "$", "update": {"info": 1}}, r"primitive cannot be merged into object at \$\['info'\]: remove"),
        ({"target": "$.info", "update": 1}, r"primitive cannot be merged into object at \$\['info'\]: remove"),
        ({"target": "$.info.*", "update": "c"}, r"selects array and primitive nodes: split"),
    ],
)
def test_unlike_kinds_are_not_merged(action: dict[str, Any], message: str) -> None:
    """An update never turns an object into an array or a text without being told to remove it first."""
    with pytest.raises(overlay.OverlayError, match=message):
        changed(action)


def test_target_that_is_not_a_jsonpath_is_refused() -> None:
    """A target that RFC 9535 does not allow is reported like any other fault."""
    with pytest.raises(overlay.OverlayError, match=r"actions\[0\], target \$\.paths\[/x\]: .*line 1"):
        changed({"target": "$.paths[/x]", "remove": True})


INFO = {"title": "t", "version": "1"}
REMOVAL = {"target": "$.x", "remove": True}


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ([], "overlay must be '1.0.x' or '1.1.x', not None"),
        ({"overlay": "1.2.0", "info": INFO, "actions": [REMOVAL]}, "overlay must be .*, not '1.2.0'"),
        ({"overlay": "1.1", "info": INFO, "actions": [REMOVAL]}, "overlay must be .*, not '1.1'"),
        ({"overlay": "1.0.0", "info": {"version": "1"}, "actions": [REMOVAL]}, "info.title must be"),
        ({"overlay": "1.0.0", "info": {"title": "t", "version": 1.0}, "actions": [REMOVAL]}, "info.version must be"),
        ({"overlay": "1.0.0", "info": INFO}, "actions must be a list of at least one"),
        ({"overlay": "1.0.0", "info": INFO, "actions": REMOVAL}, "actions must be a list of at least one"),
        ({"overlay": "1.0.0", "info": INFO, "actions": []}, "actions must be a list of at least one"),
        ({"overlay": "1.0.0", "info": INFO, "actions": [REMOVAL, {"update": {}}]}, r"actions\[1\] must be .* target"),
        ({"overlay": "1.0.0", "info": INFO, "actions": [{**REMOVAL, "remove": "yes"}]}, "remove must be true or false"),
        ({"overlay": "1.1.0", "info": INFO, "actions": [{"target": "$", "copy": 1}]}, "copy a JSONPath"),
        ({"overlay": "3", "info": {}, "actions": [0]}, r"overlay must.*title must.*version must.*actions\[0\] must"),
    ],
)
def test_malformed_overlay_is_refused(tmp_path: pathlib.Path, document: Any, message: str) -> None:
    """An overlay with faults is refused when it is read, and the message names its file and all of them."""
    path = tmp_path / "mend.json"
    path.write_text(json.dumps(document))
    with pytest.raises(overlay.OverlayError, match=rf"^mend\.json is not an overlay: .*{message}"):
        overlay.load(path)


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.json", "{"), *(("a.yaml", text) for text in ("a: [1", "since: 2024-01-01", "a: 1\na: 2", "a: .nan"))],
)
def test_unreadable_overlay_is_named_as_a_fault(tmp_path: pathlib.Path, name: str, text: str) -> None:
    """Broken text, and YAML that JSON cannot hold, are reported as faults of the overlay."""
    (tmp_path / name).write_text(text)
    with pytest.raises(overlay.OverlayError, match=rf"^{name} is not JSON"):
        overlay.load(tmp_path / name)


def test_yaml_number_does_not_become_a_second_key(tmp_path: pathlib.Path) -> None:
    """A status written as a number in YAML is the text that it is in Zoom's document."""
    path = tmp_path / "mend.yaml"
    path.write_text("{overlay: 1.0.0, info: {title: t, version: v}, actions: [{target: $, update: {200: {n: 1}}}]}")
    assert overlay.apply({"200": {}}, overlay.load(path), strict=False) == {"200": {"n": 1}}


@pytest.mark.parametrize("strict", [True, False])
def test_words_on_a_field_that_is_gone_make_no_field(strict: bool) -> None:
    """What describes fields describes those that Zoom has still, at any depth; a field that it lacks has a type."""
    there = {"properties": {"size": {"type": "object", "properties": {"width": {"type": "integer"}}}}}
    words = {
        "gone": {"description": "It is no more."},
        "went": {"properties": {"description": {"description": "Words."}}},
        "size": {
            "description": "How large.",
            "properties": {"width": {"description": "cm."}, "depth": {"description": "cm."}},
        },
        "lacked": {"description": "Not documented.", "type": "string"},
    }
    action = {"target": "$.properties", "update": words}
    assert changed(action, strict=strict, document=there)["properties"] == {
        "size": {
            "type": "object",
            "description": "How large.",
            "properties": {"width": {"type": "integer", "description": "cm."}},
        },
        "lacked": {"description": "Not documented.", "type": "string"},
    }
