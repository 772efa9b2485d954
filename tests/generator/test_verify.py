"""Whatever stage loses something on the way, the build must not pass: each of these breaks one on purpose."""

import copy
from collections.abc import Callable
from typing import Any

import attrs
import pytest

import generator.build
import generator.contract
import generator.emit
import generator.product
from generator.distil import operations
from generator.verify import BuildFault
from tests.generator.conftest import THINGS

Change = Callable[[Any], Any]


def without(field: str, wire: str) -> Change:
    """Return a change that loses one argument of the first view."""

    def less(views: list[Any]) -> list[Any]:
        kept = [each for each in getattr(views[0], field) if each.wire != wire]
        assert kept != getattr(views[0], field)
        return [attrs.evolve(views[0], **{field: kept}), *views[1:]]

    return less


def without_answer(views: list[Any]) -> list[Any]:
    """Lose an answer."""
    return [attrs.evolve(views[0], facts={**views[0].facts, "results": {200: "Thing"}}), *views[1:]]


@pytest.mark.parametrize(
    ("loss", "message"),
    [
        (lambda views: views[:1], r"DELETE /things/\{id\} is lost"),
        (lambda views: [*views, attrs.evolve(views[0], path="/x")], "PUT /x is in no document"),
        (without("path_arguments", "id"), "set_thing lost its parameter id"),
        (without("query_arguments", "id"), "set_thing lost its parameter id"),
        (without("query_arguments", "dry_run"), "set_thing lost its parameter dry_run"),
        (without("header_arguments", "X-Id"), "set_thing lost its parameter X-Id"),
        (without_answer, "set_thing lost its answer 202"),
        (lambda views: [attrs.evolve(views[0], body=None), *views[1:]], "set_thing lost its body"),
    ],
)
def test_emitter_that_loses_something_stops_the_build(things: Any, change: Any, loss: Change, message: str) -> None:
    """An operation, parameter, answer or body that is not in the code stops the build, and nothing changes."""
    before = things.written()
    change(generator.product, "emit", loss)
    with pytest.raises(BuildFault, match=f"things: {message}"):
        things.build()
    assert things.written() == before


def lose_operation(document: dict[str, Any]) -> dict[str, Any]:
    """Lose an operation or an event of a document."""
    kind = "webhooks" if "webhooks" in document else "paths"
    items = {name: dict(list(item.items())[:1]) for name, item in list(document[kind].items())[:1]}
    return {**document, kind: items}


def lose_parameter(document: dict[str, Any]) -> dict[str, Any]:
    """Lose all parameters of each operation but the first."""
    for _, _, operation in operations(document):
        operation["parameters"] = operation["parameters"][:1]
    return document


@pytest.mark.parametrize(
    ("stage", "loss", "message"),
    [
        ("normalise", lose_operation, "is lost"),
        ("normalise", lose_parameter, "lost its parameter X-Id"),
        ("_endpoints", lambda made: ({**made[0], "paths": {}}, *made[1:]), "is lost"),
        ("_events", lambda made: ({**made[0], "webhooks": {}}, *made[1:]), "the event thing.gone is lost"),
    ],
)
def test_stage_that_loses_something_stops_the_build(
    things: Any, change: Any, stage: str, loss: Change, message: str
) -> None:
    """What a document says after our corrections is in the code, or the build stops."""
    change(generator.contract, stage, loss)
    with pytest.raises(BuildFault, match=message):
        things.build()


def test_event_without_a_file_stops_the_build(things: Any, change: Any) -> None:
    """An event whose file is not written stops the build."""
    change(generator.emit.model_files, "files", lambda files: {key: files[key] for key in files if key != "thing_set"})
    with pytest.raises(BuildFault, match=r"^things: the event thing\.set is lost$"):
        things.build()


def test_event_without_a_class_stops_the_build(things: Any, change: Any) -> None:
    """An event whose class is like any other model stops the build."""
    change(generator.emit, "model_view", lambda view: attrs.evolve(view, base="Model"))
    with pytest.raises(BuildFault, match=r"(?s)the event thing\.gone is lost.*the event thing\.set is lost"):
        things.build()


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object"},
        {"oneOf": [{"type": "string"}, {"type": "integer"}]},
        {"type": "array", "items": {"type": "string"}},
    ],
)
def test_event_without_fields_stops_the_build(things: Any, schema: dict[str, Any]) -> None:
    """An event of which no class can be made stops the build, which says which one it is."""
    event = {"operationId": "x", "tags": [], "requestBody": {"content": {"application/json": {"schema": schema}}}}
    things.publish("things", {"info": {}, "webhooks": {"thing.bare": {"post": event}}})
    with pytest.raises(BuildFault, match=r"things/webhooks.json#/webhooks/thing.bare/post: the event thing\.bare "):
        things.build()


def test_parser_that_loses_something_stops_the_build(things: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model or an operation that openapi-python-client leaves out without a warning stops the build."""
    real = generator.emit.parse.GeneratorData.from_dict

    def without_operation(*given: Any, **options: Any) -> Any:
        data = real(*given, **options)
        for tag in data.endpoint_collections_by_tag.values():
            tag.endpoints.pop()
        return data

    def without_model(*given: Any, **options: Any) -> Any:
        data = real(*given, **options)
        data.models = list(data.models)[1:]
        return data

    for losing, what in ((without_operation, "1 operations: "), (without_model, "1 models: ")):
        monkeypatch.setattr(generator.emit.parse.GeneratorData, "from_dict", losing)
        with pytest.raises(BuildFault, match=f"things/endpoints.json: openapi-python-client lost {what}"):
            things.build()


EVIL = "https://evil.example/v2"


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("document", r"endpoints\.json#/servers/0/url: names the server https://evil\.example/v2, which is not Zoom's"),
        ("path", r"endpoints\.json#/paths/~1things~1\{id\}/put: names the server https://evil"),
        ("operation", r"endpoints\.json#/paths/~1things~1\{id\}/delete: names the server https://evil"),
    ],
)
def test_a_server_that_is_not_zooms_stops_the_build(things: Any, place: str, message: str) -> None:
    """The generated client would send the token there."""
    document = copy.deepcopy(THINGS)
    item = document["paths"]["/things/{id}"]
    holder = {"document": document, "path": item, "operation": item["delete"]}[place]
    holder["servers"] = [{"url": EVIL}]
    things.publish("things", document)
    before = things.written()
    with pytest.raises(BuildFault, match=message):
        things.build()
    assert things.written() == before


@pytest.mark.parametrize("place", ["document", "path", "operation"])
def test_a_server_of_zooms_is_where_requests_go(things: Any, place: str) -> None:
    """Zoom has hosts for files: wherever a document names one, it holds."""
    document = copy.deepcopy(THINGS)
    item = document["paths"]["/things/{id}"]
    holder = {"document": document, "path": item, "operation": item["put"]}[place]
    holder["servers"] = [{"url": "https://fileapi.zoom.us/v2"}]
    things.publish("things", document)
    things.build()
    module = things.layout.package / "api" / "things" / "set_thing.py"
    assert 'server="https://fileapi.zoom.us/v2"' in module.read_text()
