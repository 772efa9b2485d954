"""What becomes of our corrections when Zoom changes: they are retired, come back, and follow what they correct."""

import copy
import json

import pytest
from ruamel.yaml import YAML

from generator import overlay
from tests.generator.conftest import THINGS, Monday

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
    document = copy.deepcopy(THINGS)
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
    document = copy.deepcopy(THINGS)
    del document["paths"]["/things/{id}"]["delete"]
    monday.publish("things", document)
    assert monday.update() == 1
    told = capsys.readouterr().err
    assert "overlays/things/resources.yaml:2: has DELETE /things/{id}, which is gone" in told
    assert "proposed: say where the operation is now, or take the line out" in told
