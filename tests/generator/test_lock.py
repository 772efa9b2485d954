"""A name that users import changes only when somebody asks for it."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

import generator.contract
from generator.__main__ import main
from generator.sources import Source, save
from generator.verify import BuildFault
from tests.generator.conftest import NOTICES, THINGS

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

    def name_models(models: list[Any], known: Any) -> None:
        real(models, known)
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
    """What Zoom drops is reported, and its names stay in the lock: they are never another thing's."""
    moved = {"put": {**document["paths"]["/things/{id}"]["put"], "operationId": "newThing"}}
    things.publish("things", {"info": {}, "paths": {"/new/{id}": moved}})
    assert main(["--root", str(things.root), "build"]) == 0
    told = capsys.readouterr().err
    assert "gone from Zoom's documents, and so from the client: things.set_thing\n" in told
    assert "things.delete_thing" in told
    assert "models.things.SetThingBody\n" in told
    names = json.loads((things.layout.openapi / "things/names.json").read_text())
    assert names["operations"] == {
        "DELETE /things/{id}": "delete_thing",
        "PUT /new/{id}": "new_thing",
        "PUT /things/{id}": "set_thing",
    }
    assert names["models"]["SetThingBody"] == ["set_thing.body"]
    assert {"delete_thing", "models.Size"} <= set(names["gone"])
    assert main(["--root", str(things.root), "build"]) == 0
    assert "gone" not in capsys.readouterr().err
    things.publish("things", document)
    things.build()
    gone = set(lock_of(things)["gone"])
    assert {"new_thing", "models.NewThingBody"} <= gone
    assert not {"set_thing", "delete_thing", "models.Size"} & gone
    assert "zoom_api_client/api/things/set_thing.py" in things.written()


def lock_of(things: Any, product: str = "things") -> Any:
    """Return the lock of a product."""
    return json.loads((things.layout.openapi / product / "names.json").read_text())


def code_of(things: Any, place: str) -> str:
    """Return a generated file."""
    return (things.layout.package / place).read_text()


def rebuilt(things: Any, document: Any, *changes: tuple[str, str]) -> dict[str, bytes]:
    """Build things from a document after changes of its text, and return what was written."""
    text = json.dumps(document)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    things.publish("things", json.loads(text))
    things.build()
    return dict(things.written())


@pytest.mark.parametrize(
    "changes",
    [
        [("/things/{id}", "/things/{thing_id}"), ('"name": "id", "in": "path"', '"name": "thing_id", "in": "path"')],
        [("/things/{id}", "/all/things/{id}")],
        [('"200"', '"201"')],
    ],
    ids=["an identifier is called otherwise", "a path moves", "200 becomes 201"],
)
def test_name_outlives_what_it_was_known_by(things: Any, document: Any, changes: Any) -> None:
    """Operations, arguments and models are called as before, and going back gives the old code again."""
    before = things.written()
    names = lock_of(things)
    after = rebuilt(things, document, *changes)
    assert after.keys() == before.keys()
    now = lock_of(things)
    assert sorted(now["operations"].values()) == sorted(names["operations"].values())
    assert now["models"].keys() == names["models"].keys()
    assert now["gone"] == []
    assert "def request(\n    id: str,\n" in code_of(things, "api/things/set_thing.py")
    back = rebuilt(things, document)
    assert {place: text for place, text in back.items() if "names" not in place} == {
        place: text for place, text in before.items() if "names" not in place
    }


def test_parameter_and_field_keep_their_names(things: Any, document: Any) -> None:
    """A newcomer that would like the name of another takes one beside it, wherever Zoom lists it."""
    put = document["paths"]["/things/{id}"]["put"]
    put["parameters"].insert(1, {"name": "dry-run", "in": "query", "schema": {"type": "integer"}})
    size = put["requestBody"]["content"]["application/json"]["schema"]["properties"]["size"]
    size["properties"] = {"Width": {"type": "integer"}, **size["properties"]}
    things.publish("things", document)
    things.build()
    assert "dry_run: str | Unset = UNSET" in code_of(things, "api/things/set_thing.py")
    assert "dry_run_: int | Unset = UNSET" in code_of(things, "api/things/set_thing.py")
    assert "width: str | Unset" in code_of(things, "models/things/set_thing.py")
    assert 'width_: int | Unset = named("Width"' in code_of(things, "models/things/set_thing.py")


