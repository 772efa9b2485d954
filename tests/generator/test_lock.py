"""A name that users import changes only when somebody asks for it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

import generator.contract
from generator.__main__ import main
from generator.verify import BuildFault

Change = Callable[[Any], Any]


def renamed(**names: str) -> Change:
    """Return a change that renames."""
    return lambda given: {key: names.get(name, name) for key, name in given.items()}


def test_operation_is_not_renamed(things: Any, change: Any) -> None:
    """A locked name that the rules would change today stops the build, and tells the way out."""
    change(generator.contract, "name_operations", renamed(set_thing="put_thing"))
    with pytest.raises(
        BuildFault, match=r"PUT /things/\{id\} was set_thing and became put_thing: put the name back, or"
    ):
        things.build()


@pytest.mark.parametrize("names", [{"Size": "ThingSize"}, {"Size": "SetThingBody", "SetThingBody": "Size"}])
def test_model_is_not_renamed(things: Any, monkeypatch: pytest.MonkeyPatch, names: dict[str, str]) -> None:
    """A model whose places all have another name now stops the build, though another has taken its name."""
    real = generator.contract.name_models

    def name_models(models: list[Any], locked: dict[str, str]) -> None:
        real(models, locked)
        for model in models:
            model.name = names.get(model.name, model.name)

    monkeypatch.setattr(generator.contract, "name_models", name_models)
    with pytest.raises(BuildFault, match="things: the model Size "):
        things.build()


def test_names_are_kept_when_a_document_changes(things: Any, document: Any) -> None:
    """A new title, a new field and a new operation leave every name that was there, and add theirs to the lock."""
    names = json.loads((things.layout.openapi / "things/names.json").read_text())
    changed = json.loads(json.dumps(document).replace("Set a thing", "Replace a thing").replace('"width"', '"height"'))
    changed["paths"]["/things"] = {"get": {**changed["paths"]["/things/{id}"]["put"], "summary": "Set a thing"}}
    changed["paths"]["/things"]["get"]["parameters"] = []
    things.publish("things", changed)
    things.build()
    now = json.loads((things.layout.openapi / "things/names.json").read_text())
    assert now["operations"].items() > names["operations"].items()
    assert now["operations"]["GET /things"] == "thing_set"
    assert now["models"].keys() > names["models"].keys()
    assert "zoom_api_client/api/things/set_thing.py" in things.written()


def test_name_that_is_asked_for_is_given(things: Any) -> None:
    """A name that someone writes into the lock file is the name, from the next build on."""
    lock = things.layout.openapi / "things/names.json"
    lock.write_text(lock.read_text().replace("set_thing", "put_thing").replace('"Size": [', '"ThingSize": ['))
    things.build()
    assert "zoom_api_client/api/things/put_thing.py" in things.written()
    assert b"class ThingSize(Model)" in things.written()["zoom_api_client/models/things/put_thing.py"]


def test_name_of_what_is_gone_is_not_given_away(things: Any, document: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """What Zoom drops is told, and its names stay in the lock: they are never another thing's."""
    moved = {"put": {**document["paths"]["/things/{id}"]["put"], "operationId": "newThing"}}
    things.publish("things", {"info": {}, "paths": {"/new/{id}": moved}})
    assert main(["--root", str(things.root), "build"]) == 0
    told = capsys.readouterr().err
    assert "gone from Zoom's documents, and so from the client: things.set_thing" in told
    assert "things.delete_thing" in told
    names = json.loads((things.layout.openapi / "things/names.json").read_text())
    assert names["operations"] == {
        "DELETE /things/{id}": "delete_thing",
        "PUT /new/{id}": "new_thing",
        "PUT /things/{id}": "set_thing",
    }
    assert names["models"]["SetThingBody"] == ["set_thing.body"]
    things.publish("things", document)
    things.build()
    assert "zoom_api_client/api/things/set_thing.py" in things.written()
