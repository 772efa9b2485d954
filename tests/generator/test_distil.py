"""What only Zoom's prose says must become data, and the prose itself must stay behind."""

import json
from typing import Any

import pytest
from ruamel.yaml import YAML

from generator.distil import BrokenDocument, distil, operations, verb_noun
from generator.references import resolve
from generator.schema_facts import schema_facts

LABEL = "**[Rate Limit Label](https://marketplace.zoom.us/docs/api-reference/rate-limits#rate-limits):**"
CLASSIC = "**[Scopes](https://developers.zoom.us/docs/integrations/oauth-scopes-overview/):**"
GRANULAR = CLASSIC.replace("[Scopes]", "[Granular Scopes]")


def facts(**operation: Any) -> dict[str, Any]:
    """Return the facts of one operation."""
    document = {"openapi": "3.0.0", "info": {}, "paths": {"/x": {"get": {"summary": "Get x", **operation}}}}
    [(_, _, distilled)] = operations(distil(document))
    return distilled


def said(description: str, **operation: Any) -> dict[str, Any]:
    """Return what becomes data of the prose of an operation."""
    return dict(facts(description=description, **operation)["x-zoom"])


def parameter(**given: Any) -> dict[str, Any]:
    """Return the facts of one parameter."""
    [distilled] = facts(parameters=[{"name": "id", "in": "path", "required": True, **given}])["parameters"]
    return dict(distilled)


@pytest.mark.parametrize(
    ("prose", "label"),
    [
        (f"Gets x.\n\n{LABEL} `LIGHT`", "light"),
        (f"{LABEL} `Medium`", "medium"),
        (f"{LABEL} `Resource-intensive`", "resource-intensive"),
        (f"{LABEL} `RESOURCE INTENSIVE`", "resource-intensive"),
        (f"{LABEL} `Heavy`\n\n{LABEL.replace('marketplace', 'developers')} `MEDIUM`", "medium"),
        ("Rate Limit Label: ` HEAVY `", "heavy"),
        ("Its rate is `LIGHT`.", None),
        (f"{LABEL}\n\n`later`", None),
        ("", None),
    ],
)
def test_rate_limit_label_is_read_in_every_spelling(prose: str, label: str | None) -> None:
    """Labels come in two cases, with hyphens or blanks, and once twice, when the last one counts."""
    assert said(prose).get("rate-limit") == label


@pytest.mark.parametrize(
    ("prose", "host"),
    [
        ("The base URL for this API is `https://fileapi.zoom.us/v2`.", "fileapi.zoom.us"),
        ("The base URL for this API is `https://file.zoom.us/v2/`.", "file.zoom.us"),
        ("See https://marketplace.zoom.us/docs/files and https://support.zoom.us.", None),
        ("Answers with a file.zoom.us link.", None),
    ],
)
def test_upload_goes_to_the_host_that_prose_names(prose: str, host: str | None) -> None:
    """Only prose says that files go to another host than everything else, and links in it are no such host."""
    assert said(prose).get("upload-host") == host


def test_authorization_is_kept_on_a_redirect_where_zoom_wants_it() -> None:
    """The wish to retain the header becomes a fact of the operation, and of no other."""
    prose = "The caller must retain the Authorization header when redirected to a different hostname."
    assert said(prose)["keeps-authorization"] is True
    assert "keeps-authorization" not in said("Use an authorization header.")


def test_what_the_body_says_is_read() -> None:
    """Events, and some uploads, have their prose on the body and not on the operation."""
    assert facts(requestBody={"description": f"{LABEL} `LIGHT`"})["x-zoom"] == {"rate-limit": "light"}


@pytest.mark.parametrize(
    "prose",
    [
        "If it begins with a `/`, you must **double encode** the UUID.",
        "You must double-encode the meeting UUID.",
        "Doubly encoded, if it contains `//`.",
        "Encode the UUID in the URL twice.",
    ],
)
def test_uuid_is_marked_as_encoded_twice(prose: str) -> None:
    """Each way in which Zoom asks for double encoding marks the path parameter."""
    assert parameter(description=prose)["x-encode-twice"] is True


def test_only_what_zoom_names_is_encoded_twice() -> None:
    """The mark needs Zoom's word, and a place in the path."""
    assert "x-encode-twice" not in parameter(description="URL-encode it.\nIt is read twice.")


def test_identifier_in_a_query_is_encoded_twice_too() -> None:
    """The instance of a survey and the meeting of a clinical note are UUIDs of meetings."""
    assert parameter(**{"in": "query"}, description="This parameter needs double encode.")["x-encode-twice"] is True


