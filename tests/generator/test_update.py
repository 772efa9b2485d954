"""When Zoom changes, one command brings the change in, says what it means, and leaves nothing half done."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

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
