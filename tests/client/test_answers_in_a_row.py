"""A connection has one answer for each request, in time: what comes unasked or never to an end is nobody's."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trio

from tests.client.raw_server import RawServer, json_answer, raw_server
from tests.client.worlds import World
from zoom_api_client import AsyncZoom, Bounds, Retry, Zoom, errors
from zoom_api_client.connection import BareToken

ONCE = Retry(attempts=1)
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
CHUNKED = HEAD + b"transfer-encoding: chunked\r\n\r\n"
DRIPS = {
    "the status line": (b"HTTP/1.1 200 ", b"O"),
    "headers": (HEAD, b"x: y\r\n"),
    "early hints": (b"", b"HTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\n"),
    "a chunk's extension": (CHUNKED + b"2;x=", b"y"),
}
FIRST, UNASKED, OWN = json_answer(b'{"id": "A"}'), json_answer(b'{"id": "unasked"}'), json_answer(b'{"id": "B"}')
EXTRA = {
    "an answer": FIRST + UNASKED,
    "half an answer": FIRST + UNASKED[:30],
    "after chunks": CHUNKED + b'b\r\n{"id": "A"}\r\n0\r\n\r\n' + UNASKED,
    "after nothing": b"HTTP/1.1 204 No Content\r\n\r\n" + UNASKED,
    "after gzip": json_answer(gzip.compress(b'{"id": "A"}'), b"content-encoding: gzip") + UNASKED,
}
TRANSPORTS = [(Zoom, None), (AsyncZoom, None), (AsyncZoom, "aiohttp")]
each_transport = pytest.mark.parametrize(("kind", "transport"), TRANSPORTS, ids=["blocking", "asynchronous", "aiohttp"])


@each_transport
@pytest.mark.parametrize("extra", EXTRA.values(), ids=EXTRA.keys())
async def test_an_answer_that_came_unasked_is_nobodys(kind: Any, transport: Any, extra: bytes) -> None:
    """It would be given to the next request, of another user for example, and all that follow get their neighbour's."""
    world = World(kind)
    with raw_server(lambda number: [extra if number == 1 else OWN]) as served:
        zoom = world.at(served.base_url, transport=transport, retry=ONCE)
        await world.of(zoom.call("GET", "/users/me"))
        other = zoom.for_connection(BareToken("B", base_url=served.base_url))
        for _ in range(2):
            assert await world.of(other.call("GET", "/users/me")) == {"id": "B"}
        await world.close(zoom)


def test_an_answer_that_came_unasked_is_nobodys_on_trio() -> None:
    """Its sockets are asked in another way whether there is something to read."""

    async def ask(base_url: str) -> list[Any]:
        async with AsyncZoom("a token", base_url=base_url, retry=ONCE) as zoom:
            return [await zoom.call("GET", "/users/me") for _ in range(3)]

    with raw_server(lambda number: [EXTRA["an answer"] if number == 1 else OWN]) as served:
        assert trio.run(ask, served.base_url) == [{"id": "A"}, {"id": "B"}, {"id": "B"}]


@each_transport
async def test_a_connection_is_used_again(kind: Any, transport: Any) -> None:
    """What has brought its own answer only is not closed."""
    world = World(kind)
    with raw_server(lambda _: [OWN]) as served:
        zoom = world.at(served.base_url, transport=transport, retry=ONCE)
        for _ in range(3):
            await world.of(zoom.call("GET", "/users/me"))
        assert len(served.connections) == 1
        await world.close(zoom)


@each_transport
@pytest.mark.parametrize("drip", DRIPS.values(), ids=DRIPS.keys())
async def test_an_answer_that_drips_before_its_body_ends(kind: Any, transport: Any, drip: tuple[bytes, bytes]) -> None:
    """No pause is too long for the timeout, and nothing of the body has come yet."""
    world = World(kind)

    def answer(_: int) -> Iterator[bytes]:
        return served.drip(begin=drip[0], each=drip[1])

    with raw_server(answer) as served:
        zoom = world.at(served.base_url, transport=transport, timeout=5, bounds=Bounds(answer_seconds=0.1), retry=ONCE)
        with pytest.raises(errors.BoundExceeded, match="answer_seconds"):
            await world.of(zoom.call("GET", "/x"))
        await world.close(zoom)


@each_transport
async def test_the_clock_begins_anew_with_each_request(kind: Any, transport: Any) -> None:
    """A connection lives longer than an answer may take."""
    world = World(kind)
    with raw_server(lambda _: slow(served)) as served:
        zoom = world.at(served.base_url, transport=transport, bounds=Bounds(answer_seconds=0.6), retry=ONCE)
        for _ in range(4):
            assert await world.of(zoom.call("GET", "/x")) == {"id": "B"}
        assert len(served.connections) == 1
        await world.close(zoom)


def slow(served: RawServer) -> Iterator[bytes]:
    """Yield an answer that takes a third of the bound."""
    yield OWN[:20]
    served.is_over.wait(0.2)
    yield OWN[20:]


@each_transport
async def test_a_download_may_take_any_time_but_not_its_head(kind: Any, transport: Any, tmp_path: Path) -> None:
    """A recording has no bound, whatever the client has; who sends headers forever sends no recording."""
    world = World(kind)
    head = b"HTTP/1.1 200 OK\r\ncontent-type: video/mp4\r\ncontent-length: 40\r\n\r\n"

    def answer(number: int) -> Iterator[bytes]:
        if number > 1:
            yield from served.drip(begin=HEAD, each=b"x: y\r\n")
        yield head
        for _ in range(40):
            served.is_over.wait(0.005)
            yield b"x"

    with raw_server(answer) as served:
        zoom = world.at(served.base_url, transport=transport, timeout=5, bounds=Bounds(answer_seconds=0.1), retry=ONCE)
        url = f"{served.origin}/rec/download/x"
        await world.of(zoom.recordings.download(url, to=tmp_path / "a.mp4"))
        assert (tmp_path / "a.mp4").read_bytes() == b"x" * 40
        with pytest.raises(errors.BoundExceeded, match="answer_seconds"):
            await world.of(zoom.recordings.download(url, to=tmp_path / "b.mp4"))
        await world.close(zoom)