def test_array_is_joined_where_zoom_wants_commas() -> None:
    """A list in the query is comma-joined where prose says so, whatever `explode` says, and nothing else is."""
    array = {"type": "array", "items": {"type": "string"}}
    query = {"in": "query", "schema": array}
    assert parameter(**query, description="Comma-separated ids.", explode=True)["explode"] is False
    assert "explode" not in parameter(**query, description="The ids.")
    assert parameter(**query, explode=True, style="form")["explode"] is True
    assert "explode" not in parameter(**{**query, "schema": {"type": "string"}}, description="Comma-separated ids.")


def test_scopes_of_extensions_go_before_those_of_prose() -> None:
    """`x-extensions` has them as data; prose is asked only where that has none."""
    prose = f"{CLASSIC} `user:read`,`user:write`\n\n{GRANULAR} `user:read:user`, `user:read:user:admin`"
    in_prose = {"classic": ["user:read", "user:write"], "granular": ["user:read:user", "user:read:user:admin"]}
    extensions = {"x-macro-scopes": ["a"], "x-granular-scopes": ["b", "c"], "x-permissions": ["User:Edit"]}
    assert said(prose) == {"scopes": in_prose}
    assert said(prose, **{"x-extensions": extensions}) == {
        "scopes": {"classic": ["a"], "granular": ["b", "c"]},
        "permissions": ["User:Edit"],
    }
    half = {"x-macro-scopes": ["a"]}
    assert said(prose, **{"x-extensions": half})["scopes"] == {"classic": ["a"], "granular": in_prose["granular"]}


def test_operation_without_scopes_has_no_list_of_them() -> None:
    """What is not said leaves no trace, so that a diff of two versions shows only facts."""
    assert said("Nothing to see.", **{"x-extensions": {"x-macro-scopes": []}}) == {}


def test_error_codes_are_kept() -> None:
    """Each answer keeps the codes that its prose lists, as numbers, once and in order."""
    prose = "**Error Code:** `3001` <br>\n No. <br>\n**Error Code**: ` 300 `<br>Bad.\n**Error Code:** `-1`\n" * 2
    answers = facts(responses={"404": {"description": prose}, "204": {"description": "HTTP `204`"}})["responses"]
    assert answers == {"404": {"description": "", "x-error-codes": [-1, 300, 3001]}, "204": {"description": ""}}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Create a meeting", "create_meeting"),
        ("Get the status of an account", "get_status_of_account"),
        ("List a user's meetings", "list_users_meetings"),
        ("Delete users’ files", "delete_users_files"),
        ("List past webinar Q&A", "list_past_webinar_qa"),
        ("Assign/Unassign `IDs` (v2.0)", "assign_unassign_ids_v2_0"),
    ],
)
def test_title_becomes_the_name(title: str, name: str) -> None:
    """Names are public: Zoom's title without articles, apostrophes and punctuation."""
    assert verb_noun(title) == name
    assert facts(summary=title)["x-name"] == name


def test_operation_without_title_is_named_by_its_id() -> None:
    """The operationId stands in."""
    assert facts(summary="", operationId="meetingDelete")["x-name"] == "meeting_delete"


MARKED = """
openapi: 3.0.0
info: {title: Meetings, version: "2", description: MARK}
servers: [{url: https://api.zoom.us/v2, description: MARK}]
tags: [{name: Meetings, description: MARK}]
components: {securitySchemes: {MARK: {description: MARK}}, schemas: {Id: {type: string, title: MARK}}}
paths:
  /m/{id}:
    summary: MARK
    parameters: [{name: id, in: path, description: MARK, schema: {title: MARK}}]
    post:
      summary: Get a meeting
      description: MARK
      tags: [Meetings]
      security: [{MARK: []}]
      externalDocs: {description: MARK}
      parameters: [{name: q, in: query, example: MARK, examples: {MARK: {value: MARK}}}]
      requestBody: {description: MARK, content: {application/json: {example: MARK, schema: &nested
        {<<: &schema
          {title: MARK, description: MARK, example: MARK, x-note: MARK, externalDocs: {url: MARK}, default: a value},
         properties: {description: *schema, a: {items: *schema}, b: {oneOf: [*schema]}},
         additionalProperties: *schema}}}}
      responses:
        "200":
          description: MARK
          headers: {x-id: {description: MARK, schema: *schema}}
          links: {MARK: {description: MARK}}
          content: {application/json: {examples: {MARK: {value: MARK}}, schema: {allOf: [*nested, {not: *schema}]}}}
"""
DOCUMENT = YAML(typ="safe", pure=True).load(MARKED)


def test_no_prose_survives() -> None:
    """No sentence, title or example of Zoom's is in the facts, wherever it stood; the facts beside it are."""
    text = json.dumps(distil(DOCUMENT))
    assert "MARK" in json.dumps(DOCUMENT)
    assert "MARK" not in text
    assert text.count("a value") == 5 + 1 + 5 + 1


