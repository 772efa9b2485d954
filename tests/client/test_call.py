"""`call()`: any path of Zoom's, without an operation."""

import json
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

import httpx
import pytest

from tests.client.shapes import Room
from tests.client.worlds import World
from zoom_api_client import UNSET, errors


def ok(request: httpx.Request) -> httpx.Response:
    """Answer with an empty object."""
    return httpx.Response(200, json={})


@pytest.mark.parametrize("path", ["users/me", "https://evil.example/", "@evil.example", ".evil.example", ""])
async def test_path_that_is_not_a_path_is_refused(world: World, path: str) -> None:
    """Put behind the base URL it would be another host's, and the token would go there."""
    with pytest.raises(ValueError, match="must begin with a slash"):
        await world.of(world.zoom(ok).call("GET", path))
    assert world.seen == []


@pytest.mark.parametrize(
    "path", ["/users/a#b/token", "/users#", "/users?a=b#c", "/a\r\nb", "/a\tb", "/\x00", "/\ud800"]
)
async def test_path_that_would_be_cut_is_refused(world: World, path: str) -> None:
    """What follows a `#` is not sent: `DELETE /users/a#b/token` would be `DELETE /users/a`, which is another thing."""
    with pytest.raises(errors.AddressRefused, match="percent-encode"):
        await world.of(world.zoom(ok).call("DELETE", path))
    assert world.seen == []


async def test_call_spells_the_query_as_zoom_does(world: World) -> None:
    """The same values as in an operation: lists repeat their key, None and UNSET leave no trace."""
    params = {
        "yes": True, "n": 5, "several": ["a", "b"], "none": None, "unset": UNSET, "day": date(2026, 3, 1),
        "at": datetime(2026, 3, 1, tzinfo=UTC), "text": "a&b c",
    }  # fmt: skip
    await world.of(world.zoom(ok).call("get", "/x", params=params))
    assert world.seen[0].method == "GET"
    assert world.seen[0].url.params.multi_items() == [
        ("yes", "true"), ("n", "5"), ("several", "a"), ("several", "b"), ("day", "2026-03-01"),
        ("at", "2026-03-01T00:00:00Z"), ("text", "a&b c"),
    ]  # fmt: skip


async def test_query_in_the_path_is_not_lost(world: World) -> None:
    """A path copied from Zoom's pages, with more parameters beside it."""
    await world.of(world.zoom(ok).call("GET", "/users?status=active&role_id=", params={"page_size": 1}))
    assert world.seen[0].url.params.multi_items() == [("status", "active"), ("role_id", ""), ("page_size", "1")]


async def test_path_is_sent_as_it_is_encoded(world: World) -> None:
    """What the caller has encoded, even twice, is not encoded or decoded again."""
    await world.of(world.zoom(ok).call("GET", "/past_meetings/%252Fa%253D/x%20y"))
    assert world.seen[0].url.raw_path == b"/v2/past_meetings/%252Fa%253D/x%20y"


@pytest.mark.parametrize(
    ("body", "sent"),
    [
        ({"at": datetime(2026, 3, 1, tzinfo=UTC), "unset": UNSET}, {"at": "2026-03-01T00:00:00Z"}),
        (Room(id=2**70), {"id": 2**70}),
        ([Room(id=1)], [{"id": 1}]),
        ({}, {}),
        (None, None),
        (False, False),
    ],
)
async def test_call_sends_json(world: World, body: Any, sent: Any) -> None:
    """A model is as good as a dict, and null is a value."""
    await world.of(world.zoom(ok).call("PATCH", "/x", json=body))
    assert json.loads(world.seen[0].content) == sent
    assert world.seen[0].headers["content-type"] == "application/json"


async def test_call_without_a_body_sends_none(world: World) -> None:
    """Zoom refuses a DELETE with a body, and a content type without one."""
    await world.of(world.zoom(ok).call("DELETE", "/x"))
    assert world.seen[0].content == b""
    assert "content-type" not in world.seen[0].headers


