"""No answer takes all memory, all time, or all stack: each bound ends in an error that names it, and can be set."""

import gzip
import json
import socket
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import attrs
import httpx
import pytest
from hypothesis import given, strategies as st

from tests.client.loopback import Loopback, Reply
from tests.client.reading import read
from tests.client.worlds import World
from zoom_api_client import Bounds, errors, events
from zoom_api_client.api import operations
from zoom_api_client.core import codec
from zoom_api_client.core.redaction import redact_value
from zoom_api_client.transport import responses
from zoom_api_client.transport.bounds import Meter
from zoom_api_client.transport.pagination import Reading
from zoom_api_client.transport.retry import Retry

ONCE = Retry(attempts=1)
GET_MEETING = next(each for each in operations() if str(each) == "meetings.get_meeting")


def nested(depth: int) -> bytes:
    """Return JSON that is so deep, of arrays and objects by turns."""
    half, odd = divmod(depth, 2)
    return b'[{"a":' * half + b"[" * odd + b"]" * odd + b"1" * (1 - odd) + b"}]" * half


@pytest.mark.parametrize("depth", [257, 1100, 10_000, 200_000])
async def test_deep_nesting_is_refused_by_name(world: World, depth: int) -> None:
    """Whatever reads it would end in a RecursionError."""
    content = b'{"id": 1, "more": ' + nested(depth - 1) + b"}"
    for headers in ({}, {"content-type": "text/plain"}):
        zoom = world.zoom(lambda _, headers=headers: httpx.Response(200, headers=headers, content=content), retry=ONCE)
        with pytest.raises(errors.BoundExceeded, match="nesting=256"):
            await world.of(zoom.meetings.get(1))


def test_what_is_as_deep_as_allowed_can_be_used() -> None:
    """A handler that lies deep in the calls of a framework can use it too."""

    def called_deeply(calls: int) -> None:
        if calls:
            called_deeply(calls - 1)
            return
        body = b'{"event": "meeting.started", "payload": {"object": {"more": ' + nested(codec.NESTING - 3) + b"}}}"
        event = events.parse(body)
        assert event.to_dict() == json.loads(body) == codec.plain(codec.copy(event.to_dict()))
        assert event.to_json()
        assert repr(event)
        assert codec.text(redact_value("", event.to_dict()), indent=2)

    called_deeply(200)


@pytest.mark.parametrize("depth", [1, 3, 7, 51])
def test_nesting_is_bounded_exactly(depth: int) -> None:
    """The bound is met in the fast parser and in the slow one, which long numbers and marks lead to."""
    for content in (
        nested(depth),
        b"\xef\xbb\xbf" + nested(depth),
        b"[" * (depth - 1) + b'["\\ud800"]' + b"]" * (depth - 1),
    ):
        assert isinstance(codec.loads(content, depth), list)
        if depth > 1:
            with pytest.raises(codec.TooDeep, match=f"more than {depth - 1} deep"):
                codec.loads(content, depth - 1)


@pytest.mark.parametrize("content", [b'["' + b"[{" * 60 + b'"]', b"[" + b"{}," * 60 + b"{}]"])
def test_brackets_that_nest_nothing_are_not_nesting(content: bytes) -> None:
    """A text may have many brackets: within strings, or one after the other."""
    assert codec.loads(content, 2) == json.loads(content)


@pytest.mark.parametrize("content", [b"1],[2", b"1]", b"[1", b"]1[", b"1]]],[[[2", b"", b" ", b"1 2"])
def test_what_is_not_json_is_not_made_json(content: bytes) -> None:
    """What bounds the nesting must not close a bracket that the text left open."""
    with pytest.raises(ValueError, match=r".*"):
        codec.loads(content)


@pytest.mark.parametrize(
    "number",
    [2**63 - 1, 2**63, 2**64 - 1, 2**64, -(2**63), -(2**63) - 1, 10**18, 10**19, 2**66 + 1, -(10**40), 10**4000],
)
def test_whole_numbers_stay_whole(number: int) -> None:
    """The parser makes floats of what has more than 64 bits, and says nothing."""
    for shift in range(5):
        content = b" " * shift + json.dumps({"id": number, "n": [number]}).encode()
        assert repr(codec.loads(content)) == repr({"id": number, "n": [number]})
        answer = responses.Response(200, {}, content)
        assert repr(read(answer, GET_MEETING).id) == repr(number)


