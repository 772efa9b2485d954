"""Two dialects of OpenAPI, and Zoom's own, must come out as one plain form that says the same."""

from typing import Any

import pytest

from generator.normalise import by_number, normalise, schema
from generator.references import DanglingReference, References

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
NULL = {"type": "null"}
DAY = {"type": "string", "format": "date"}


def thing(*required: str, **properties: Any) -> dict[str, Any]:
    """Return an object schema."""
    return {"type": "object", "properties": properties} | ({"required": list(required)} if required else {})


def either(*options: Any) -> dict[str, Any]:
    """Return a schema of alternatives."""
    return {"anyOf": list(options)}


def array(items: Any) -> dict[str, Any]:
    """Return an array schema."""
    return {"type": "array", "items": items}


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ({"allOf": [thing("b", b=TEXT), thing("a", a=NUMBER)]}, thing("a", "b", a=NUMBER, b=TEXT)),
        ({"allOf": [{"allOf": [thing(a=TEXT)]}, {"allOf": [thing(b=TEXT)]}]}, thing(a=TEXT, b=TEXT)),
        ({**thing(a=TEXT), "allOf": [thing("b", b=TEXT)]}, thing("b", a=TEXT, b=TEXT)),
        ({"allOf": [thing(a=thing(x=TEXT)), thing(a=thing("y", y=TEXT))]}, thing(a=thing("y", x=TEXT, y=TEXT))),
        ({"allOf": [thing(a={"allOf": [TEXT]})]}, thing(a=TEXT)),
        ({"allOf": [{**TEXT, "maxLength": 5}, {"type": "integer", "maxLength": 9}]}, {**TEXT, "maxLength": 5}),
        ({"type": "string", "allOf": [{"type": "integer", "format": "date"}]}, {**TEXT, "format": "date"}),
        ({"allOf": [{"$ref": "#/components/schemas/A"}, thing(b=TEXT)]}, thing(a=TEXT, b=TEXT)),
    ],
    ids=["both", "nested", "beside", "same-property", "inside", "first-believed", "own-believed", "reference"],
)
def test_every_part_of_all_of_is_kept(raw: dict[str, Any], plain: dict[str, Any]) -> None:
    """All parts of an `allOf` are merged, deeply; where two contradict each other the first is believed."""
    assert schema(raw, References({"components": {"schemas": {"A": thing(a=TEXT)}}})) == plain


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ({"allOf": [array(thing(a=TEXT)), {"items": thing(b=TEXT)}]}, array(thing(a=TEXT, b=TEXT))),
        (
            {"type": "object", "properties": {"a": array(thing(x=TEXT))}, "allOf": [thing(a=array(thing(y=TEXT)))]},
            thing(a=array(thing(x=TEXT, y=TEXT))),
        ),
        (
            {"allOf": [{"oneOf": [thing(a=TEXT), thing(b=TEXT)]}, {"oneOf": [thing(c=TEXT), thing(d=TEXT)]}]},
            either(thing(a=TEXT, c=TEXT), thing(a=TEXT, d=TEXT), thing(b=TEXT, c=TEXT), thing(b=TEXT, d=TEXT)),
        ),
        (
            {"oneOf": [thing(a=TEXT), thing(b=TEXT)], "anyOf": [thing(c=TEXT), thing(d=TEXT)]},
            either(thing(c=TEXT, a=TEXT), thing(d=TEXT, a=TEXT), thing(c=TEXT, b=TEXT), thing(d=TEXT, b=TEXT)),
        ),
        ({"allOf": [{**TEXT, "maxLength": 100}, {"maxLength": 10, "minLength": 2}, {"minLength": 1}]},
         {**TEXT, "maxLength": 10, "minLength": 2}),
        ({"allOf": [{**TEXT, "enum": ["a", "b"]}, {"enum": ["b", "c"]}]}, {**TEXT, "enum": ["b"]}),
        ({"allOf": [{**TEXT, "enum": ["a"]}, {"enum": ["b"]}]}, {**TEXT, "enum": ["a"]}),
    ],
)  # fmt: skip
def test_parts_of_all_of_hold_all_at_once(raw: dict[str, Any], plain: dict[str, Any]) -> None:
    """Items, alternatives and limits of the second part were dropped: the user of a video file in the video SDK was."""
    assert schema(raw) == plain


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ({**TEXT, "nullable": True}, either(TEXT, NULL)),
        ({**TEXT, "nullable": False}, TEXT),
        ({"nullable": True}, {}),
        ({"oneOf": [TEXT, NUMBER], "nullable": True}, either(TEXT, NUMBER, NULL)),
        (thing(a={**NUMBER, "nullable": True}), thing(a=either(NUMBER, NULL))),
        ({"type": ["string", "null"], "format": "YYYY-MM-DD"}, either(DAY, NULL)),
        ({"type": ["object", "null"], "properties": {"a": {"allOf": [TEXT]}}}, either(thing(a=TEXT), NULL)),
    ],
    ids=["3.0", "not", "anything", "alternatives", "property", "3.1", "3.1-object"],
)
def test_null_is_an_alternative(raw: dict[str, Any], plain: dict[str, Any]) -> None:
    """`nullable` of OpenAPI 3.0 and the type list of 3.1 become the same alternative."""
    assert schema(raw) == plain


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ({"oneOf": [TEXT, NUMBER]}, either(TEXT, NUMBER)),
        ({"anyOf": [TEXT]}, TEXT),
        ({"oneOf": [TEXT, TEXT]}, TEXT),
        (either(TEXT, either(NUMBER, DAY)), either(TEXT, NUMBER, DAY)),
        ({"oneOf": [{"format": "date"}, {"maxLength": 2}], **TEXT}, either(DAY, {**TEXT, "maxLength": 2})),
        (
            {**thing("x", x=TEXT), "oneOf": [thing("a", a=TEXT), thing(b=TEXT)]},
            either(thing("a", "x", a=TEXT, x=TEXT), thing("x", b=TEXT, x=TEXT)),
        ),
        (
            {**thing(a=TEXT, b=TEXT), "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
            thing(a=TEXT, b=TEXT),
        ),
        (
            {"anyOf": [TEXT, NUMBER], "deprecated": True},
            {**either({**TEXT, "deprecated": True}, {**NUMBER, "deprecated": True}), "deprecated": True},
        ),
    ],
    ids=["one-of", "one", "twice", "nested", "beside", "beside-objects", "required", "deprecated"],
)
def test_what_stands_beside_alternatives_is_kept(raw: dict[str, Any], plain: dict[str, Any]) -> None:
    """Alternatives are one flat `anyOf`, each whole in itself; one alone is none."""
    assert schema(raw) == plain