def test_property_called_like_prose_is_kept() -> None:
    """A field named `description`, `title` or `example` is a field."""
    fields = {
        name: {"type": "string", "description": "MARK"} for name in ("description", "title", "example", "summary")
    }
    body = {"content": {"application/json": {"schema": {"type": "object", "properties": fields}}}}
    properties = facts(requestBody=body)["requestBody"]["content"]["application/json"]["schema"]["properties"]
    assert properties == {name: {"type": "string"} for name in fields}


def test_sentence_does_not_survive_as_a_default() -> None:
    """A default that is a text for people is prose, and one that is a value is a fact."""
    sentence = {"type": "string", "default": "Please hold the line."}
    assert parameter(schema=sentence)["schema"] == {"type": "string"}
    for value in ("America/New York", 30, False, ""):
        assert parameter(schema={"default": value})["schema"] == {"default": value}


def test_facts_of_a_schema_are_kept() -> None:
    """Types, limits, enums, deprecation and structure stay; required names are sorted for a quiet diff."""
    schema = {
        "type": "object",
        "nullable": True,
        "deprecated": True,
        "required": ["b", "a"],
        "properties": {
            "a": {"type": "string", "pattern": "^x", "minLength": 1, "maxLength": 9, "format": "date"},
            "b": {"type": "array", "uniqueItems": True, "maxItems": 3, "items": {"enum": [1, 2], "maximum": 2}},
        },
        "additionalProperties": False,
    }
    assert parameter(schema=schema)["schema"] == {**schema, "required": ["a", "b"]}


def test_parameters_of_a_path_are_kept() -> None:
    """What stands once for all methods of a path is said of each operation, before its own."""
    [(method, path, distilled)] = operations(distil(DOCUMENT))
    assert (method, path) == ("post", "/m/{id}")
    assert [(each["name"], each["required"]) for each in distilled["parameters"]] == [("id", False), ("q", False)]


def test_parameter_of_an_operation_overrides_that_of_its_path() -> None:
    """The same name in the same place is one parameter, as the operation has it."""
    shared = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    own = {**shared, "schema": {"type": "integer"}}
    item = {"parameters": [shared], "get": {"summary": "Get x", "parameters": [own]}}
    [(_, _, distilled)] = operations(distil({"paths": {"/x/{id}": item}}))
    assert [each["schema"] for each in distilled["parameters"]] == [{"type": "integer"}]


def test_what_is_referred_to_stands_in_its_place() -> None:
    """Path items, parameters, bodies and answers by reference are as if they were written out."""
    item = {
        "get": {
            "summary": "Get x",
            "parameters": [{"$ref": "#/x-parts/q"}],
            "responses": {"200": {"$ref": "#/x-parts/a"}},
        }
    }
    parts = {"item": item, "q": {"name": "q", "in": "query"}, "a": {"description": "An answer."}}
    [(method, path, distilled)] = operations(distil({"paths": {"/x": {"$ref": "#/x-parts/item"}}, "x-parts": parts}))
    assert (method, path, distilled["parameters"][0]["name"]) == ("get", "/x", "q")
    assert distilled["responses"] == {"200": {"description": ""}}