def test_parameter_and_field_that_are_gone_are_reported(
    things: Any, document: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each is named with what had it, once."""
    put = document["paths"]["/things/{id}"]["put"]
    put["parameters"] = [each for each in put["parameters"] if each["name"] != "dry_run"]
    put["requestBody"]["content"]["application/json"]["schema"]["properties"]["size"]["properties"] = {
        "height": {"type": "string"}
    }
    things.publish("things", document)
    assert main(["--root", str(things.root), "build"]) == 0
    told = capsys.readouterr().err
    assert "from the client: things.set_thing(dry_run)\n" in told
    assert "from the client: models.things.Size.width\n" in told
    assert main(["--root", str(things.root), "build"]) == 0
    assert capsys.readouterr().err == ""


def shared(**widths: Any) -> Any:
    """Return a document with two operations that take the same model, with what each says of its width."""
    document = copy.deepcopy(THINGS)
    item = document["paths"]["/things/{id}"]
    item["post"] = {**copy.deepcopy(item["put"]), "summary": "Make a thing", "operationId": "thingMake"}
    for method, width in widths.items():
        schema = item[method]["requestBody"]["content"]["application/json"]["schema"]
        schema["properties"]["size"]["properties"] |= width
    return document


def test_model_stays_one_while_its_places_agree(things: Any) -> None:
    """A field or a choice that one of its places gains is a field of the model, and no place has another name."""
    things.publish("things", shared())
    things.build()
    assert set(lock_of(things)["models"]["Size"]) == {"make_thing.body.size", "set_thing.body.size"}
    for width in ({"height": {"type": "integer"}}, {"width": {"type": "string", "maxLength": 3}}):
        things.publish("things", shared(put=width))
        [built] = things.build()
        assert set(lock_of(things)["models"]["Size"]) == {"make_thing.body.size", "set_thing.body.size"}
        assert built.moved == []
    things.publish("things", shared(put={"height": {"type": "integer"}}))
    things.build()
    assert "height: int | Unset = UNSET" in code_of(things, "models/things/other_models.py")


def test_model_that_splits_is_reported(things: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a field becomes another type at one of its places, that place has a model of its own from then on."""
    things.publish("things", shared())
    things.build()
    things.publish("things", shared(put={"width": {"type": "integer"}}))
    assert main(["--root", str(things.root), "build"]) == 0
    told = capsys.readouterr().err
    assert "models.things.Size is MakeThingSize at make_thing.body.size" in told
    assert "class Size(Model)" in code_of(things, "models/things/set_thing.py")
    before = things.written()
    assert main(["--root", str(things.root), "build"]) == 0
    assert capsys.readouterr().err == ""
    assert things.written() == before


def test_model_that_was_split_is_one_again_when_its_places_agree(things: Any) -> None:
    """Zoom takes back what split it: the place has its first name, and the code is as it was."""
    things.publish("things", shared())
    things.build()
    before = things.written()
    things.publish("things", shared(put={"width": {"type": "integer"}}))
    things.build()
    things.publish("things", shared())
    [built] = things.build()
    assert built.gone == ["models.things.MakeThingSize"]
    for _ in range(2):
        after = things.written()
        assert {place for place in before if before[place] != after[place]} == {"openapi/things/names.json"}
        things.build()


def test_field_keeps_its_name_above_a_list(things: Any, document: Any) -> None:
    """A field called as a type that a new field uses goes below it, and is called so still."""
    schema = document["paths"]["/things/{id}"]["put"]["requestBody"]["content"]["application/json"]["schema"]
    schema["properties"]["size"]["properties"] = {"list": {"type": "string"}}
    things.publish("things", document)
    things.build()
    assert "    list: str | Unset = UNSET" in code_of(things, "models/things/set_thing.py")
    schema["properties"]["size"]["properties"]["more"] = {"type": "array", "items": {"type": "string"}}
    things.publish("things", document)
    things.build()
    code = code_of(things, "models/things/set_thing.py")
    assert code.index("    more: list[str]") < code.index("    list: str | Unset = UNSET")


def test_what_moves_to_another_product_has_an_alias_that_warns(
    things: Any, document: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An event and an operation are found at their old place, with a warning that says the new one."""
    item = document["paths"]["/things/{id}"]
    other = {"info": {}, "paths": {"/things/{id}": {"put": item.pop("put")}}}
    things.publish("things", document)
    things.publish("others", other)
    gone = copy.deepcopy(NOTICES)
    moved = {"info": {}, "webhooks": {"thing.gone": gone["webhooks"].pop("thing.gone")}}
    things.publish("things", gone)
    things.publish("others", moved)
    things.build()
    assert "from zoom_api_client.api.others.set_thing import OPERATION" in code_of(things, "api/things/set_thing.py")
    place = "zoom_api_client.events.others.ThingGone"
    assert f'lazy.models(__name__, {{"ThingGone": "{place}"}})' in code_of(things, "events/things/__init__.py")
    assert "from ..others import ThingGone as ThingGone" in code_of(things, "events/things/__init__.pyi")
    assert "from ..others import Size as Size" in code_of(things, "models/things/__init__.pyi")
    assert "set_thing = _Plain(things_set_thing.request)" in code_of(things, "_async/api.pyi")
    before = things.written()
    things.build()
    assert things.written() == before


def test_name_that_a_person_changes_keeps_an_alias(things: Any) -> None:
    """Who renames in a lock says the old name there, and it is imported with a warning."""
    path = things.layout.openapi / "things/names.json"
    text = path.read_text().replace('"Size"', '"ThingSize"')
    path.write_text(json.dumps(json.loads(text) | {"aliases": {"models.Size": "models.ThingSize"}}))
    things.build()
    place = "zoom_api_client.models.things.ThingSize"
    assert f'lazy.models(__name__, {{"Size": "{place}"}})' in code_of(things, "models/things/__init__.py")
    assert lock_of(things)["gone"] == []


def test_product_with_a_new_name_takes_over_what_it_has(things: Any, document: Any) -> None:
    """An operation that two products have is at home in that of the newer document; the other's names warn."""
    things.publish("renamed", document)
    days = {"things": "2026-03", "renamed": "2026-08"}
    save(
        things.layout.openapi / "sources.toml",
        [Source(each, "endpoints", "x", dated=day) for each, day in days.items()],
    )
    things.build()
    module = code_of(things, "api/things/set_thing.py")
    assert "from zoom_api_client.api.renamed.set_thing import OPERATION" in module
    assert "from ..renamed import Size as Size" in code_of(things, "models/things/__init__.pyi")
    assert [each["module"].split(".")[2] for each in json.loads(code_of(things, "api/operations.json"))] == [
        "renamed"
    ] * 2
    before = things.written()
    things.build("things")
    assert things.written() == before
