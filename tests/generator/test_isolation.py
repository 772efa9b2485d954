"""One broken product costs that product alone, and all that is wrong with all of them is reported at once."""

import json
from typing import Any

import pytest

from generator import product
from generator.__main__ import main
from generator.build import attempt, check
from generator.faults import BuildFault
from tests.generator.conftest import NOTICES, THINGS

PUT = "/paths/~1things~1{id}/put"


@pytest.fixture
def four(things: Any) -> Any:
    """A project of four products, built."""
    for name in ("apples", "books", "cups"):
        things.publish(name, json.loads(json.dumps(THINGS).replace("/things/", f"/{name}/")))
    things.build()
    return things


def break_all(project: Any, document: Any) -> None:
    """Break three products, each in its own way, and change the fourth."""
    put = document["paths"]["/things/{id}"]["put"]
    put["parameters"][1]["in"] = "cookie"
    put["responses"]["200"]["content"]["application/json"]["schema"]["properties"]["id"] = {"$ref": "#/gone"}
    project.publish("apples", document)
    (project.layout.openapi / "books" / "endpoints.json").write_text('{"paths": {<<<<<<< HEAD')
    project.correct("cups", {"target": "$.gone", "remove": True}, {"target": "$.lost", "remove": True})
    changed = json.loads(json.dumps(THINGS))
    changed["paths"]["/found/{id}"] = {"get": {**changed["paths"]["/things/{id}"]["put"], "summary": "Find things"}}
    project.publish("things", changed)


def test_every_fault_of_every_product_is_reported_at_once(four: Any, document: Any) -> None:
    """Each fault says its document, the place in it and the reason."""
    break_all(four, document)
    with pytest.raises(BuildFault) as caught:
        four.build()
    told = [(fault.document, fault.place, fault.reason.partition(":")[0][:30]) for fault in caught.value.faults]
    schema = f"{PUT}/responses/200/content/application~1json/schema/properties/id/$ref"
    assert told == [
        ("apples/endpoints.json", schema, "$ref #/gone points to nothing"),
        ("apples/endpoints.json", f"{PUT}/parameters/1", "'id' goes into 'cookie', which"),
        ("books/endpoints.json", "", "it is not JSON (Expecting prop"),
        ("overlays/cups/endpoints.yaml", "", "overlay 'cups"),
        ("overlays/cups/endpoints.yaml", "", "overlay 'cups"),
    ]


def test_good_products_land_and_bad_ones_stay(four: Any, document: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """The bad keep code, lock and rows of the indexes; the exit status is 1; `check` finds no difference."""
    before = four.written()
    break_all(four, document)
    assert main(["--root", str(four.root), "build"]) == 1
    told = capsys.readouterr()
    assert "1 products, 3 operations" in told.out
    assert told.err.count("not built, and left as it was") == 5
    after = four.written()
    changed = {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}
    assert changed
    assert not [place for place in changed if any(name in place for name in ("apples", "books", "cups"))]
    rows = [row["module"].split(".")[2] for row in json.loads(after["zoom_api_client/api/operations.json"])]
    assert {name: rows.count(name) for name in rows} == {"apples": 2, "books": 2, "cups": 2, "things": 3}
    assert check(four.layout).differences == []


def test_new_product_with_a_fault_leaves_nothing(things: Any) -> None:
    """A product that was never built has no files, and no line in any index."""
    before = things.written()
    (things.layout.openapi / "new").mkdir()
    (things.layout.openapi / "new" / "endpoints.json").write_text("[]")
    assert [str(fault) for fault in attempt(things.layout).faults] == ["new/endpoints.json: is not a JSON object"]
    assert things.written() == before


def test_failure_of_the_generator_costs_one_product(four: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody foresaw is reported with its line, and the other products are built."""
    real = product.emit

    def fail(made: Any, package: Any) -> Any:
        return real(made, package) if made.product != "cups" else {}["unforeseen"]

    monkeypatch.setattr(product, "emit", fail)
    outcome = attempt(four.layout)
    assert [each.product for each in outcome.built] == ["apples", "books", "things"]
    [fault] = outcome.faults
    assert str(fault).startswith("cups: the generator fails (KeyError: 'unforeseen', test_isolation.py:")


def test_event_has_one_home(things: Any) -> None:
    """An event that two products name is reported, and stays where it is."""
    things.publish("others", json.loads(json.dumps(NOTICES)))
    before = things.written()
    outcome = attempt(things.layout)
    assert [fault.place for fault in outcome.faults] == [f"/webhooks/{name}" for name in sorted(NOTICES["webhooks"])]
    assert {fault.document for fault in outcome.faults} == {"things/webhooks.json"}
    assert {place for place in before if "things" in place} <= things.written().keys()


def test_operation_has_one_home(things: Any, document: Any) -> None:
    """One that two products have is told, where nothing says which of them is newer."""
    things.publish("others", document)
    outcome = attempt(things.layout)
    reason = "is one of others too: remove one of the two in an overlay"
    assert sorted((fault.place, fault.reason) for fault in outcome.faults) == [
        ("/paths/~1things~1{id}/delete", f"DELETE /things/{{id}} {reason}"),
        (PUT, f"PUT /things/{{id}} {reason}"),
    ]


def test_path_is_one_whatever_its_identifiers_are_called(things: Any, document: Any) -> None:
    """Both were built, and the mock refused to serve any operation of any product."""
    put = document["paths"]["/things/{id}"]["put"]
    parameters = [{"name": "thingId", "in": "path", "schema": {"type": "string"}}]
    document["paths"]["/things/{thingId}"] = {"put": {**put, "parameters": parameters}}
    things.publish("things", document)
    [fault] = attempt(things.layout).faults
    assert (fault.place, fault.reason.partition(":")[0]) == (
        "/paths/~1things~1{thingId}/put",
        "is at /things/{id} too, which is the same path",
    )


def test_product_for_master_accounts_alone_is_built(project: Any) -> None:
    """A product that has a master document and no other is one of operations for master accounts."""
    project.publish("plans", json.loads(json.dumps(THINGS)), "master")
    [built] = project.build()
    assert {row["operation_id"]: row["master"] for row in built.operations} == {"thingDelete": True, "thingSet": True}


def test_broken_lock_is_reported(things: Any) -> None:
    """A lock that a merge has broken is named, and not taken for an empty one."""
    for text in ("{<<<<", '{"nonsense": {}}'):
        (things.layout.openapi / "things" / "names.json").write_text(text)
        with pytest.raises(BuildFault, match=r"things/names\.json: "):
            things.build()


def test_events_that_differ_by_a_dot_alone_are_two(things: Any) -> None:
    """They had one place, and so one name: the build stopped, and said that the old one was gone."""
    event = {"post": {"requestBody": {"content": {"application/json": {"schema": {"properties": {"seen": {}}}}}}}}
    things.publish("things", {**NOTICES, "webhooks": {**NOTICES["webhooks"], "thing_set": event, "THING.SET": event}})
    [built] = things.build()
    assert {name: cls for name, (_, cls) in built.events.items()} == {
        "thing.set": "ThingSet",
        "thing.gone": "ThingGone",
        "thing_set": "ThingSet2",
        "THING.SET": "ThingSet2",
    }
