"""The extra `aiohttp`: all of `AsyncZoom` on it, and each failure as httpx's own transport tells it."""

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.client.loopback import Loopback, Reply, Sent
from zoom_api_client import AsyncZoom, File, Retry, errors

pytest.importorskip("aiohttp", reason="the extra 'aiohttp' is not installed")

ONCE = Retry(attempts=1)


@pytest.fixture
def answers() -> dict[str, Reply]:
    """What is answered, by the path without its query."""
    return {}


@pytest.fixture
def served(answers: dict[str, Reply]) -> Iterator[Loopback]:
    """A server that answers so; anything else is an empty object."""
    with Loopback(lambda sent: answers.get(sent.path.partition("?")[0], Reply(body=b"{}"))) as running:
        yield running


def client(base_url: str, **options: Any) -> AsyncZoom:
    """Return a client on aiohttp."""
    return AsyncZoom("a token", base_url=base_url, transport="aiohttp", **{"guard": None, "retry": ONCE, **options})


async def test_request_is_the_same_as_httpx_sends(served: Loopback) -> None:
    """The address letter by letter (double-encoded identifiers, signed queries), the headers, the body."""
    transports: list[Any] = [None, "aiohttp"]
    for transport in transports:
        async with AsyncZoom("a token", base_url=served.base_url, transport=transport, guard=None) as zoom:
            await zoom.call("GET", "/meetings/%252Fa%253D%253D?a=%2B%40%3A&b=c+d", params={"e": "ü/ "})
            await zoom.call("POST", "/x", json={"a": "ü"}, headers={"x-own": "1"})
            await zoom.call("DELETE", "/x")
    half = len(served.seen) // 2
    for one, other in zip(served.seen[:half], served.seen[half:], strict=True):
        assert (one.method, one.path, one.body) == (other.method, other.path, other.body)
        assert {**one.headers, "content-length": ""} == {**other.headers, "content-length": ""}  # of DELETE: none, or 0


async def test_answer_is_the_same_as_httpx_gives(served: Loopback, answers: dict[str, Reply]) -> None:
    """Models, refusals, lists; cookies are not kept."""
    answers["/v2/meetings/1"] = Reply(body=b'{"id": 1, "topic": "Standup"}', headers={"set-cookie": "a=b"})
    answers["/v2/meetings/2"] = Reply(404, body=b'{"code": 3001, "message": "no"}', headers={"x-zm-trackingid": "v"})
    async with client(served.base_url) as zoom:
        assert (await zoom.meetings.get(1)).topic == "Standup"
        with pytest.raises(errors.NotFound) as raised:
            await zoom.meetings.get(2)
        assert raised.value.tracking_id == "v"
        assert [each async for each in zoom.meetings.list("me")] == []
    assert not [each for each in served.seen if "cookie" in each.headers]


async def test_upload_is_sent_again_and_redirects_are_followed(served: Loopback, answers: dict[str, Reply]) -> None:
    """A multipart body is streamed, with its length, and can be sent twice."""
    replies = iter([Reply(429, headers={"retry-after": "0"}), Reply(201, body=b'{"id": "x"}')])

    def answer(sent: Sent) -> Reply:
        return next(replies) if sent.method == "POST" else answers[sent.path]

    with Loopback(answer) as uploads:
        answers["/v2/a"] = Reply(302, headers={"location": f"{uploads.base_url}/b"})
        answers["/v2/b"] = Reply(body=b'{"b": 1}')
        async with client(uploads.base_url, retry=Retry(first_wait=0.0)) as zoom:
            file = File(b"content" * 10_000, "a.txt", "text/plain")
            assert await zoom.call("POST", "/files", files={"file": file}) == {"id": "x"}
            assert await zoom.call("GET", "/a") == {"b": 1}
    first, second = (each for each in uploads.seen if each.method == "POST")
    assert first.body == second.body
    assert b"content" * 10_000 in first.body
    assert first.headers["content-length"] == str(len(first.body))


async def test_file_is_downloaded(served: Loopback, answers: dict[str, Reply], tmp_path: Path) -> None:
    """It comes in pieces, and is written to a file."""
    content = b"\x00\x00\x00\x18ftypmp42" + bytes(1_000_000)
    answers["/rec/download/x"] = Reply(body=content, headers={"content-type": "video/mp4"})
    async with client(served.base_url) as zoom:
        await zoom.recordings.download(f"{served.origin}/rec/download/x", to=tmp_path / "x.mp4")
    assert (tmp_path / "x.mp4").read_bytes() == content