async def test_a_bomb_is_not_decompressed(world: World) -> None:
    """10 MB of zeros come as 10 KB; what is beyond the bound is never in memory."""
    bomb = gzip.compress(bytes(10_000_000))
    headers = {"content-encoding": "gzip", "content-type": "application/json"}
    with Loopback(lambda _: Reply(200, headers, bomb)) as served:
        zoom = world.at(served.base_url, bounds=Bounds(answer_bytes=100_000), retry=ONCE)
        with pytest.raises(errors.BoundExceeded, match=r"answer_bytes=100,000: .*Bounds\(answer_bytes=…\)"):
            await world.of(zoom.call("GET", "/x"))
        await world.close(zoom)


def test_a_bomb_is_measured_before_it_is_whole() -> None:
    """A piece is at most 256 KB, however small it came."""
    meter = Meter(Bounds(answer_bytes=1_000_000), is_compressed=True)
    taken: list[int] = []
    with pytest.raises(errors.BoundExceeded):
        taken.extend(map(len, meter.take(zlib.compress(bytes(500_000_000)))))
    assert sum(taken) <= 1_000_000
    assert max(taken) <= 256 * 1024


async def test_an_answer_is_bounded_as_it_is(world: World) -> None:
    """What is not compressed, and what a transport has read before it is measured."""
    with Loopback(lambda _: Reply(200, body=b" " * 5000 + b"{}")) as served:
        zoom = world.at(served.base_url, bounds=Bounds(answer_bytes=5000), retry=ONCE)
        with pytest.raises(errors.BoundExceeded, match="answer_bytes"):
            await world.of(zoom.call("GET", "/x"))
        await world.close(zoom)
    zoom = world.zoom(lambda _: httpx.Response(200, content=b" " * 5000 + b"{}"), bounds=Bounds(answer_bytes=5000))
    with pytest.raises(errors.BoundExceeded, match="answer_bytes"):
        await world.of(zoom.call("GET", "/x"))


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "GZIP", "x-gzip", "identity"])
async def test_compressed_answers_are_read(world: World, encoding: str) -> None:
    """Zoom compresses most of what it sends."""
    content = json.dumps({"a": "é" * 1_000_000}).encode()
    pack = {"deflate": zlib.compress, "identity": bytes}.get(encoding, gzip.compress)
    headers = {"content-encoding": encoding}
    with Loopback(lambda _: Reply(200, headers, pack(content))) as served:
        zoom = world.at(served.base_url)
        assert await world.of(zoom.call("GET", "/x")) == json.loads(content)
        await world.close(zoom)
    assert served.seen[0].headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "zstd"])
async def test_what_was_not_asked_for_is_not_decompressed(world: World, encoding: str) -> None:
    """A bomb in a bomb, and what has no bound in the parser."""
    with Loopback(lambda _: Reply(200, {"content-encoding": encoding}, b"x")) as served:
        zoom = world.at(served.base_url, retry=ONCE)
        with pytest.raises(errors.UnexpectedAnswer, match=encoding):
            await world.of(zoom.call("GET", "/x"))
        await world.close(zoom)


