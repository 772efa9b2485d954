"""A success that Zoom did not send is an error: a page of a Wi-Fi login, half of an answer, a file instead of JSON."""

import pickle
from typing import Any

import httpx
import pytest

from tests.client.reading import read
from tests.client.worlds import World
from zoom_api_client import errors
from zoom_api_client.api import operations
from zoom_api_client.api.phone import download_phone_recording
from zoom_api_client.transport import instead_of_file, responses
from zoom_api_client.transport.retry import Retry

AT_ONCE = Retry(first_wait=0.0)
LOGIN = {"headers": {"content-type": "text/html; charset=utf-8"}, "content": b"<html>Sign in to the Wi-Fi</html>"}
ODD = {
    "a page": LOGIN,
    "a page without a type": {"content": b"<html>"},
    "a page of XHTML": {"headers": {"content-type": "application/xhtml+xml"}, "content": b"<html>"},
    "half of it": {"headers": {"content-type": "application/json"}, "content": b'{"id": 1, "topic": "x'},
    "latin-1": {"headers": {"content-type": "application/json"}, "content": b'{"id": 1, "topic": "caf\xe9"}'},
    "text": {"headers": {"content-type": "text/plain"}, "content": b"OK"},
    "a file": {"headers": {"content-type": "application/octet-stream"}, "content": b'{"id": 1}'},
}
CALLS = {
    "get": lambda zoom: zoom.meetings.get(1),
    "create": lambda zoom: zoom.meetings.create("me", topic="x"),
    "update": lambda zoom: zoom.meetings.update(1, topic="x"),
    "delete": lambda zoom: zoom.meetings.delete(1),
    "end": lambda zoom: zoom.meetings.end(1),
}
odd_answers = pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())


@odd_answers
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
async def test_a_success_that_is_not_json_is_an_error(world: World, odd: dict[str, Any], call: Any) -> None:
    """`delete` would say that it is done, and `get` would return the text of a page."""
    zoom = world.zoom(lambda _: httpx.Response(200, **odd), retry=AT_ONCE)
    with pytest.raises(errors.UnexpectedAnswer, match="not JSON") as caught:
        await world.of(call(zoom))
    assert caught.value.status == 200
    assert caught.value.content == odd["content"]
    assert caught.value.operation is not None
    assert len(world.seen) == (4 if world.seen[0].method == "GET" else 1)  # a write may have been done


async def test_a_read_is_asked_again_after_a_page(world: World) -> None:
    """A gateway that is restarted answers with its own page for a moment."""
    answers = [httpx.Response(200, **LOGIN), httpx.Response(200, json={"id": 1})]
    zoom = world.zoom(lambda _: answers.pop(0), retry=AT_ONCE)
    assert (await world.of(zoom.meetings.get(1))).id == 1


@pytest.mark.parametrize("kind", ["a page", "a page without a type", "half of it", "latin-1"])
async def test_call_takes_no_page_and_no_half_of_json(world: World, kind: str) -> None:
    """`call()` knows no operation: what is said to be JSON must be, and Zoom's API has no pages."""
    zoom = world.zoom(lambda _: httpx.Response(200, **ODD[kind]), retry=AT_ONCE)
    with pytest.raises(errors.UnexpectedAnswer):
        await world.of(zoom.call("GET", "/users/me"))
    assert len(world.seen) == 4


@pytest.mark.parametrize("kind", ["text", "a file"])
async def test_call_takes_texts_and_files(world: World, kind: str) -> None:
    """A transcript, a recording: what is said to be one is given as it is."""
    zoom = world.zoom(lambda _: httpx.Response(200, **ODD[kind]))
    expected = b'{"id": 1}' if kind == "a file" else "OK"
    assert await world.of(zoom.call("GET", "/phone/recording/download/1")) == expected


@pytest.mark.parametrize("kind", ["half of it", "latin-1", "text", "a file"])
async def test_a_declared_file_may_be_anything_but_a_page(world: World, kind: str) -> None:
    """An operation that answers with a file gives its bytes, whatever they are said to be."""
    zoom = world.zoom(lambda _: httpx.Response(200, **ODD[kind]))
    assert await world.run(download_phone_recording, "1", client=zoom) == ODD[kind]["content"]


HIDDEN_PAGE = {
    "headers": {"content-type": "application/octet-stream"},
    "content": b"\xef\xbb\xbf\n<!-- a proxy --> <!DOCTYPE html><title>Sign in</title>",
}


@pytest.mark.parametrize("page", [LOGIN, ODD["a page of XHTML"], HIDDEN_PAGE], ids=["said", "xhtml", "hidden"])
async def test_a_page_is_not_a_file(world: World, page: dict[str, Any]) -> None:
    """`.save` refuses it; in memory it would be the recording, for `call()` of any path too."""
    zoom = world.zoom(lambda _: httpx.Response(200, **page), retry=AT_ONCE)
    for call in (
        lambda: zoom.api.phone.download_phone_recording("1"),
        lambda: zoom.api.phone.download_phone_recording.raw("1"),
        lambda: zoom.call("GET", "/phone/recording/download/1"),
        lambda: zoom.call("GET", "/files/of/tomorrow"),
    ):
        world.seen.clear()
        with pytest.raises(errors.UnexpectedAnswer, match=r"page of HTML|not JSON"):
            await world.of(call())
        assert len(world.seen) == 4  # a gateway may pass