@asynccontextmanager
async def serving(answer: bytes, *, hangs: bool = False) -> AsyncIterator[str]:
    """Serve these bytes to each request, and end the connection or leave it hanging; yields the base URL."""
    serving: list[Any] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.append(asyncio.current_task())
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        if hangs:
            await reader.read()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v2"
    server.close()
    await asyncio.gather(*serving)


CUT_OFF = b'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"id"'


@pytest.mark.parametrize("transport", [None, "aiohttp"])
@pytest.mark.parametrize(
    ("answer", "hangs"),
    [(b"", False), (b"HTTP/1.1 200 OK\r\n", False), (CUT_OFF, False), (b"nonsense\r\n\r\n", False), (CUT_OFF, True)],
    ids=["no answer", "half a head", "half a body", "no HTTP", "no end"],
)
async def test_request_that_may_have_arrived_is_not_said_to_be_never_sent(
    answer: bytes, hangs: bool, transport: Any
) -> None:
    """A meeting would be created twice."""
    async with serving(answer, hangs=hangs) as base_url:
        zoom = AsyncZoom("t", base_url=base_url, transport=transport, timeout=0.3, guard=None, retry=ONCE)
        async with zoom:
            with pytest.raises(errors.ConnectionFailed) as raised:
                await zoom.call("POST", "/users/me/meetings", json={})
    assert raised.value.may_have_arrived


@pytest.mark.parametrize("transport", [None, "aiohttp"])
async def test_request_that_found_no_server_was_never_sent(transport: Any) -> None:
    """It may be sent again."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        for origin in (f"http://127.0.0.1:{port}", "https://nowhere.invalid"):
            async with AsyncZoom("t", base_url=f"{origin}/v2", transport=transport, retry=ONCE) as zoom:
                with pytest.raises(errors.ConnectionFailed) as raised:
                    await zoom.call("GET", "/users/me")
            assert not raised.value.may_have_arrived


async def test_requests_at_once_outnumber_the_connections() -> None:
    """One limit for both transports."""
    open_now, most, seven = 0, 0, asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal open_now, most
        open_now += 1
        most = max(most, open_now)
        if open_now == 7:
            seven.set()
        while await reader.readline():
            await seven.wait()
            while (await reader.readline()).strip():
                pass
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}")
        open_now -= 1
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with client(f"http://127.0.0.1:{port}/v2", limits=httpx.Limits(max_connections=7)) as zoom:
        await asyncio.gather(*(zoom.call("GET", "/users/me") for _ in range(100)))
    server.close()
    assert most == 7


async def test_proxy_is_used() -> None:
    """The proxy of the options gets the request."""
    with Loopback(lambda sent: Reply(body=json.dumps({"path": sent.path}).encode())) as proxy:
        async with client("http://127.0.0.1:1/v2", proxy=proxy.origin) as zoom:
            assert await zoom.call("GET", "/users/me") == {"path": "http://127.0.0.1:1/v2/users/me"}


def test_http2_is_refused() -> None:
    """It would be left out without a word."""
    with pytest.raises(ValueError, match=r"HTTP/1\.1 only"):
        client("http://127.0.0.1:1/v2", http2=True)


def test_missing_extra_is_named() -> None:
    """The error says what to install."""
    script = """if True:
        import sys
        sys.modules["aiohttp"] = None
        from zoom_api_client import AsyncZoom
        from zoom_api_client.errors import ZoomError
        try:
            AsyncZoom("t", transport="aiohttp")
        except ZoomError as error:
            sys.exit(str(error))
    """
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stderr == 'transport="aiohttp" needs aiohttp: pip install "zoom-api-client[aiohttp]"\n'


async def test_call_needs_no_thread(served: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    """Aiohttp reads the environment's proxies, and netrc, in two threads a call: not where there is no proxy."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    used: list[Any] = []
    async with client(served.base_url) as zoom:
        await zoom.call("GET", "/x")
        loop = asyncio.get_running_loop()
        monkeypatch.setattr(loop, "run_in_executor", lambda _, call, *given: used.append(call))
        await zoom.call("GET", "/x")
    assert used == []
