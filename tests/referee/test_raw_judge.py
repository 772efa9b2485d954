"""The judge that reads Zoom's own documents, on a document made up for it: it is right where they are not at hand."""

import json

import pytest

from tests.referee.documents import Index, read
from tests.referee.raw import Verdict
from tests.referee.raw_judge import Fault, judge_facts, judge_request
from zoom_api_client.core.operation import Operation
from zoom_api_client.testing.exchange import IncomingRequest

THINGS = {
    "servers": [{"url": "https://api.zoom.us/v2"}],
    "paths": {
        "/things/{thingId}": {
            "patch": {
                "description": "**[Rate Limit Label](x):** `LIGHT`",
                "x-extensions": {"x-granular-scopes": ["thing:update"], "x-macro-scopes": [" thing:write"]},
                "parameters": [
                    {"name": "thingId", "in": "path", "description": "Double encode it."},
                    {"name": "kind", "in": "query"},
                ],
                "requestBody": {
                    "content": {
                        "application/json": {
                            "schema": {
                                "allOf": [
                                    {"properties": {"name": {"type": "string"}}},
                                    {"properties": {"parts": {"items": {"properties": {"size": {}}}}, "any": {}}},
                                ]
                            }
                        }
                    }
                },
            }
        },
        "/things/files": {
            "post": {
                "description": "Send it to https://fileapi.zoom.us/v2/things/files.",
                "requestBody": {"content": {"multipart/form-data": {"schema": {"properties": {"file": {}}}}}},
            }
        },
    },
}
SCIM = {"servers": [{"url": "https://api.zoom.us"}], "paths": {"/scim2/Things": {"get": {"description": ""}}}}
API = "https://api.zoom.us/v2"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The operations of both documents."""
    files = [tmp_path_factory.mktemp("documents") / name for name in ("things.json", "scim2.json")]
    for file, document in zip(files, (THINGS, SCIM), strict=True):
        file.write_text(json.dumps(document))
    return Index(read(files))


def said(index: Index, method: str, url: str, body: object = None) -> list[str]:
    """Return what the judge says of a request."""
    headers = {"content-type": "application/json"} if body is not None else {}
    content = json.dumps(body).encode() if body is not None else b""
    return [
        f"{each.place}: {each.says}" for each in judge_request(index, IncomingRequest(method, url, headers, content))
    ]


@pytest.mark.parametrize(
    ("method", "url", "body"),
    [
        ("PATCH", f"{API}/things/5?kind=a", {"name": "x", "parts": [{"size": 1}], "any": {"thing": 1}}),
        ("PATCH", f"{API}/things/%252Fa%252F%252Fb", None),
        ("PATCH", f"{API}/things/a%2Fb", None),
        ("GET", "https://api.zoom.us/scim2/Things", None),
        ("POST", "https://fileapi.zoom.us/v2/things/files", None),
    ],
)
def test_what_the_document_has_is_right(index: Index, method: str, url: str, body: object) -> None:
    """A judge that finds fault with all is of no more use than one that finds none."""
    assert said(index, method, url, body) == []


@pytest.mark.parametrize(
    ("method", "url", "body", "says"),
    [
        ("PATCH", f"{API}/things/5?knd=a", None, "query.knd: is unknown"),
        ("PATCH", f"{API}/things/5", {"nam": "x"}, "body.nam: is unknown"),
        ("PATCH", f"{API}/things/5", {"parts": [{"length": 1}]}, "body.parts[].length: is unknown"),
        ("PATCH", f"{API}/things/%2Fa%2F%2Fb", None, "path.thingId: is encoded once, and is to be twice"),
        (
            "PATCH",
            "https://api.zoom.us/things/5",
            None,
            "address: is at api.zoom.us, and at https://api.zoom.us/v2 by Zoom",
        ),
        ("PUT", f"{API}/things/5", None, "path: is not an operation"),
        ("PATCH", f"{API}/thing/5", None, "path: is not an operation"),
        ("GET", f"{API}/scim2/Things", None, "address: is at api.zoom.us/v2, and at https://api.zoom.us by Zoom"),
        ("GET", "https://api.zoom.us/scim2/Things", {}, "body: is application/json, and none by Zoom"),
        (
            "POST",
            f"{API}/things/files",
            None,
            "address: is at api.zoom.us/v2, and at https://fileapi.zoom.us/v2 by Zoom",
        ),
        (
            "POST",
            "https://fileapi.zoom.us/v2/things/files",
            {"file": 1},
            "body: is application/json, and multipart/form-data by Zoom",
        ),
    ],
)
def test_what_leaves_the_document_is_seen(index: Index, method: str, url: str, body: object, says: str) -> None:
    """Prism ignores most of these."""
    assert said(index, method, url, body) == [says]


def test_labels_and_scopes_are_asked_for(index: Index) -> None:
    """The throttle goes by the one, and people add the others to their apps."""
    (declared, *_), facts = index.operations, {"scopes": ["thing:update"], "classic_scopes": ["thing:write"]}
    thing = Operation[None](
        module="x.y.z", operation_id="z", method="PATCH", path="/", results={}, rate_limit="light", **facts
    )
    assert list(judge_facts(declared, thing)) == []
    other = Operation[None](
        module="x.y.z", operation_id="z", method="PATCH", path="/", results={}, scopes=["thing:read"]
    )
    assert [(each.place, each.says) for each in judge_facts(declared, other)] == [
        ("label", "is none, and light by Zoom"),
        ("scopes", "differ in thing:read, thing:update"),
        ("scopes", "differ in thing:write"),
    ]


def test_excuse_covers_its_own_place_alone() -> None:
    """A pattern would cover the next fault too."""
    verdict, excuses = Verdict(), {"GET /things query.kind": "the document forgets it"}
    faults = [Fault("GET /things", "query.kind", "is unknown"), Fault("GET /things", "query.kinds", "is unknown")]
    verdict.add(faults, excuses)
    assert verdict.faults == ["GET /things query.kinds: is unknown"]
    assert verdict.excused == excuses.keys()