@pytest.mark.parametrize(
    ("options", "plain"),
    [
        ([thing("a", "b", a=TEXT, b=TEXT), thing("a", a=NUMBER, b=TEXT)], thing("a", a=either(TEXT, NUMBER), b=TEXT)),
        ([thing(a=thing(x=TEXT)), thing(a=thing(x=NUMBER))], thing(a=thing(x=either(TEXT, NUMBER)))),
        ([thing(a=TEXT), thing(a=TEXT, b=TEXT)], either(thing(a=TEXT), thing(a=TEXT, b=TEXT))),
        ([thing(a=TEXT), thing(a=NUMBER), TEXT], either(thing(a=TEXT), thing(a=NUMBER), TEXT)),
    ],
    ids=["types", "nested", "more-fields", "not-all-objects"],
)
def test_alternatives_that_nobody_can_tell_apart_are_one(options: list[Any], plain: dict[str, Any]) -> None:
    """Objects of the same fields are one, whose fields have the alternatives; others stay alternatives."""
    assert schema({"oneOf": options}) == plain


def test_empty_text_beside_a_format_means_no_time() -> None:
    """`enum: [""]` beside a format means a time or nothing."""
    raw = {**TEXT, "format": "date-time", "anyOf": [{}, {"enum": [""]}]}
    assert schema(raw) == either({**TEXT, "format": "date-time"}, {**TEXT, "enum": [""]})


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ({**array(TEXT), "enum": ["a", "b"]}, array({**TEXT, "enum": ["a", "b"]})),
        ({**array(NUMBER), "enum": [1, 2]}, array({**NUMBER, "enum": [1, 2]})),
        ({"type": "array", "enum": ["a"]}, array({**TEXT, "enum": ["a"]})),
        ({**NUMBER, "enum": [2, 1, 2]}, {**NUMBER, "enum": [2, 1]}),
        (array({"enum": ["a", "a"]}), array({**TEXT, "enum": ["a"]})),
        ({"type": "array"}, array({})),
        (thing("b", "a", "a", "gone", a=TEXT, b=TEXT), thing("a", "b", a=TEXT, b=TEXT)),
        ({"type": "object", "required": ["gone"]}, {"type": "object"}),
        (thing(page_size={"type": "number"}), thing(page_size=NUMBER)),
        (thing(size={"type": "number"}), thing(size={"type": "number"})),
    ],
)
def test_fact_on_the_wrong_schema_moves_to_the_right_one(raw: dict[str, Any], plain: dict[str, Any]) -> None:
    """An enum moves to where it means what Zoom meant, and what means nothing goes."""
    assert schema(raw) == plain


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ({"properties": {"a": TEXT}}, "object"),
        ({"items": TEXT}, "array"),
        ({"enum": ["a"]}, "string"),
        ({"enum": [1, 2]}, "integer"),
        ({"enum": [True, False]}, "boolean"),
        ({"format": "date"}, "string"),
        ({}, None),
        (None, None),
    ],
)
def test_type_that_is_not_said_is_inferred(raw: Any, kind: str | None) -> None:
    """A type is inferred from what only one type has; what can be anything stays anything."""
    assert schema(raw).get("type") == kind