@pytest.mark.parametrize(
    "said", [b'{"code": "1003", "message": "Gone"}', b'{"error": "gone", "error_description": "It is gone"}']
)
async def test_a_refusal_in_any_shape_is_not_a_file(world: World, said: bytes) -> None:
    """What `.save` takes for a refusal is one in memory too."""
    zoom = world.zoom(lambda _: httpx.Response(200, content=said, headers={"content-type": "text/plain"}))
    with pytest.raises(errors.APIError, match=r"[Gg]one"):
        await world.of(zoom.api.phone.download_phone_recording("1"))


@pytest.mark.parametrize("kind", ["text", "a file"])
async def test_call_knows_where_json_is_declared(world: World, kind: str) -> None:
    """The path says what is to come, with or without a sub-account; of another path it says nothing."""
    zoom = world.zoom(lambda _: httpx.Response(200, **ODD[kind]), retry=AT_ONCE)
    for path in ("/users/me", "/accounts/sub/users/me?option=1"):
        with pytest.raises(errors.UnexpectedAnswer, match="not JSON"):
            await world.of(zoom.call("GET", path))
        with pytest.raises(errors.UnexpectedAnswer, match="not JSON"):
            await world.of(zoom.call_raw("GET", path))
    expected = b'{"id": 1}' if kind == "a file" else "OK"
    assert await world.of(zoom.call("GET", "/files/of/tomorrow")) == expected


def test_comments_before_a_page_take_no_time() -> None:
    """A pattern that tries each end of each comment takes 2^n steps for n of them."""
    assert not instead_of_file.is_page(b"<!---->" * 5_000 + b"no page")
    assert instead_of_file.is_page(b"<!---->" * 5_000 + b"<html>")


@pytest.mark.parametrize("media_type", ["application/json", "text/plain", "application/octet-stream", "audio/mpeg"])
async def test_a_refusal_is_an_error_whatever_it_is_said_to_be(world: World, media_type: str) -> None:
    """Zoom sends JSON refusals as text and as octet-stream too, with status 200."""
    refusal = {"headers": {"content-type": media_type}, "content": b'{"code": 200, "message": "No permission."}'}
    zoom = world.zoom(lambda _: httpx.Response(200, **refusal))
    with pytest.raises(errors.PlanRequired):
        await world.run(download_phone_recording, "1", client=zoom)
    with pytest.raises(errors.PlanRequired):
        await world.of(zoom.meetings.get(1))


@pytest.mark.parametrize(
    ("call", "status", "is_error"),
    [
        ("get", 200, True),
        ("get", 202, True),
        ("get", 204, True),
        ("create", 200, True),
        ("create", 201, True),
        ("create", 204, True),
        ("update", 200, False),
        ("update", 204, False),
        ("delete", 200, False),
    ],
)
async def test_what_declares_a_model_needs_content(world: World, call: str, status: int, is_error: bool) -> None:
    """A meeting that is None would fail somewhere else, and may exist; a write that declares nothing is done."""
    zoom = world.zoom(lambda _: httpx.Response(status), retry=AT_ONCE)
    if not is_error:
        assert await world.of(CALLS[call](zoom)) is None
        return
    with pytest.raises(errors.UnexpectedAnswer, match=r"empty.*may have been done all the same"):
        await world.of(CALLS[call](zoom))
    assert len(world.seen) == (1 if call == "create" else 4)


def test_no_typed_result_is_none() -> None:
    """All operations with each success: where each one has a model, an empty answer is an error."""
    for operation in operations(master=True):
        for status, hint in operation.results.items():
            answer = responses.Response(status, {}, b"")
            if hint in (None, "bytes"):
                assert read(answer, operation) in (None, b"")
            else:
                with pytest.raises(errors.UnexpectedAnswer, match="empty"):
                    read(answer, operation)


def test_a_change_that_is_answered_with_204_is_done() -> None:
    """Zoom answers so where its document has a 200 with content; the change must not look as if it had failed."""
    changes = [each for each in operations() if each.method in ("PATCH", "PUT") and None not in each.results.values()]
    assert changes
    for operation in changes:
        assert read(responses.Response(204, {}, b""), operation) is None


def test_every_operation_refuses_a_page() -> None:
    """All of them, with each status that they declare."""
    headers, page = {"content-type": "text/html"}, b"<html>"
    for operation in operations(master=True):
        for status in operation.results:
            answer = responses.Response(status, headers, page)
            with pytest.raises(errors.UnexpectedAnswer):
                read(answer, operation)


def test_the_error_tells_no_content() -> None:
    """Half of an answer may hold a start_url; logs and tracebacks show errors."""
    error = errors.UnexpectedAnswer("the answer is not JSON", 200, b"SECRET", None, "WEB_1")
    assert "SECRET" not in str(error) + repr(error)
    assert "WEB_1" in str(error)
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.content) == (str(error), b"SECRET")
