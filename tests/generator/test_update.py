"""When Zoom changes, one command brings the change in, says what it means, and leaves nothing half done."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import generator.install
import generator.update
from generator import overlay
from generator.__main__ import main
from generator.sources import PLACES, load
from tests.generator.conftest import OTHERS, THINGS, Monday

SIZE = ("requestBody", "content", "application/json", "schema", "properties", "size", "properties")


def changed(**sizes: Any) -> Any:
    """Return the document with other fields in a body."""
    document = copy.deepcopy(THINGS)
    body = document["paths"]["/things/{id}"]["put"]
    for part in SIZE:
        body = body[part]
    body |= sizes
    return document


def test_one_command_brings_a_change_in(monday: Monday, capsys: pytest.CaptureFixture[str]) -> None:
    """Documents, code, report and changelog have it; the end of the output says what it means."""
    monday.publish("things", changed(height={"type": "integer"}))
    assert monday.update() == 0
    said = capsys.readouterr().out
    assert "0 changes break callers" in said
    assert "- Next release: **minor**\n" in said
    assert "the report: docs/changes/2026-08.md" in said
    assert "height: int | Unset = UNSET" in monday.text("zoom_api_client/models/things/set_thing.py")
    assert "- `PUT /things/{id}`: `body.size.height`: new\n" in monday.text("docs/changes/2026-08.md")
    assert json.loads(monday.text("docs/changes/2026-08.json"))[0]["subject"]["place"] == "body.size.height"
    assert "<code>body.size.height</code>" in monday.text("docs/changes/2026-08.html")
    history = monday.text("CHANGELOG.md")
    assert history.index("New.") < history.index("(docs/changes/2026-08.md)") < history.index("## 1.0")
    [source] = load(monday.list_file)
    assert (source.dated, bool(source.sha256)) == ("2026-08", True)
    assert main(["--root", str(monday.project.root), "check"]) == 0


def test_second_update_changes_nothing(monday: Monday, capsys: pytest.CaptureFixture[str]) -> None:
    """What Zoom did not change is not written, and no report says that nothing changed."""
    before = monday.files()
    assert monday.update() == 0
    assert monday.files() == before
    assert "Zoom changed nothing" in capsys.readouterr().out


def test_change_that_no_user_sees_is_taken_over_and_reported(
    monday: Monday, capsys: pytest.CaptureFixture[str]
) -> None:
    """There is nothing to report, and still the documents are others now."""
    before = monday.files()
    monday.publish("things", {**THINGS, "info": {"title": "Other things"}})
    assert monday.update() == 0
    assert "Zoom changed nothing that users see, in the documents of things" in capsys.readouterr().out
    assert "Other things" in monday.text("openapi/things/endpoints.json")
    assert not {name for name in monday.files().keys() - before.keys() if "changes" in name}


def test_there_and_back_restores_every_byte_of_the_package(monday: Monday) -> None:
    """Names that Zoom's change brought or took are as before when Zoom takes the change back."""
    before = monday.project.written()
    document = changed(height={"type": "integer"}, Width={"type": "integer"})
    document["paths"]["/all/{thing}"] = document["paths"].pop("/things/{id}")
    for each in document["paths"]["/all/{thing}"].values():
        each["parameters"][0] = {**each["parameters"][0], "name": "thing"}
    monday.publish("things", document)
    assert monday.update() == 0
    assert monday.project.written() != before
    monday.publish("things", THINGS)
    assert monday.update() == 0
    after = monday.project.written()
    assert {place: text for place, text in after.items() if not place.startswith("openapi")} == {
        place: text for place, text in before.items() if not place.startswith("openapi")
    }
    assert (monday.project.root / "docs/changes/2026-08-2.md").exists()


def test_new_product_is_brought_in(monday: Monday) -> None:
    """A product that the directory has and the list has not is listed, read and built."""
    monday.publish("others", OTHERS)
    assert monday.update() == 0
    assert [each.product for each in load(monday.list_file)] == ["things", "others"]
    assert "def request(" in monday.text("zoom_api_client/api/others/set_thing.py")


OVERLAY = """\
overlay: 1.1.0
info: {title: 'Things', version: "1"}
extends: ../../openapi/things/endpoints.json
actions:
  # the first
  - target: $.paths['/things/{id}'].put.parameters[?@.name=='dry_run'].schema.type
    description: >-
      Symptom: a word is wanted. Evidence: it is yes or no.
    update: boolean
  # the second
  - target: $.paths['/things/{id}'].delete
    description: 'Symptom: it is not said to be deprecated. Evidence: a page says so.'
    update: {deprecated: true}
"""


