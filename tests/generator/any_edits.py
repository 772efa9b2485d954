"""States of one small document, as hypothesis draws them: what stands where, and in which of a few forms."""

from typing import Any

from hypothesis import strategies as st

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}

SHAPES: dict[str, Any] = {
    "plain": {"width": TEXT},
    "grown": {"width": TEXT, "height": NUMBER},
    "retyped": {"width": NUMBER},
    "other": {"colour": TEXT, "list": TEXT},
    "listed": {"colour": TEXT, "list": TEXT, "names": {"type": "array", "items": TEXT}},
    "near": {"width": TEXT, "Width": NUMBER},
    "chosen": {"width": {"type": "string", "enum": ["s", "m"]}},
    "chosen otherwise": {"width": {"type": "string", "enum": ["s", "l", "M"]}},
    "deep": {"part": {"type": "object", "properties": {"width": TEXT}}},
    "deep otherwise": {"part": {"type": "object", "properties": {"width": NUMBER}}},
}
PARAMETERS = ("dry_run", "dry-run", "dryRun", "id", "thingId")
PATHS = ("/things/{id}", "/things/{thingId}", "/things/{id}/of/{thingId}", "/all/{id}", "/all/{list}/{id}")
EVENTS = ("thing.made", "thing.gone", "other.made")

shapes = st.sampled_from(sorted(SHAPES))


def _object(**shapes: str) -> dict[str, Any]:
    fields = {name: {"type": "object", "properties": SHAPES[shape]} for name, shape in shapes.items()}
    return {"type": "object", "properties": {**fields, "name": TEXT}}


def _content(schema: dict[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


@st.composite
def _operations(draw: st.DrawFn, path: str, number: int) -> dict[str, Any]:
    asked = draw(st.lists(st.sampled_from(PARAMETERS), max_size=2, unique=True))
    statuses = draw(st.sampled_from([["200"], ["201"], ["200", "201"]]))
    return {
        **_operation(path, asked, statuses),
        "summary": draw(st.sampled_from(["Set a thing", "Set the size"])),
        "operationId": draw(st.sampled_from(["thingSet", "sizeSet", f"set{number}"])),
        "requestBody": _content(_object(size=draw(shapes), settings=draw(shapes))),
        "responses": {status: {"description": "Yes.", **_content(_object(size=draw(shapes)))} for status in statuses},
    }


def _operation(path: str, asked: list[str], statuses: list[str]) -> dict[str, Any]:
    at = [part.strip("{}") for part in path.split("/") if part.startswith("{")]
    return {
        "summary": "Set a thing",
        "operationId": "thingSet",
        "parameters": [
            *({"name": each, "in": "path", "required": True, "schema": TEXT} for each in at),
            *({"name": each, "in": "query", "schema": TEXT} for each in asked),
        ],
        "responses": {status: {"description": "Yes."} for status in statuses},
    }


@st.composite
def endpoints(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a document of operations that may share models."""
    paths = draw(st.lists(st.sampled_from(PATHS), min_size=1, max_size=3, unique_by=_shape))
    return {"info": {}, "paths": {path: {"put": draw(_operations(path, n))} for n, path in enumerate(paths)}}


def _shape(path: str) -> str:
    return path.replace("thingId", "id")


@st.composite
def webhooks(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a document of events that may share models."""
    events = draw(st.lists(st.sampled_from(EVENTS), min_size=1, unique=True))
    return _events({event: _object(payload=draw(shapes), size=draw(shapes)) for event in events})


def _events(bodies: dict[str, dict[str, Any]]) -> dict[str, Any]:
    posts = {
        event: {"post": {"operationId": "x", "tags": [], "requestBody": _content(body)}}
        for event, body in bodies.items()
    }
    return {"info": {}, "webhooks": posts}


def pair_of_events(shape: str, **others: str) -> dict[str, Any]:
    """Return two events, one with a size of this shape and one with a plain size, and others with sizes of theirs."""
    sizes = {"thing.gone": "plain", "thing.made": shape, **others}
    return _events({event: _object(size=size) for event, size in sizes.items()})


def operations_at(*paths: str) -> dict[str, Any]:
    """Return operations at these paths, all with one operationId."""
    return {"info": {}, "paths": {path: {"put": _operation(path, [], ["204"])} for path in paths}}
