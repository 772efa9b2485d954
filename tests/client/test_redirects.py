"""Where requests are sent on to, and what goes along."""

from io import BytesIO, UnsupportedOperation
from pathlib import Path

import httpx
import pytest

from tests.client.loopback import Loopback, Reply, Sent
from tests.client.worlds import World
from zoom_api_client import File, errors
from zoom_api_client._async.delivery import MAX_REDIRECTS
from zoom_api_client.api.clips import download_clip, upload_clip_file
from zoom_api_client.models.clips import UploadClipFileBody


def sends_on(location: str, status: int = 302) -> Loopback:
    """Return a server that sends on all but what comes to /there; `{host}` in the location is its own."""

    def reply(sent: Sent) -> Reply:
        if sent.path.endswith("/there"):
            return Reply(body=b'{"arrived": true}')
        return Reply(
            status, {"location": location.format(host=sent.headers["host"]), "set-cookie": "5ession=1; Path=/"}
        )

    return Loopback(reply)


@pytest.mark.parametrize("call", ["call", "download"])
async def test_foreign_host_never_sees_the_token(world: World, call: str) -> None:
    """A download is sent on to a store of files: whoever reads its log could act as the user."""
    with Loopback(lambda _: Reply(headers={"content-type": "video/mp4"}, body=b"film")) as foreign:
        with sends_on(f"{foreign.origin}/film?signature=x") as served:
            zoom = world.at(served.base_url)
            for _ in range(2):
                if call == "call":
                    assert await world.of(zoom.call("GET", "/clips/1/download")) == b"film"
                else:
                    assert await world.run(download_clip, "1", client=zoom) == b"film"
            await world.close(zoom)
        assert [sent.headers.get("authorization") for sent in served.seen] == ["Bearer a token"] * 2
        assert [sent.path for sent in foreign.seen] == ["/film?signature=x"] * 2
        assert not any("a token" in text for sent in foreign.seen for text in sent.headers.values())
        assert {sent.headers["host"] for sent in foreign.seen} == {foreign.origin.removeprefix("http://")}


@pytest.mark.parametrize(
    "hops",
    [
        [],
        ["https://api-eu.zoom.us/v2/x"],
        ["https://store.example/x"],
        ["https://store.example/x", "https://api-eu.zoom.us/v2/x"],
    ],
)
async def test_token_is_shown_by_no_refusal_on_the_way(world: World, hops: list[str]) -> None:
    """Whoever was sent on to may quote the address that Zoom had put it in."""

    def reply(_: httpx.Request) -> httpx.Response:
        if len(world.seen) <= len(hops):
            return httpx.Response(302, headers={"location": hops[len(world.seen) - 1]})
        return httpx.Response(400, json={"code": 300, "message": "what is 'a token' for?"})

    with pytest.raises(errors.InvalidRequest) as raised:
        await world.of(world.zoom(reply).call("GET", "/here"))
    assert raised.value.message == "what is '…' for?"
    assert "a token" not in str(raised.value)


async def test_foreign_host_that_sends_on_to_itself_never_sees_the_token(world: World) -> None:
    """What is the same origin is then the foreign one: the token must not come back."""

    def reply(request: httpx.Request) -> httpx.Response:
        location = "https://store.example/a" if request.url.host == "api.zoom.us" else "/b"
        return (
            httpx.Response(200, json={})
            if request.url.path == "/b"
            else httpx.Response(302, headers={"location": location})
        )

    await world.of(world.zoom(reply).call("GET", "/here"))
    assert [each.headers.get("authorization") for each in world.seen] == ["Bearer a token", None, None]


async def test_cookies_make_a_session_of_calls(world: World) -> None:
    """A token is all that Zoom needs to know: cookies of one call go with no other, and to no other host."""
    with Loopback(lambda _: Reply(body=b"{}")) as foreign:
        with sends_on(foreign.origin.replace("127.0.0.1", "localhost")) as served:
            zoom = world.at(served.base_url)
            await world.of(zoom.call("GET", "/a"))
            await world.of(zoom.call("GET", "/b"))
            await world.close(zoom)
        assert [sent.headers.get("cookie") for sent in served.seen] == [None, None]
        assert [sent.headers.get("cookie") for sent in foreign.seen] == [None, None]


@pytest.mark.parametrize("location", ["/v2/there", "there", "//{host}/v2/there", "http://{host}/v2/there"])
async def test_same_host_sees_the_token_again(world: World, location: str) -> None:
    """Without it the second address answers 401, however it is spelled."""
    with sends_on(location) as served:
        zoom = world.at(served.base_url)
        assert await world.of(zoom.call("GET", "/here")) == {"arrived": True}
        await world.close(zoom)
    assert [(sent.path, sent.headers.get("authorization")) for sent in served.seen] == [
        ("/v2/here", "Bearer a token"),
        ("/v2/there", "Bearer a token"),
    ]