def test_correction_that_zoom_made_unnecessary_is_retired(monday: Monday) -> None:
    """It is taken out of the file, which else stays as people wrote it, and told with its symptom."""
    path = monday.project.layout.overlays / "things/faults.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(OVERLAY)
    monday.project.build()
    monday.publish("things", json.loads(json.dumps(THINGS).replace('"dry_run"', '"dry_run_"')))
    assert monday.update() == 0
    first, rest = OVERLAY.split("  - target", 2)[0], OVERLAY[OVERLAY.index("  # the second") :]
    assert path.read_text() == first + rest
    page = monday.text("docs/changes/2026-08.md")
    assert "Symptom: a word is wanted. Evidence: it is yes or no." in page


def test_correction_that_is_needed_again_comes_back(monday: Monday) -> None:
    """Zoom mends its document, and goes back: the package is as it was, and the page tells why."""
    path = monday.project.layout.overlays / "things/faults.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(OVERLAY)
    monday.project.build()
    before = monday.project.written()
    monday.publish("things", json.loads(json.dumps(THINGS).replace('"dry_run"', '"dry_run_"')))
    assert monday.update() == 0
    assert "Symptom: a word is wanted." in monday.text("overlays/things/faults.yaml.retired")
    monday.publish("things", THINGS)
    assert monday.update() == 0
    assert not path.with_name("faults.yaml.retired").exists()
    assert {each["target"]: each["update"] for each in overlay.load(path)["actions"]} == {
        "$.paths['/things/{id}'].put.parameters[?@.name=='dry_run'].schema.type": "boolean",
        "$.paths['/things/{id}'].delete": {"deprecated": True},
    }
    after = monday.project.written()
    assert {place: text for place, text in after.items() if not place.startswith("openapi")} == {
        place: text for place, text in before.items() if not place.startswith("openapi")
    }
    page = monday.text("docs/changes/2026-08-2.md")
    assert "## Corrections that are needed again" in page
    assert "Symptom: a word is wanted. Evidence: it is yes or no." in page


@pytest.mark.parametrize("text", [OVERLAY, json.dumps(YAML(typ="safe", pure=True).load(OVERLAY))], ids=["YAML", "JSON"])
def test_corrections_go_along_when_a_product_is_renamed(monday: Monday, text: str) -> None:
    """The new document has the old faults; one that it does not have is not corrected."""
    path = monday.project.layout.overlays / "things/faults.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    monday.project.build()
    monday.site = monday.site.with_name("2026-09")
    monday.publish("news", json.loads(json.dumps(THINGS).replace('"dry_run"', '"dry_run_"')))
    assert monday.update() == 0
    assert path.read_text() == text
    [action] = overlay.load(path.parents[1] / "news/things-faults.yaml")["actions"]
    assert action["update"] == {"deprecated": True}
    assert "deprecated=True" in monday.text("zoom_api_client/api/news/delete_thing.py")
    page = monday.text("docs/changes/2026-09.md")
    assert "## Corrections that went along to another product" in page
    assert "`overlays/news/things-faults.yaml`" in page
    before = monday.files()
    assert monday.update() == 0
    assert monday.files() == before


ADDED = """\
overlay: 1.1.0
info: {title: 'Things: faults', version: "1"}
extends: ../../openapi/things/endpoints.json
actions:
  - target: $.paths['/things/{id}'].put.parameters
    description: 'Symptom: the parameter cannot be given. Evidence: the changelog has it.'
    update: [{name: since, in: query, required: false, schema: {type: string}}]
"""


def test_parameter_that_zoom_has_now_is_not_added_any_more(monday: Monday) -> None:
    """Declared twice it would be a fault, which a person would have to take out."""
    path = monday.project.layout.overlays / "things/faults.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(ADDED)
    monday.project.build()
    document = changed()
    document["paths"]["/things/{id}"]["put"]["parameters"] += [
        {"name": "since", "in": "query", "schema": {"type": "string", "format": "date"}}
    ]
    monday.publish("things", document)
    assert monday.update() == 0
    assert not path.exists()


def test_correction_follows_a_path_whose_identifier_is_called_otherwise(monday: Monday) -> None:
    """The fault is there still, so the correction is too, at the path as Zoom spells it now."""
    path = monday.project.layout.overlays / "things/faults.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(OVERLAY)
    monday.project.build()
    text = (
        json.dumps(THINGS).replace("/things/{id}", "/things/{no}").replace('"id", "in": "path"', '"no", "in": "path"')
    )
    monday.publish("things", json.loads(text))
    assert monday.update() == 0
    assert path.read_text() == OVERLAY.replace("{id}", "{no}")