async def test_header_of_the_caller_takes_the_place_of_ours(world: World) -> None:
    """SCIM wants `application/scim+json`: two Accept headers are neither. The token is not the caller's to change."""
    headers = {"Accept": "application/scim+json", "X-Own": "1", "Authorization": "Basic x"}
    await world.of(world.zoom(ok).call("GET", "/x", headers=headers))
    sent = world.seen[0].headers
    assert sent.get_list("accept") == ["application/scim+json"]
    assert sent.get_list("authorization") == ["Bearer a token"]
    assert sent["x-own"] == "1"


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ({"json": {"a": [1]}}, {"a": [1]}),
        ({"status_code": 204}, None),
        ({"headers": {"content-type": "image/png"}, "content": b"\x89PNG"}, b"\x89PNG"),
        ({"text": "plain"}, "plain"),
    ],
    ids=["json", "nothing", "file", "text"],
)
async def test_call_returns_what_zoom_says(world: World, answer: dict[str, Any], value: Any) -> None:
    """JSON decoded, bytes of a file, None for no content."""
    zoom = world.zoom(lambda _: httpx.Response(**{"status_code": 200, **answer}))
    assert await world.of(zoom.call("GET", "/x")) == value


async def test_call_that_zoom_refuses_is_an_error(world: World) -> None:
    """A refusal with status 200 is one too; there is no operation that it could name."""

    def refuse(request: httpx.Request) -> httpx.Response:
        return httpx.Response(int(request.url.path[-3:]), json={"code": 3001, "message": "Gone."})

    for status in (200, 404):
        with pytest.raises(errors.NotFound, match=rf"^Gone\. \[HTTP {status}, code 3001\]$") as caught:
            await world.of(world.zoom(refuse).call("GET", f"/{status}"))
        assert caught.value.operation is None


@pytest.mark.parametrize("name", ["params", "headers", "files", "data"])
async def test_argument_that_is_not_a_mapping_is_refused(world: World, name: str) -> None:
    """The error says which it is, and not what Python could not do with it."""
    with pytest.raises(TypeError, match=f"^{name} must be a dict, not str$"):
        await world.of(world.zoom(ok).call("POST", "/users", **{name: "a=b"}))
    assert not world.seen


@pytest.mark.parametrize("value", [{"a": 1}, b"x", object()])
async def test_value_that_a_query_cannot_hold_is_refused(world: World, value: object) -> None:
    """Zoom would get the text that Python shows for it."""
    with pytest.raises(TypeError, match="a value of the query must be text"):
        await world.of(world.zoom(ok).call("GET", "/users", params={"status": value}))
    assert not world.seen


async def test_value_of_an_enumeration_is_sent(world: World) -> None:
    """It is sent as in a body; Zoom knows nothing of its name in Python."""
    kind = Enum("Kind", {"ACTIVE": "active"}, type=str)
    await world.of(world.zoom(ok).call("GET", "/users", params={"status": kind("active")}))
    assert world.seen[0].url.query == b"status=active"


@pytest.mark.parametrize("given", ["logo.png", ("logo.png", b"content"), 1])
async def test_file_that_is_none_is_refused(world: World, given: object) -> None:
    """The path would be uploaded in place of the file, and Zoom would keep it."""
    with pytest.raises(TypeError, match=r"the file 'file' must be File\.at\(path\)"):
        await world.of(world.zoom(ok).call("POST", "/users/me/picture", files={"file": given}))
    assert not world.seen


async def test_what_is_not_a_request_is_refused(world: World) -> None:
    """`send` takes what `.request(…)` returns, not the operation itself, and no path."""
    zoom = world.zoom(ok)
    for given in (zoom.api.users.list_users, "/users", None):
        with pytest.raises(TypeError, match=r"give a request, as `\.request\(…\)`"):
            await world.of(zoom.send(given))
    assert not world.seen


async def test_field_of_items_is_text(world: World) -> None:
    """It is one field's name, with dots where it lies deeper."""
    with pytest.raises(TypeError, match="items is a int: give text"):
        world.zoom(ok).pages("GET", "/users", items=4)