@pytest.mark.parametrize(
    ("extra", "kept"), [(False, False), (True, False), ({}, False), ({"enum": ["a"]}, True)], ids=str
)
def test_zoom_may_add_fields(extra: Any, kept: bool) -> None:
    """`additionalProperties: false` is not believed; an object without properties is a map of what it says."""
    map_of = {"additionalProperties": {**TEXT, "enum": ["a"]}} if kept else {}
    assert schema({"type": "object", "additionalProperties": extra}) == {"type": "object", **map_of}
    assert schema({**thing(a=TEXT), "additionalProperties": extra}) == thing(a=TEXT)


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ({"const": "a"}, {**TEXT, "enum": ["a"]}),
        ({"enum": ["a", None]}, either({**TEXT, "enum": ["a"]}, NULL)),
        ({"enum": [None]}, NULL),
        ({"enum": ["a", 1]}, either({**TEXT, "enum": ["a"]}, {**NUMBER, "enum": [1]})),
        ({"enum": [1, 2.5]}, {"type": "number"}),
        ({"enum": [{"a": 1}]}, {"type": "object"}),
        ({**NUMBER, "enum": ["1"]}, {**TEXT, "enum": ["1"]}),
        ({"type": ["string", "integer"], "enum": ["a", 1]}, either({**TEXT, "enum": ["a"]}, {**NUMBER, "enum": [1]})),
        ({"type": "Integer"}, NUMBER),
        ({"type": "datetime"}, {**TEXT, "format": "date-time"}),
        ({**TEXT, "maxLength": -1, "pattern": "(("}, TEXT),
        ({**NUMBER, "maximum": 2**70, "multipleOf": 0}, NUMBER),
    ],
    ids=str,
)
def test_odd_schema_says_what_it_can(raw: dict[str, Any], plain: dict[str, Any]) -> None:
    """A constant is an enum, an enum has one type, a type has its name, and a limit that cannot be is none."""
    assert schema(raw) == plain


@pytest.mark.parametrize(
    ("schemas", "plain"),
    [
        ({"A": thing(a={"$ref": "#/s/A"}, b=TEXT)}, thing(a={"type": "object"}, b=TEXT)),
        ({"A": thing(a=array({"$ref": "#/s/A"}))}, thing(a=array({"type": "object"}))),
        ({"A": {"allOf": [{"$ref": "#/s/A"}, thing(a=TEXT)]}}, thing(a=TEXT)),
        ({"A": thing(b={"$ref": "#/s/B"}), "B": thing(a={"$ref": "#/s/A"})}, thing(b=thing(a={"type": "object"}))),
        ({"A": {"$ref": "#/s/A"}}, {}),
        ({"A": {"$ref": "#/s/B", "nullable": True}, "B": TEXT}, either(TEXT, NULL)),
    ],
    ids=["itself", "in-a-list", "part-of-itself", "each-other", "nothing-else", "beside"],
)
def test_reference_that_comes_back_ends(schemas: dict[str, Any], plain: dict[str, Any]) -> None:
    """A schema inside itself is of its type, and no more is known of it."""
    assert schema({"$ref": "#/s/A"}, References({"s": schemas})) == plain


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        (["200", "404"], ["200", "404"]),
        (["2XX", "4XX"], ["200", "4XX"]),
        (["201", "2xx", "default"], ["201", "200"]),
        (["default"], ["200"]),
        (["404", "default"], ["200", "404"]),
        (["302"], ["302"]),
    ],
    ids=str,
)
def test_success_has_a_number(said: list[str], numbers: list[str]) -> None:
    """What is declared for every success, or for everything and no success apart, is declared for 200."""
    assert list(by_number({status: {} for status in said})) == numbers


