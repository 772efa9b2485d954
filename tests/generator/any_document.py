"""Small OpenAPI documents of any shape, as hypothesis draws them: 3.0 and 3.1, odd names, references, enums."""

from typing import Any

from hypothesis import strategies as st

METHODS = ("get", "put", "post", "delete", "patch")
ODD = (
    "id", "list", "class", "from", "None", "self", "items", "bool", "str", "next_page_token", "page_size", "a.b", "a-b",
    "a_b", "A_B", "1st", "_", "__init__", "naïve", "会议", "🎉", "x y", 'quo"te', "back\\slash", "{brace}", "request",
    "UNSET", "Model", "to_dict", "additional_properties", "datetime", "Literal", "client", "body", "event", "$ref",
)  # fmt: skip
MODELS = ("Thing", "thing", "List", "Literal", "Model", "Überraschung")

odd_names = st.sampled_from(ODD)
names = odd_names | st.text(st.characters(codec="utf-8", exclude_characters="\0/{}?#"), min_size=1, max_size=6)
prose = st.sampled_from(["Get a thing", "", 'A """quoted""" text', "Ends with \\", "Löst etwas aus\nin zwei Zeilen"])

_VALUES = {
    "string": st.text(max_size=5),
    "integer": st.integers(-9, 9),
    "number": st.sampled_from([0.5, 1, 2.25]),
    "boolean": st.booleans(),
}


@st.composite
def _plain(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(_VALUES)))
    schema: dict[str, Any] = {"type": kind}
    if kind == "string":
        schema |= draw(st.sampled_from([{}, {}, {"format": "date-time"}, {"format": "date"}, {"maxLength": 5}]))
    if "format" not in schema and kind != "boolean" and draw(st.booleans()):
        schema["enum"] = draw(st.lists(_VALUES[kind], min_size=1, max_size=3, unique_by=repr))
    null = draw(st.sampled_from(["", "", "3.0", "3.1"]))
    if null == "3.1":
        schema["type"] = [kind, "null"]
    return {**schema, "nullable": True} if null == "3.0" else schema


def _nested(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return (
        st.builds(lambda each: {"type": "array", "items": each}, inner)
        | objects(inner)
        | st.builds(lambda parts: {"allOf": parts}, st.lists(objects(inner), min_size=1, max_size=2))
    )


def objects(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Return objects with a few properties, some of them required."""
    return st.dictionaries(names, inner, max_size=3).flatmap(
        lambda fields: (
            st.lists(st.sampled_from(sorted(fields)), unique=True).map(
                lambda needed: {"type": "object", "properties": fields, **({"required": needed} if needed else {})}
            )
            if fields
            else st.just({"type": "object"})
        )
    )


references = st.sampled_from(MODELS).map(lambda name: {"$ref": f"#/components/schemas/{name}"})
schemas = st.recursive(_plain() | references, _nested, max_leaves=6)


@st.composite
def operations(draw: st.DrawFn, identifiers: list[str], method: str) -> dict[str, Any]:
    """Draw an operation on a path with these identifiers."""
    at = [{"name": each, "in": "path", "required": True, "schema": {"type": "string"}} for each in identifiers]
    asked = draw(st.lists(names, max_size=3, unique=True))
    at += [{"name": each, "in": "query", "schema": draw(_plain())} for each in asked]
    operation: dict[str, Any] = {"operationId": draw(names), "summary": draw(prose), "parameters": at}
    if method in ("put", "post", "patch") and draw(st.booleans()):
        operation["requestBody"] = {"content": {"application/json": {"schema": draw(objects(schemas))}}}
    status = draw(st.sampled_from(["200", "201"]))
    answer = {"description": "Yes.", "content": {"application/json": {"schema": draw(objects(schemas) | references)}}}
    operation["responses"] = draw(st.sampled_from([{status: answer}, {"204": {"description": "Gone."}}]))
    return operation


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a document of one to three paths."""
    paths: dict[str, Any] = {}
    for number in range(draw(st.integers(1, 3))):
        identifiers = draw(st.lists(st.sampled_from(["id", "thingId", "class", "thing_id"]), max_size=2, unique=True))
        path = "/".join([f"/things{number}", *(f"{{{each}}}" for each in identifiers)])
        methods = draw(st.lists(st.sampled_from(METHODS), min_size=1, max_size=2, unique=True))
        paths[path] = {method: draw(operations(identifiers, method)) for method in methods}
    models = {name: draw(objects(schemas)) for name in MODELS}
    version = draw(st.sampled_from(["3.0.0", "3.1.0"]))
    return {"openapi": version, "info": {"title": "Things"}, "paths": paths, "components": {"schemas": models}}