def with_reference(ref: str, **elsewhere: Any) -> dict[str, Any]:
    """Return a document whose only answer refers to what stands elsewhere in it."""
    answer = {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": ref}}}}}
    return {"openapi": "3.1.0", "info": {}, "paths": {"/x": {"get": {"responses": answer}}}, **elsewhere}


THING = {"type": "object", "properties": {"size": {"type": "integer", "description": "How big it is."}}}


@pytest.mark.parametrize(
    ("ref", "elsewhere"),
    [
        ("#/definitions/Thing", {"definitions": {"Thing": THING}}),
        ("#/$defs/a~1b", {"$defs": {"a/b": THING}}),
        ("#/components/schemas/Box/$defs/Thing", {"components": {"schemas": {"Box": {"$defs": {"Thing": THING}}}}}),
        (
            "#/components/responses/Got/content/application~1json/schema",
            {"components": {"responses": {"Got": {"content": {"application/json": {"schema": THING}}}}}},
        ),
        ("#/definitions/Also", {"definitions": {"Also": {"$ref": "#/definitions/Thing"}, "Thing": THING}}),
    ],
)
def test_schema_is_kept_wherever_it_stands(ref: str, elsewhere: dict[str, Any]) -> None:
    """What 42 references in Zoom's events point to was dropped, and overlays had to say it again, in part."""
    document = distil(with_reference(ref, **elsewhere))
    target = resolve(ref, document)
    assert resolve(target["$ref"], document) if "$ref" in target else target == schema_facts(THING)
    assert "How big" not in json.dumps(document)


@pytest.mark.parametrize(
    ("ref", "elsewhere", "place"),
    [
        ("#/definitions/Thing", {"definitions": {"Thing": {"properties": [THING]}}}, "#/definitions/Thing/properties "),
        ("#/paths/x-own/Thing", {}, ""),
        ("#/paths/~1x/get/parameters/0/schema", {}, ""),
    ],
)
def test_only_schemas_are_kept_from_elsewhere(ref: str, elsewhere: dict[str, Any], place: str) -> None:
    """One that is none is refused by its place, and nothing becomes a path by being referred to."""
    document = with_reference(ref, **elsewhere)
    document["paths"]["x-own"] = {"Thing": THING}
    if place:
        with pytest.raises(BrokenDocument, match=place):
            distil(document)
    else:
        assert list(distil(document)["paths"]) == ["/x"]


@pytest.mark.parametrize("said", ["true", "false", True, False])
def test_truth_is_read_in_every_spelling(said: Any) -> None:
    """`"deprecated": "false"` counted as true, and `"required": "true"` as false."""
    [each] = facts(parameters=[{"name": "x", "in": "query", "required": said, "explode": said}])["parameters"]
    assert (each["required"], each["explode"]) == (said in ("true", True),) * 2
    assert facts(deprecated=said).get("deprecated", False) is each["required"]


def test_server_of_an_operation_is_kept() -> None:
    """Its own before its path's, with the default of each variable."""
    servers = [{"url": "https://{region}.zoom.us/v2", "variables": {"region": {"default": "eu"}}}]
    item = {"servers": [{"url": "https://a.zoom.us"}], "get": {"servers": servers}, "put": {}}
    distilled = {method: each["servers"] for method, _, each in operations(distil({"paths": {"/x": item}}))}
    assert distilled == {"get": [{"url": "https://eu.zoom.us/v2"}], "put": [{"url": "https://a.zoom.us"}]}


def test_every_misfit_is_reported_with_its_place() -> None:
    """What is not as OpenAPI has it is reported all at once, each by its JSON pointer."""
    item = {
        "get": {"parameters": [{"in": "query"}], "responses": []},
        "put": None,
        "patch": {"tags": [1]},
        "Delete": {},
    }
    with pytest.raises(BrokenDocument) as caught:
        distil({"openapi": "2.0", "paths": {"/x": item}})
    assert sorted(place for place, _ in caught.value.misfits) == [
        "/openapi",
        "/paths/~1x/Delete",
        "/paths/~1x/get/responses",
        "/paths/~1x/patch/tags/0",
        "/paths/~1x/put",
    ]


@pytest.mark.parametrize("name", ["x-macro-scopes", "x-granular-scopes", "x-permissions"])
@pytest.mark.parametrize(("value", "place"), [("a:b", ""), ({"a": 1}, ""), ([["a"]], "/0"), ([None], "/0")])
def test_extension_that_is_not_a_list_of_strings_is_refused(name: str, value: Any, place: str) -> None:
    """A text was taken for a list of its letters, and a list in a list stopped the report on all products."""
    with pytest.raises(BrokenDocument) as caught:
        distil({"paths": {"/x": {"get": {"x-extensions": {name: value}}}}})
    assert [at for at, _ in caught.value.misfits] == [f"/paths/~1x/get/x-extensions/{name}{place}"]


@pytest.mark.parametrize("value", ["a note", {"get": {"operationId": "no"}}])
def test_extension_among_the_paths_says_nothing(value: Any) -> None:
    """OpenAPI allows it there."""
    assert list(distil({"paths": {"x-note": value, "/x": {"get": {}}}})["paths"]) == ["/x"]


def test_extension_among_the_answers_says_nothing() -> None:
    """OpenAPI allows it there too."""
    assert list(facts(responses={"200": {"description": ""}, "x-note": "hi"})["responses"]) == ["200"]


def test_events_keep_their_answers() -> None:
    """What a receiver is to answer is the same prose on every event; the event itself is all there is to keep."""
    event = {"operationId": "x.y", "tags": ["x"], "requestBody": {"content": {}}, "responses": {"200": {}}}
    distilled = distil({"openapi": "3.1.0", "webhooks": {"x.y": {"post": event}}})
    assert distilled["openapi"] == "3.1.0"
    [(_, name, facts_of_event)] = operations(distilled)
    assert name == "x.y"
    assert "responses" not in facts_of_event


@pytest.mark.parametrize(
    "document",
    [[], "<html>", None, {}, {"paths": {}}, {"paths": []}, {"paths": {"/x": {}}}, {"webhooks": {}}],
)
def test_broken_document_is_refused(document: Any) -> None:
    """What is not a document with operations is refused, so that a bad day of Zoom's deletes nothing here."""
    with pytest.raises(BrokenDocument, match=r"not a JSON object|not an object|neither `paths` nor `webhooks`"):
        distil(document)