def test_corrections_follow_an_operation_that_moved(monday: Monday) -> None:
    """What is said of an operation is said of it at its new path, and with its identifier as it is called there."""
    folder = monday.project.layout.overlays / "things"
    folder.mkdir(parents=True)
    (folder / "faults.yaml").write_text(OVERLAY)
    (folder / "resources.yaml").write_text(
        "PUT /things/{id}: {resource: things, action: update, id: id, parents: {id: owners}}\n"
    )
    monday.project.build()
    text = json.dumps(THINGS).replace("/things/{id}", "/all/{no}").replace('"id", "in": "path"', '"no", "in": "path"')
    monday.publish("things", json.loads(text))
    assert monday.update() == 0
    assert (folder / "faults.yaml").read_text() == OVERLAY.replace("/things/{id}", "/all/{no}")
    assert "/things/{id}`; its name stays" in (page := monday.text("docs/changes/2026-08.md"))
    assert "type: now" not in page, "the correction holds on both sides"
    resources = (folder / "resources.yaml").read_text()
    assert resources == "PUT /all/{no}: {resource: things, action: update, id: no, parents: {no: owners}}\n"


def test_line_on_an_operation_that_is_gone_is_shown(monday: Monday, capsys: pytest.CaptureFixture[str]) -> None:
    """A person has to decide what the simulator remembers then: the file, the line and what to write are told."""
    folder = monday.project.layout.overlays / "things"
    folder.mkdir(parents=True)
    (folder / "resources.yaml").write_text("# why\nDELETE /things/{id}: {resource: things, action: delete}\n")
    document = changed()
    del document["paths"]["/things/{id}"]["delete"]
    monday.publish("things", document)
    assert monday.update() == 1
    told = capsys.readouterr().err
    assert "overlays/things/resources.yaml:2: has DELETE /things/{id}, which is gone" in told
    assert "proposed: say where the operation is now, or take the line out" in told


def test_faulty_product_costs_no_other_and_keeps_its_state(monday: Monday, capsys: pytest.CaptureFixture[str]) -> None:
    """The others land; what a person has to decide is told with file, line and a proposal; the project is whole."""
    before = monday.files()
    bad = changed()
    bad["paths"]["/things/{id}"]["put"]["parameters"][1]["in"] = "cookie"
    monday.publish("things", bad)
    monday.publish("others", OTHERS)
    capsys.readouterr()
    assert monday.update() == 1
    told = capsys.readouterr().err
    assert "1 decision that only a person can take" in told
    place, _, reason = next(line for line in told.splitlines() if line.startswith(".update/")).partition(": ")
    name, _, line = place.rpartition(":")
    assert "cookie" in reason
    assert monday.text(name).splitlines()[int(line) - 1].strip() == "{"
    assert '  - target: $["paths"]["/things/{id}"]["put"]["parameters"][1]' in told
    after = monday.files()
    kept = [name for name in before if "/things/" in name and name in after]
    assert kept
    assert all(after[name] == before[name] for name in kept)
    assert "zoom_api_client/api/others/set_thing.py" in after
    [good, new] = load(monday.list_file)
    assert good.line().encode() in before["openapi/sources.toml"]
    assert new.dated == "2026-08"
    assert main(["--root", str(monday.project.root), "check"]) == 0


def test_proposal_selects_what_is_refused(monday: Monday, capsys: pytest.CaptureFixture[str]) -> None:
    """A status is a name of an answer, and not the place in a list; without anything else new, nothing came in."""
    bad = changed()
    answer = bad["paths"]["/things/{id}"]["put"]["responses"]["200"]["content"]["application/json"]
    answer["schema"]["properties"]["ghost"] = {"$ref": "#/components/schemas/Ghost"}
    monday.publish("things", bad)
    capsys.readouterr()
    assert monday.update() == 1
    told = capsys.readouterr()
    assert "nothing that Zoom changed could be brought in" in told.out
    target = told.err.partition("  - target: ")[2].partition("\n")[0]
    assert overlay.jsonpath.find(target, json.loads(monday.text(".update/things/endpoints.json")))