async def test_a_damaged_answer_is_a_connection_that_failed(world: World) -> None:
    """It is treated as an answer that broke off."""
    with Loopback(lambda _: Reply(200, {"content-encoding": "gzip"}, b"not gzip")) as served:
        zoom = world.at(served.base_url, retry=ONCE)
        with pytest.raises(errors.ConnectionFailed, match="damaged"):
            await world.of(zoom.call("GET", "/x"))
        await world.close(zoom)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_half_of_a_compressed_answer_is_not_an_answer(world: World, encoding: str) -> None:
    """Its length is right, and half of a text looks like a text: the end of the compressed content is missing."""
    packed = {"gzip": gzip.compress, "deflate": zlib.compress}[encoding](json.dumps(["a" * 100] * 500).encode())
    for body in (packed[:1], packed[:8], packed[: len(packed) // 2], packed[:-1], packed + packed, packed + b"x"):
        for media_type in ("text/csv", "application/octet-stream"):
            headers = {"content-encoding": encoding, "content-type": media_type}
            with Loopback(lambda _, headers=headers, body=body: Reply(200, headers, body)) as served:
                zoom = world.at(served.base_url, retry=ONCE)
                with pytest.raises(errors.ConnectionFailed, match=r"cut off|damaged"):
                    await world.of(zoom.call("GET", "/x"))
                await world.close(zoom)


async def test_nothing_is_not_half_an_answer(world: World) -> None:
    """An answer without content may name an encoding."""
    with Loopback(lambda _: Reply(200, {"content-encoding": "gzip"}, b"")) as served:
        zoom = world.at(served.base_url, retry=ONCE)
        assert await world.of(zoom.call("DELETE", "/x")) is None
        await world.close(zoom)


@contextmanager
def dripping() -> Iterator[str]:
    """Serve answers that come byte by byte, and not to an end: who waits longer than any bound of a test, fails."""
    listening, over = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def drip() -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 401 X\r\ncontent-length: 1000000\r\n\r\n")
            with suppress(OSError):
                for _ in range(1000):
                    if over.wait(0.01):
                        return
                    connection.sendall(b" ")

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/v2"
    finally:
        over.set()
        thread.join()
        listening.close()


async def test_an_answer_that_drips_ends(world: World) -> None:
    """No pause is too long for the timeout; a 401 is read by who renews tokens, and is bounded as well."""
    with dripping() as base_url:
        zoom = world.at(base_url, timeout=5, bounds=Bounds(answer_seconds=0.05), retry=ONCE)
        with pytest.raises(errors.BoundExceeded, match="answer_seconds"):
            await world.of(zoom.call("GET", "/x"))
        await world.close(zoom)


async def test_pages_without_end_end(world: World) -> None:
    """A token that is new each time, and nothing that is."""
    for items in ([], [{"id": 1}]):
        world.seen.clear()
        count = iter(range(10**9))
        zoom = world.zoom(
            lambda _, items=items, count=count: httpx.Response(
                200, json={"meetings": items, "next_page_token": str(next(count) + 1)}
            ),
            bounds=Bounds(idle_pages=20),
        )
        for listed in (zoom.meetings.list("me"), zoom.pages("GET", "/x")):
            with pytest.raises(errors.PagingFailed, match=r"idle_pages=20.*Bounds\(idle_pages=…\)"):
                await world.all(listed)
        assert len(world.seen) <= 2 * 22


async def test_pages_are_bounded(world: World) -> None:
    """A list may bring something new each time, and have no end."""
    count = iter(range(10**9))

    def page(_: httpx.Request) -> httpx.Response:
        number = next(count)
        return httpx.Response(200, json={"meetings": [{"id": number}], "next_page_token": str(number + 1)})

    each = world.each(world.zoom(page, bounds=Bounds(pages=30)).meetings.list("me"))
    assert [(await anext(each)).id for _ in range(30)] == list(range(30))
    with pytest.raises(errors.PagingFailed, match=r"pages=30"):
        await anext(each)
    assert len(world.seen) == 30


@pytest.mark.parametrize("token", [7, "x" * 20_000, "a\nb"])
async def test_a_page_with_a_broken_token_is_handed_out(world: World, token: object) -> None:
    """What was read is there; the error comes where the list would go on."""
    page = {"meetings": [{"id": 1}], "next_page_token": token}
    each = world.each(world.zoom(lambda _: httpx.Response(200, json=page)).meetings.list("me"))
    assert (await anext(each)).id == 1
    with pytest.raises(errors.PagingFailed, match="next_page_token"):
        await anext(each)


async def test_a_total_that_is_too_high_ends(world: World) -> None:
    """The list has its last token behind it, and changes each time it is read: it ends, and says what is missing."""
    count = iter(range(10**9))

    def page(request: httpx.Request) -> httpx.Response:
        token = "" if "next_page_token" in request.url.params else "2"
        items = [{"id": next(count)}, {"id": 10**9}]
        return httpx.Response(200, json={"meetings": items, "total_records": 9, "next_page_token": token})

    each = world.each(world.zoom(page).meetings.list("me"))
    assert sorted([(await anext(each)).id for _ in range(10)]) == [*range(8), 10**9, 10**9]
    with pytest.raises(errors.PagingFailed, match="after 4 of 9 records"):
        await anext(each)
    assert len(world.seen) == 8


def test_months_without_an_item_are_not_idle() -> None:
    """Each part of a list ends by itself: an account that is ten years old has been quiet for most of them."""
    reading = Reading(("items",), bounds=Bounds(idle_pages=3))
    for _ in range(50):
        reading.begin()
        assert reading.goes_on()
        reading.take({"items": []})
        assert not reading.goes_on()


def test_reading_again_is_not_idle() -> None:
    """After a token that expired, hundreds of pages may come again before the first that is new."""
    reading = Reading(("items",), bounds=Bounds(idle_pages=3))
    for number in range(50):
        reading.take({"items": [{"id": number}], "next_page_token": f"first {number}"})
    reading.recover(errors.InvalidRequest(400, 300))
    for number in range(50):
        assert reading.take({"items": [{"id": number}], "next_page_token": f"second {number}"}) is None
        assert reading.goes_on()
    assert reading.take({"items": [{"id": 50}]}) is not None


@pytest.mark.parametrize(
    "path",
    ["/../oauth/token", "/users/../../oauth", "/%2e%2e/x", "/%2E./x", "/%252e%252e/x", "/a/..%2f..%2fx", "/a\\..\\x",
     "/a/%5c..%5cx", "/.", "/a/./b", "/a/..", "/..?a=1", "/..#a"],
)  # fmt: skip
async def test_paths_that_climb_are_refused(world: World, path: str) -> None:
    """The token would go to an address beside the API, as whoever decodes the path once more sees it."""
    zoom = world.zoom(lambda _: httpx.Response(200, json={}))
    for client in (zoom, zoom.for_account("sub")):
        with pytest.raises(errors.AddressRefused, match="leads out"):
            await world.of(client.call("GET", path))
    assert world.seen == []


@pytest.mark.parametrize("path", ["/a..b/c", "/...", "/x?to=../y", "/a%20b", "/50%25", "/past_meetings/%252Fa%253D"])
async def test_paths_that_do_not_climb_are_sent(world: World, path: str) -> None:
    """Dots in names, and in the query."""
    await world.of(world.zoom(lambda _: httpx.Response(200, json={})).call("GET", path))
    assert len(world.seen) == 1


@pytest.mark.parametrize("server", ["https://evil.example/v2", "http://api.zoom.us/v2", "https://zoom.us.evil.example"])
async def test_no_token_goes_to_a_server_that_is_not_zooms(world: World, server: str) -> None:
    """Whatever made the operation: a document of somebody else's, for example."""
    request = GET_MEETING.request({"meetingId": 1})
    request = attrs.evolve(request, operation=attrs.evolve(GET_MEETING, server=server))
    with pytest.raises(errors.AddressRefused, match="not Zoom's"):
        await world.of(world.zoom(lambda _: httpx.Response(200, json={})).send(request))
    assert world.seen == []


def levels(value: object) -> int:
    """Count the levels of a JSON value."""
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if below is None else 1 + max(map(levels, below), default=0)


@given(
    st.recursive(
        st.none() | st.sampled_from(["[[[[", "}"]),
        lambda each: st.lists(each, max_size=4) | st.dictionaries(st.sampled_from("ab{"), each),
    ),
    st.integers(1, 8),
)
def test_what_is_nested_too_deeply_is_reported_exactly(value: object, most: int) -> None:
    """Brackets within texts, and a thousand things side by side, do not count."""
    many = {"items": [value] * 300}
    if levels(many) > most:
        with pytest.raises(codec.TooDeep):
            codec.loads(json.dumps(many), most)
    else:
        assert codec.loads(json.dumps(many), most) == many