def test_parameter_of_the_path_alone_is_a_text() -> None:
    """What stands in braces and is not declared is needed all the same."""
    operation = {"operationId": "x", "parameters": [], "responses": {}}
    plain = normalise({"info": {}, "paths": {"/x/{a}/{b}": {"get": operation}}})
    assert [(each["name"], each["required"]) for each in plain["paths"]["/x/{a}/{b}"]["get"]["parameters"]] == [
        ("a", True),
        ("b", True),
    ]


def test_schema_is_changed_in_place() -> None:
    """What is read stays as it was, for whoever refers to it."""
    raw = {"allOf": [thing(a={**TEXT, "nullable": True, "maximum": 3}), thing("a", a={"enum": ["x", "x"]})]}
    before = repr(raw)
    schema(raw)
    assert repr(raw) == before


def webhooks(**schemas: Any) -> dict[str, Any]:
    """Return an events document with a schema for each event."""
    bodies = {name: {"content": {"application/json": {"schema": each}}} for name, each in schemas.items()}
    events = {name: {"post": {"operationId": name, "parameters": [], "requestBody": bodies[name]}} for name in schemas}
    return {"openapi": "3.1.0", "info": {}, "webhooks": events}


def of_event(document: dict[str, Any], name: str) -> Any:
    """Return the plain schema of an event."""
    return normalise(document)["webhooks"][name]["post"]["requestBody"]["content"]["application/json"]["schema"]


PLACE = "/post/requestBody/content/application~1json/schema"


@pytest.mark.parametrize("document", ["paths", "webhooks"])
def test_event_that_refers_to_another_has_its_schema(document: str) -> None:
    """Zoom's events call their own webhooks `#/paths/<event>`; the schema there, in its plain form, stands in."""
    raw = thing(status={"$ref": f"#/{document}/made{PLACE}/properties/list/oneOf/1"})
    made = thing(list={"oneOf": [TEXT, {"enum": ["new", "new"]}]})
    assert of_event(webhooks(made=made, changed=raw), "changed") == thing(status={**TEXT, "enum": ["new"]})


@pytest.mark.parametrize("ref", [f"#/paths/gone{PLACE}", f"#/paths/made{PLACE}/properties/a/oneOf/7", "other.json#/a"])
def test_reference_to_nothing_stops_the_build(ref: str) -> None:
    """A dangling reference stops the build, and the message has it and the way out."""
    with pytest.raises(DanglingReference, match="points to nothing: give its real type in an overlay") as caught:
        normalise(webhooks(made=thing(a={"oneOf": [TEXT]}), changed=thing(a={"$ref": ref})))
    assert ref in str(caught.value)


def test_place_in_an_operation_is_left_raw() -> None:
    """Parameters, bodies and answers of every operation come out plain, of one media type each."""
    wrong = {"type": "array", "enum": ["a"]}
    content = {"content": {"application/json": {"schema": wrong}, "application/pdf": {}}}
    operation = {
        "operationId": "x",
        "parameters": [{"name": "q", "in": "query", "schema": wrong}, {"name": "r", "in": "query"}],
        "requestBody": {**content, "required": True},
        "responses": {"200": {**content, "description": ""}, "204": {"description": ""}},
    }
    plain = normalise({"openapi": "3.0.0", "info": {}, "servers": [], "paths": {"/x": {"put": operation}}})
    right = array({**TEXT, "enum": ["a"]})
    mended = {"content": {"application/json": {"schema": right}}}
    assert plain["openapi"] == "3.1.0"
    assert plain["paths"]["/x"]["put"] == {
        "operationId": "x",
        "parameters": [
            {"name": "q", "in": "query", "required": False, "schema": right},
            {"name": "r", "in": "query", "required": False, "schema": {}},
        ],
        "requestBody": {**mended, "required": True},
        "responses": {"200": {**mended, "description": ""}, "204": {"description": ""}},
    }