@pytest.mark.parametrize("name", ["class", "3d-view", "Views", "a_b", "a b", 'a"b', ".hidden", "a.b", "a" * 61])
def test_product_that_python_cannot_call_so_costs_no_other(
    monday: Monday, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Its folder is named, with what a name needs; `a_b` would be the package of `a-b`."""
    monday.publish(name, json.loads(json.dumps(THINGS).replace("/things/", "/named/")))
    monday.publish("others", OTHERS)
    assert monday.update() == 1
    assert f"{name!r} is not a name for a product" in capsys.readouterr().err
    assert "def request(" in monday.text("zoom_api_client/api/others/set_thing.py")
    assert [each.product for each in load(monday.list_file)] == ["things", "others"]


def test_fault_of_the_generator_costs_no_other(monday: Monday, capsys: pytest.CaptureFixture[str]) -> None:
    """It has no document, and still it is reported as one of a product."""
    lock = monday.project.layout.openapi / "things/names.json"
    lock.write_text(json.dumps({**json.loads(lock.read_text()), "fields": {"SetThingBody": []}}))
    monday.publish("others", OTHERS)
    capsys.readouterr()
    assert monday.update() == 1
    assert ".update/things:1: the generator fails (" in capsys.readouterr().err
    assert "def request(" in monday.text("zoom_api_client/api/others/set_thing.py")


def test_link_to_nothing_is_a_document_that_cannot_be_read(monday: Monday) -> None:
    """A directory with some of the documents was taken to have none there."""
    place = monday.site / "things" / PLACES["endpoints"]
    place.unlink()
    place.symlink_to("nowhere.json")
    assert monday.update() == 1


def test_broken_document_costs_no_other(monday: Monday, capsys: pytest.CaptureFixture[str]) -> None:
    """A document that cannot be read keeps its last good version, and the exit status says so."""
    monday.publish("things", "<html>")
    monday.publish("others", OTHERS)
    assert monday.update() == 1
    assert "things/endpoints.json: " in capsys.readouterr().err
    assert "def request(" in monday.text("zoom_api_client/api/others/set_thing.py")
    assert main(["--root", str(monday.project.root), "check"]) == 0


def test_words_of_a_broken_document_are_shown_as_they_are(monday: Monday, capsys: pytest.CaptureFixture[str]) -> None:
    """What looks like markup of the terminal is none, and a place is on one line, so that it can be copied."""
    place = f"/things/{'long' * 30}"
    monday.publish("things", {"openapi": "[/x]", "paths": {place: {"get": {"tags": [1]}}}})
    capsys.readouterr()
    assert monday.update() == 1
    told = capsys.readouterr().err
    assert told.count("is '[/x]', not a version 3 of OpenAPI") == 2
    assert told.count(place.replace("/", "~1")) == 2


def test_killed_update_leaves_a_whole_project(monday: Monday, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is in place when the process dies, the next command finishes it or never saw it."""
    moves = 0
    real = generator.install._move

    def move(source: Path, target: Path) -> None:
        nonlocal moves
        moves += target.is_relative_to(monday.project.root)
        if moves == 3:
            raise KeyboardInterrupt
        real(source, target)

    monday.publish("things", changed(height={"type": "integer"}))
    with monkeypatch.context() as patch:
        patch.setattr(generator.install, "_move", move)
        with pytest.raises(KeyboardInterrupt):
            monday.update()
    assert main(["--root", str(monday.project.root), "check"]) == 0
    assert "height" in monday.text("zoom_api_client/models/things/set_thing.py")


def test_list_keeps_its_comments(monday: Monday) -> None:
    """What a person wrote between and behind the lines of the list stays there."""
    text = (
        monday.list_file.read_text()
        .replace("    { product", "    # our own\n    { product")
        .replace("},\n", "},  # all\n")
    )
    monday.list_file.write_text(text)
    monday.publish("things", changed(height={"type": "integer"}))
    assert monday.update() == 0
    lines = monday.list_file.read_text().splitlines()
    assert "    # our own" in lines
    assert lines[-2].endswith("},  # all")


def test_update_leaves_alone_what_people_write_meanwhile(monday: Monday, change: Any) -> None:
    """A page that is edited while an update runs is not taken back."""
    page = monday.project.root / "docs/models.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text("Old.")

    def edit(outcomes: Any) -> Any:
        page.write_text("New.")
        return outcomes

    change(generator.update, "fetch", edit)
    monday.publish("things", changed(height={"type": "integer"}))
    assert monday.update() == 0
    assert page.read_text() == "New."


def test_document_under_a_new_name_moves_its_operations(monday: Monday) -> None:
    """With a document of one day they were in both products, of which the mock could serve neither."""
    monday.publish("things", changed(height={"type": "integer"}))
    monday.publish("objects", changed(height={"type": "integer"}))
    assert monday.update() == 0
    rows = json.loads(monday.text("zoom_api_client/api/operations.json"))
    assert {row["module"].split(".")[2] for row in rows} == {"objects"}
    assert main(["--root", str(monday.project.root), "check"]) == 0
