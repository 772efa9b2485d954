"""Using one operation must not load the models of all the others, and no model may have two homes or none."""

from typing import Any

from generator.model_files import files, models_of, references


def refs(names: list[str]) -> dict[str, Any]:
    """Return a schema that leads to models."""
    return {"anyOf": [{"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}} for name in names]}


def document(schemas: dict[str, list[str]], **operations: list[str]) -> dict[str, Any]:
    """Return a contract: models with those they refer to, and operations, called tag__name, with those they answer."""
    paths = {
        f"/{key}": {
            "get": {
                "tags": [key.partition("__")[0].replace("_", " ").title()],
                "operationId": key.partition("__")[2],
                "responses": {"200": {"content": {"x": {"schema": refs(answered)}}}},
            }
        }
        for key, answered in operations.items()
    }
    parts = {name: {"type": "object", "properties": {"p": refs(children)}} for name, children in schemas.items()}
    return {"paths": paths, "components": {"schemas": parts}}


def test_models_of_one_operation_lie_together() -> None:
    """What only one operation leads to lies in one file, called after it, outermost first."""
    made = document({"Leaf": [], "Inner": ["Leaf"], "Outer": ["Inner"]}, x__get_outer=["Outer"])
    assert list(files(made).items()) == [("get_outer", ["Outer", "Inner", "Leaf"])]


def test_shared_model_lies_apart() -> None:
    """What operations of one heading share lies in its file, and what several headings share in one for all."""
    schemas = {name: ["Tag", "All"] for name in "AB"} | {"C": ["All"], "Tag": ["Part"], "Part": [], "All": []}
    made = document(schemas, call_logs__get_a=["A"], call_logs__get_b=["B"], users__get_c=["C"])
    assert files(made) == {
        "call_logs_models": ["Tag", "Part"],
        "get_a": ["A"],
        "get_b": ["B"],
        "get_c": ["C"],
        "shared_models": ["All"],
    }


def test_one_operation_loads_three_files_at_most() -> None:
    """An operation's models lie in three files at most: its own, its heading's, and the shared one."""
    schemas: dict[str, list[str]] = {name: [] for name in "ABCDEFGH"}
    operations = {f"{tag}__get_{i}": list("ABCDEFGH")[i:] for i, tag in enumerate(["x", "x", "x", "y", "y", "z"])}
    made = files(document(schemas, **operations))
    for answered in operations.values():
        assert sum(bool(set(answered) & set(names)) for names in made.values()) <= 3


def test_body_counts_as_an_answer_does() -> None:
    """Bodies lead to models as answers do, and events do by their schema; what is sent is known."""
    made = document({"Sent": ["Part"], "Part": [], "Answered": [], "Seen": []}, x__create_x=["Answered"])
    made["paths"]["/x__create_x"]["get"]["requestBody"] = {"schema": {"$ref": "#/components/schemas/Sent"}}
    made["webhooks"] = {"x.seen": {"schema": {"$ref": "#/components/schemas/Seen"}}}
    assert files(made) == {"create_x": ["Answered", "Sent", "Part"], "x_seen": ["Seen"]}
    assert models_of("requestBody", made) == {"Sent", "Part"}


def test_events_of_one_heading_lie_together() -> None:
    """The heading of an event is the first word of its name."""
    made = document({"A": [], "B": []})
    made["webhooks"] = {
        event: {"schema": refs(names)} for event, names in {"x.a": ["A", "B"], "x.b": ["A"], "y.a": ["B"]}.items()
    }
    assert files(made) == {"shared_models": ["B"], "x_models": ["A"]}


def test_circle_of_models_has_a_home() -> None:
    """Models that hold each other have a home too."""
    made = document({"Node": ["Edge"], "Edge": ["Node"]}, x__get_a=["Node"], x__get_b=["Edge"])
    assert files(made) == {"x_models": ["Edge", "Node"]}


def test_two_files_have_two_names() -> None:
    """An operation, a heading and the shared file may be called alike, or not at all: no model is lost."""
    schemas: dict[str, list[str]] = {"Own": [], "Other": [], "Tag": [], "All": [], "Nobodys": []}
    answers = {"shared__shared_models": ["Own", "All", "Tag"], "shared__x": ["Tag"], "y__y": ["All"], "____": ["Other"]}
    made = files(document(schemas, **answers))
    assert sorted(name for names in made.values() for name in names) == sorted(schemas)


def test_wire_name_is_not_taken_for_a_reference() -> None:
    """A field called `$ref` leads nowhere; only its schema does."""
    properties = {"$ref": {"type": "string"}, "x": {"$ref": "#/components/schemas/X"}}
    assert list(references({"properties": properties})) == ["X"]
