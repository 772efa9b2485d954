"""What a request cannot carry is refused in words that name it, before anything is sent."""

import json
from typing import Any

import httpx
import pytest

from tests.client.worlds import World
from zoom_api_client import File, errors
from zoom_api_client.api.users import get_user, list_users
from zoom_api_client.connection import ServerToServer, UserOAuth
from zoom_api_client.quota import Guard

LONE = "\ud800"
LOOP: list[Any] = []
LOOP.append(LOOP)


def ok(request: httpx.Request) -> httpx.Response:
    """Answer with an empty object."""
    return httpx.Response(200, json={})


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ({"json": LOOP}, "body cannot be sent: it contains itself"),
        ({"json": {"a": {"b": [LONE]}}}, "body.a.b has half of a character"),
        ({"params": {"a": LOOP}}, "query cannot be sent: it contains itself"),
        ({"params": {"a": LONE}}, "query.a has half of a character"),
        ({"data": {"a": LOOP}}, "body cannot be sent: it contains itself"),
        ({"data": {"a": LONE}}, "body.a has half of a character"),
        ({"params": {"a": "x" * 70_000}}, "the query cannot be sent .* too long"),
        ({"path": "/" + "x" * 70_000}, "the path or the query cannot be sent .* too long"),
        ({"method": "GÉT"}, "the method is 'GÉT': give GET"),
        ({"method": "GET /v2/users HTTP/1.1\r\nX-A: b\r\n\r\nGET"}, "the method is .*: give GET"),
        ({"method": ""}, "the method is '': give GET"),
        ({"method": None}, "the method is None: give GET"),
    ],
    ids=lambda value: None if isinstance(value, str) else "-".join(value),
)
async def test_call_that_cannot_be_sent_is_refused(world: World, call: dict[str, Any], says: str) -> None:
    """The libraries below would say it in their words, some of them after a part was sent."""
    with pytest.raises(ValueError, match=says):
        await world.of(world.zoom(ok).call(**{"method": "POST", "path": "/x", **call}))
    assert world.seen == []


async def test_operation_that_cannot_be_sent_is_refused(world: World) -> None:
    """The error names the parameter or the field."""
    zoom = world.zoom(ok)
    with pytest.raises(ValueError, match=r"users.get_user: userId has half of a character"):
        await world.run(get_user, LONE, client=zoom)
    with pytest.raises(ValueError, match="query has half of a character"):
        await world.run(list_users, role_id=LONE, client=zoom)
    with pytest.raises(ValueError, match="too long"):
        await world.run(get_user, "a" * 70_000, client=zoom)
    with pytest.raises(ValueError, match=r"body\.message has half of a character"):
        await world.of(zoom.chat.send_message(LONE, to_contact="a@b.c"))
    with pytest.raises(ValueError, match="query cannot be sent: it contains itself"):
        zoom.with_options(query={"a": LOOP})
    assert world.seen == []


FRAMING = [
    "Content-Length", "transfer-encoding", "Connection", "Expect", "Host", "Upgrade", "TE", "Trailer", "Keep-Alive",
]  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "says"),
    [
        *(({name: "0"}, "is set by the HTTP library") for name in FRAMING),
        ({"": "x"}, "no header can carry"),
        ({"X A": "x"}, "no header can carry"),
        ({"X-Ä": "x"}, "no header can carry"),
        ({"X-A\r\nX-B": "x"}, "no header can carry"),
        ({"X-A": "a\r\nX-B: SECRET"}, "no header can carry"),
        ({"X-A": "\x00"}, "no header can carry"),
        ({"X-A": "é"}, "no header can carry"),
        ({"X-A": " x"}, "no header can carry"),
    ],
    ids=str,
)
async def test_header_that_would_break_the_request_is_refused(world: World, headers: Any, says: str) -> None:
    """A length that is not the body's sends the body as the next request, or a write without its fields."""
    zoom = world.zoom(ok)
    with pytest.raises(ValueError, match=says) as caught:
        await world.of(zoom.call("POST", "/x", json={"a": 1}, headers=headers))
    with pytest.raises(ValueError, match=says):
        zoom.with_options(headers=headers)
    assert world.seen == []
    assert "SECRET" not in str(caught.value)


async def test_header_that_is_not_text_is_refused(world: World) -> None:
    """The error names the header."""
    with pytest.raises(TypeError, match="the header 'X-A' is a int: give names and values as text"):
        await world.of(world.zoom(ok).call("GET", "/x", headers={"X-A": 5}))


@pytest.mark.parametrize("media_type", ["image/png\r\nX-A: b", "image", "", "image/png; a=b\n", "image/p ng", 5])
def test_media_type_that_would_write_headers_is_refused(media_type: Any) -> None:
    """It is a header of the file's part: what follows its line would be other headers, and the content."""
    with pytest.raises(ValueError, match="give a type and a subtype on one line"):
        File(b"", "a.png", media_type)


def test_file_name_that_has_no_utf8_is_refused() -> None:
    """Where the file is made, and not by the library that writes the upload."""
    with pytest.raises(ValueError, match="the name of the file has half of a character"):
        File(b"", LONE)


def test_media_type_may_have_parameters() -> None:
    """The media type of a text has its charset, for example."""
    assert File(b"", "a.txt", 'text/plain; charset="utf-8"').media_type == 'text/plain; charset="utf-8"'


def test_names_that_have_no_utf8_are_refused() -> None:
    """Where they are given, and not when a token is asked for."""
    for app in ((LONE, "c", "s"), ("a", LONE, "s"), ("a", "c", LONE)):
        with pytest.raises(ValueError, match="has half of a character"):
            ServerToServer(*app)
    with pytest.raises(ValueError, match="installation, has half of a character"):
        UserOAuth("c", "s", installation=LONE, store="memory://")
    with pytest.raises(ValueError, match="the user has half of a character"):
        Guard("memory://").acquire(LONE)


def test_code_that_did_not_come_is_not_sent_to_zoom() -> None:
    """A web application may read it from an address that has none."""
    app = UserOAuth("c", "s", store="memory://", oauth_url="http://127.0.0.1:9")
    app.authorize_url(state="x")
    nothing: Any = None
    for exchange in (lambda code: app.exchange(code, state="x"), app.exchange_marketplace_install):
        with pytest.raises(TypeError, match="code is a NoneType: give text"):
            exchange(nothing)
        with pytest.raises(errors.AuthorizationFailed, match="brought no code back"):
            exchange("")


@pytest.mark.parametrize("token", ["x" * 200_000, LONE, "a\nb"])
async def test_page_token_that_no_address_can_carry_ends_the_list(world: World, token: str) -> None:
    """It is Zoom's fault, and what was read so far has been handed out."""
    page = {"users": [{"id": "1"}], "next_page_token": token}
    zoom = world.zoom(lambda _: httpx.Response(200, content=json.dumps(page)))
    with pytest.raises(errors.PagingFailed, match="characters that cannot be sent back"):
        await world.all(zoom.api.users.list_users.all())
