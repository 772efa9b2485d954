"""What nobody should answer with ends in an error of ours, in time, that is safe to show."""

import logging
import time
from typing import Any

import httpx
import pytest

from tests.client.raw_server import raw_server
from tests.client.worlds import World
from zoom_api_client import Retry, errors
from zoom_api_client.connection import BareToken
from zoom_api_client.transport.page_turning import find_next_cursor

ONCE = Retry(attempts=1)
BEARER = "opaque-1234567890-SECRET"
NO_HOSTS = ["http://xn--/", f"https://{'a' * 300}/", "https://.zoom.us/", "https://a..zoom.us/", "http://[::1/", "//["]


@pytest.mark.parametrize("token", [12345, 1.5, True, ["a"], {"t": 1}])
async def test_a_page_token_that_is_not_text_does_not_end_a_list(world: World, token: Any) -> None:
    """A list that ends early without a word is taken for the whole."""
    page = {"users": [{"id": "1"}], "next_page_token": token}
    zoom = world.zoom(lambda _: httpx.Response(200, json=page))
    for listed in (zoom.api.users.list_users.all(), zoom.pages("GET", "/users")):
        with pytest.raises(errors.PagingFailed, match="next_page_token"):
            await world.all(listed)


@pytest.mark.parametrize("token", [None, "", 0, False])
async def test_a_list_ends_without_a_token(world: World, token: Any) -> None:
    """Zoom may say in any form that there is no token."""
    zoom = world.zoom(lambda _: httpx.Response(200, json={"users": [{"id": "1"}], "next_page_token": token}))
    assert len(await world.all(zoom.api.users.list_users.all())) == 1
    assert len(world.seen) == 1


@pytest.mark.parametrize("number", [1, "1", 1.0, ["1"], "x"])
def test_a_page_number_turns_the_page_however_it_is_written(number: Any) -> None:
    """What is not a number at all does not end the list either: the page is the one that was asked for."""
    page, turned_by = {"page_number": number, "page_count": 3}, ("page_number", "next_page_token")
    assert find_next_cursor(page, {}, turned_by, 10) == {"page_number": 2}


@pytest.mark.parametrize("location", NO_HOSTS)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_redirect_to_what_is_not_a_host_is_a_failure(
    world: World, location: str, method: str, tmp_path: Any
) -> None:
    """The libraries that look names up have errors of their own."""
    answer = b"HTTP/1.1 302 Found\r\ncontent-length: 0\r\nlocation: %s\r\n\r\n" % location.encode()
    with raw_server(lambda _: [answer]) as served:
        zoom = world.at(served.base_url, retry=ONCE)
        with pytest.raises(errors.ZoomError, match=r"host|URL|reached|failed|302"):
            await world.of(zoom.call(method, "/x"))
        with pytest.raises(errors.DownloadError):
            await world.of(zoom.recordings.download(f"{served.origin}/rec/x", to=tmp_path / "a.mp4"))
        await world.close(zoom)


async def test_a_huge_message_is_cut_before_it_is_masked(world: World) -> None:
    """10 MB took half a minute in which an event loop stood still, and stood in the log."""
    said = {"code": 300, "message": "m=" * 5_000_000, "errors": [{"field": "x", "message": "a=" * 1_000_000}]}
    zoom = world.zoom(lambda _: httpx.Response(400, json=said), retry=ONCE)
    began = time.process_time()
    with pytest.raises(errors.InvalidRequest) as caught:
        await world.of(zoom.call("GET", "/x"))
    assert len(str(caught.value)) < 2100
    assert time.process_time() - began < 5


async def test_a_huge_text_is_cut(world: World) -> None:
    """The page of a proxy, with a field's message beside."""
    zoom = world.zoom(lambda _: httpx.Response(502, text="<html>" * 100_000), retry=ONCE)
    with pytest.raises(errors.ServerError) as caught:
        await world.of(zoom.call("GET", "/x"))
    assert len(str(caught.value)) < 2100


async def test_a_token_that_zoom_quotes_is_not_shown(world: World) -> None:
    """It need not be a JSON Web Token, nor follow the word Bearer."""
    said = {"code": 300, "message": f"no {BEARER}", "errors": [{"field": "x", "message": f"not {BEARER}"}]}
    for status in (200, 400, 403):
        zoom = world.zoom(lambda _, status=status: httpx.Response(status, json=said), retry=ONCE)
        zoom = zoom.for_connection(BareToken(BEARER))
        with pytest.raises(errors.APIError) as caught:
            await world.of(zoom.call("GET", "/x"))
        assert "SECRET" not in f"{caught.value} {caught.value!r} {caught.value.errors}"
        assert "no …" in str(caught.value)


@pytest.mark.parametrize("failure", [httpx.ConnectError, httpx.ReadTimeout, httpx.ReadError])
async def test_the_cause_of_a_failure_keeps_no_token(world: World, failure: type[httpx.RequestError]) -> None:
    """Httpx hangs the request, with its headers, on what it raises."""

    def fail(request: httpx.Request) -> httpx.Response:
        raise failure("broken", request=request)

    with pytest.raises(errors.ConnectionFailed) as caught:
        await world.of(world.zoom(fail, retry=ONCE).call("GET", "/x"))
    assert isinstance(caught.value.__cause__, failure)
    assert caught.value.__cause__._request is None


async def test_control_characters_reach_neither_terminal_nor_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """They would move the cursor, hide text, or look like another line of the log."""
    odd = "no\n2026 INFO done\x1b[2J\x9b\u2028\u202e"
    said = {"code": 300, "message": odd, "errors": [{"field": "x", "message": odd}]}
    headers = {b"x-zm-trackingid": b"WEB\x1b]0;owned\x07", b"content-type": b"application/json"}
    with caplog.at_level(logging.DEBUG, "zoom_api_client"):
        zoom = world.zoom(lambda _: httpx.Response(400, headers=list(headers.items()), json=said), retry=ONCE)
        with pytest.raises(errors.InvalidRequest) as caught:
            await world.of(zoom.call("GET", "/x"))
        zoom = world.zoom(lambda _: httpx.Response(200, headers=list(headers.items()), content=b"{"), retry=ONCE)
        with pytest.raises(errors.UnexpectedAnswer) as unexpected:
            await world.of(zoom.call("GET", "/x"))
    shown = [str(caught.value), str(caught.value.errors), str(unexpected.value), *caplog.messages]
    assert all(each.isprintable() for each in shown), shown
    assert r"no\n2026 INFO done\x1b[2J" in shown[0]
    assert r"WEB\x1b]0;owned\x07" in shown[0]


async def test_words_that_zoom_says_in_any_language_are_kept(world: World) -> None:
    """Only what is not text is spelled otherwise."""
    said = "Réunion “introuvable” — 会議が\u3000見つかりません 🙂"
    zoom = world.zoom(lambda _: httpx.Response(404, json={"code": 3001, "message": said}))
    with pytest.raises(errors.NotFound, match=said):
        await world.of(zoom.call("GET", "/x"))