@pytest.mark.parametrize(
    ("location", "authorization"),
    [
        ("https://file.zoom.us/v2/there", "Bearer a token"),
        ("http://api.zoom.us/v2/there", None),
        ("https://zoom.us.evil.example/there", None),
    ],
)
async def test_token_stays_within_zoom_and_within_https(world: World, location: str, authorization: str | None) -> None:
    """Zoom's hosts share it; a host with a similar name does not, nor does a wire that can be read."""

    def reply(request: httpx.Request) -> httpx.Response:
        there = request.url.path.endswith("/there")
        return httpx.Response(200, json={}) if there else httpx.Response(302, headers={"location": location})

    await world.of(world.zoom(reply).call("GET", "/here"))
    assert str(world.seen[1].url) == location
    assert world.seen[1].headers.get("authorization") == authorization
    assert world.seen[1].headers["host"] == world.seen[1].url.host


async def test_going_in_circles_ends(world: World) -> None:
    """Two addresses that send on to each other would keep a program forever."""
    with sends_on("/v2/round") as served:
        zoom = world.at(served.base_url)
        with pytest.raises(errors.ConnectionFailed, match=r"^GET /x: Zoom sent the request on more than \d+ times"):
            await world.of(zoom.call("GET", "/x"))
        await world.close(zoom)
    assert len(served.seen) == MAX_REDIRECTS


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_upload_is_sent_on_whole(world: World, status: int) -> None:
    """Upload hosts move requests: method, file and token go along. A GET, or half a file, would be lost silently."""
    content = bytes(range(256)) * 500
    with sends_on("http://{host}/v2/there", status) as served:
        zoom = world.at(served.base_url)
        await world.run(upload_clip_file, client=zoom, body=UploadClipFileBody(file=File(content, "a.mp4")))
        await world.close(zoom)
    first, second = served.seen
    assert (second.method, second.path) == ("POST", "/v2/there")
    assert second.headers["authorization"] == "Bearer a token"
    assert second.headers["content-type"] == first.headers["content-type"]
    assert content in second.body
    assert second.body == first.body


async def test_upload_of_an_open_file_is_sent_on_whole(world: World, tmp_path: Path) -> None:
    """A file that was read to its end has nothing left for the second host."""
    path = tmp_path / "a.mp4"
    path.write_bytes(b"film" * 50_000)
    with sends_on("http://{host}/v2/there", 307) as served, path.open("rb") as opened:
        zoom = world.at(served.base_url)
        await world.run(upload_clip_file, client=zoom, body=UploadClipFileBody(file=File(opened, "a.mp4")))
        await world.close(zoom)
    assert [sent.body.count(b"film") for sent in served.seen] == [50_000, 50_000]


class Unseekable(BytesIO):
    """A pipe, a socket or what another library unpacks: its bytes come once."""

    def seekable(self) -> bool:
        return False

    def seek(self, offset: int, whence: int = 0, /) -> int:
        raise UnsupportedOperation("underlying stream is not seekable")


async def test_upload_that_can_be_read_but_once_is_sent_on_whole(world: World) -> None:
    """The second host, or the same one after a new token or a wait, would be given an empty file, and take it."""
    film = Unseekable(b"film" * 50_000)
    with sends_on("http://{host}/v2/there", 307) as served:
        zoom = world.at(served.base_url)
        await world.run(upload_clip_file, client=zoom, body=UploadClipFileBody(file=File(film, "a.mp4")))
        await world.close(zoom)
    assert [sent.body.count(b"film") for sent in served.seen] == [50_000, 50_000]


async def test_upload_gives_no_token_to_a_foreign_host(world: World) -> None:
    """What Zoom's pages say of keeping the token is said of Zoom's hosts."""
    with Loopback(lambda _: Reply(201, body=b"{}")) as foreign, sends_on(f"{foreign.origin}/there", 307) as served:
        zoom = world.at(served.base_url)
        await world.run(upload_clip_file, client=zoom, body=UploadClipFileBody(file=File(b"film", "a.mp4")))
        await world.close(zoom)
    assert "authorization" not in foreign.seen[0].headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_other_writes_are_not_sent_on(world: World, method: str) -> None:
    """A write that moved is the caller's to repeat: he is told where it stopped."""
    with sends_on("/v2/there") as served:
        zoom = world.at(served.base_url)
        with pytest.raises(errors.APIError) as caught:
            await world.of(zoom.call(method, "/here", json={"a": 1}))
        await world.close(zoom)
    assert caught.value.status == 302
    assert len(served.seen) == 1


@pytest.mark.parametrize("location", ["javascript:alert(1)", "http://[::1", "mailto:jane@example.com"])
async def test_a_write_that_was_answered_is_not_sent_again(world: World, location: str) -> None:
    """The answer sends on to what is not an address, but Zoom has had the request: a second one may create a double."""
    with sends_on(location) as served:
        zoom = world.at(served.base_url)
        with pytest.raises(errors.ZoomError) as raised:
            await world.of(zoom.call("POST", "/users/me/meetings", json={"topic": "Standup"}))
        await world.close(zoom)
    assert len(served.seen) == 1
    assert getattr(raised.value, "may_have_arrived", True)
