"""The app is driven by hand here: what a server would make of the messages is in test_serving.py."""

import asyncio
import random
from typing import Any

import pytest

from tests.simulator.frozen import FrozenZoom
from zoom_api_client.testing import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.simulator import asgi

BEARER = (b"authorization", b"Bearer any")


class Recorder(FrozenZoom):
    """Keeps what reaches the simulator."""

    def __init__(self) -> None:
        super().__init__(open=True)
        self.requests: list[IncomingRequest] = []

    def answer(self, request: IncomingRequest) -> OutgoingAnswer:
        self.requests.append(request)
        return super().answer(request)


async def call(
    zoom: Recorder,
    path: bytes = b"/v2/users/me",
    *headers: tuple[bytes, bytes],
    bearer: bool = True,
    method: str = "GET",
    query: bytes = b"",
    chunks: tuple[bytes, ...] = (b"",),
) -> tuple[int, dict[bytes, bytes], bytes]:
    """Carry one request, and return status, headers and body of the answer."""
    headers = (BEARER, *headers) if bearer else headers
    scope = {
        "type": "http", "method": method, "scheme": "http", "path": "decoded: not to be read", "raw_path": path,
        "query_string": query, "headers": [(b"host", b"127.0.0.1:8000"), *headers],
    }  # fmt: skip
    coming = [{"type": "http.request", "body": each, "more_body": True} for each in chunks]
    coming[-1]["more_body"] = False
    sent: list[Any] = []

    async def receive() -> Any:
        return coming.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    await asgi.app(zoom)(scope, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]


@pytest.fixture
def zoom() -> Recorder:
    """Return a simulator."""
    return Recorder()


async def test_address_is_as_the_client_wrote_it(zoom: Recorder) -> None:
    """A path that is decoded on the way loses the second encoding of UUIDs."""
    await call(zoom, b"/v2/past_meetings/%252Fa%253D", query=b"a=%20b")
    assert zoom.requests[0].url == "http://127.0.0.1:8000/v2/past_meetings/%252Fa%253D?a=%20b"


@pytest.mark.parametrize(
    ("path", "headers", "url"),
    [
        (b"/a", [(b"x-forwarded-proto", b"https"), (b"x-forwarded-host", b"zoom.test")], "https://zoom.test/a"),
        (b"/a", [(b"x-forwarded-proto", b"https, http"), (b"x-forwarded-host", b"a.test, b")], "https://a.test/a"),
        (b"http://api.zoom.us/v2/users/me", [], "http://api.zoom.us/v2/users/me"),
        (b"HTTPS://api.zoom.us:443", [], "https://api.zoom.us:443/"),
        (b"//users", [], "http://127.0.0.1:8000//users"),
        (b"/a", [(b"x-forwarded-host", b"[::1]:80")], "http://[::1]:80/a"),
    ],
)
async def test_address_is_the_one_that_the_client_asked(
    zoom: Recorder, path: bytes, headers: list[tuple[bytes, bytes]], url: str
) -> None:
    """TLS ends elsewhere, or a proxy is asked with the whole address: download and API addresses depend on it."""
    await call(zoom, path, *headers)
    assert zoom.requests[0].url == url


async def test_files_are_where_the_client_asked(zoom: Recorder) -> None:
    """TLS that ends elsewhere must not lead a client to download without it."""
    forwarded = [(b"x-forwarded-proto", b"https"), (b"x-forwarded-host", b"zoom.test")]
    _, _, body = await call(zoom, b"/v2/archive_files", *forwarded)
    assert b'"https://zoom.test/rec/download/' in body


@pytest.mark.parametrize("host", [b"a b", b"[", b"a/b", b"user@host", b"host:port", b"\xff", b"a:999999"])
async def test_host_that_is_not_one_is_refused(zoom: Recorder, host: bytes) -> None:
    """Every address of an answer is built from it."""
    status, headers, _ = await call(zoom, b"/v2/users/me", (b"x-forwarded-host", host))
    assert (status, headers[b"connection"], zoom.requests) == (400, b"close", [])


async def test_body_comes_in_chunks_and_has_an_end(zoom: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body without a bound would fill the memory of whoever tests."""
    await call(zoom, method="PATCH", chunks=(b"{", b"}"))
    assert zoom.requests[0].body == b"{}"
    monkeypatch.setattr(asgi, "MOST_BYTES", 10)
    status, headers, _ = await call(zoom, method="PATCH", chunks=(b"12345", b"67890", b"1", b"never read"))
    assert (status, headers[b"connection"], len(zoom.requests)) == (413, b"close", 1)


async def test_head_is_answered_as_get_without_its_body(zoom: Recorder) -> None:
    """Monitors ask so; the length is that of the body that GET would bring."""
    of_get, of_head = await call(zoom), await call(zoom, method="HEAD")
    assert of_head[0] == of_get[0] == 200
    assert of_head[2] == b""
    assert of_head[1][b"content-length"] == str(len(of_get[2])).encode()


async def test_options_says_what_a_path_takes(zoom: Recorder) -> None:
    """It is answered without a token, as a browser asks it before the call."""
    status, headers, body = await call(zoom, b"/v2/meetings/11", method="OPTIONS")
    assert (status, headers[b"allow"], body) == (204, b"DELETE, GET, HEAD, OPTIONS, PATCH", b"")
    assert b"content-length" not in headers


@pytest.mark.parametrize("path", [b"/users/me", b"/v2/nothing", b"/v2", b"/"])
async def test_path_that_zoom_does_not_know_is_refused_as_zoom_does(zoom: Recorder, path: bytes) -> None:
    """Without /v2 Zoom's hosts know no path; a stand-in at another host takes it, as for base URLs without it."""
    status, _, body = await call(zoom, path, (b"x-forwarded-host", b"api.zoom.us"), (b"x-forwarded-proto", b"https"))
    assert (status, b"2300" in body) == (404, True)
    status, _, _ = await call(zoom, path)
    assert status == (200 if path == b"/users/me" else 404)


async def test_clock_ticks_from_startup_to_shutdown(zoom: Recorder) -> None:
    """What is due runs without a request: retries of deliveries, recordings that become ready."""
    coming, said = asyncio.Queue[Any](), asyncio.Queue[Any]()
    living = asyncio.create_task(asgi.app(zoom)({"type": "lifespan"}, coming.get, said.put))
    await coming.put({"type": "lifespan.startup"})
    assert (await said.get())["type"] == "lifespan.startup.complete"
    ticked = asyncio.Event()
    loop = asyncio.get_running_loop()
    zoom.clock.do = lambda _task: loop.call_soon_threadsafe(ticked.set)
    zoom.clock.schedule(zoom.clock.now(), "tick")
    await ticked.wait()
    await coming.put({"type": "lifespan.shutdown"})
    assert (await said.get())["type"] == "lifespan.shutdown.complete"
    await living


async def test_websocket_of_nobody_is_closed(zoom: Recorder) -> None:
    """A server would wait for an answer forever."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    await asgi.app(zoom)({"type": "websocket", "path": "/elsewhere"}, receive, send)
    assert sent == [{"type": "websocket.close"}]


async def test_client_that_leaves_is_not_answered(zoom: Recorder) -> None:
    """Half a body is not a request."""
    scope = {
        "type": "http", "method": "POST", "scheme": "http", "raw_path": b"/v2/users", "query_string": b"",
        "headers": [(b"host", b"localhost")],
    }  # fmt: skip

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        raise AssertionError(message)

    await asgi.app(zoom)(scope, receive, send)
    assert zoom.requests == []


HOSTILE_PATHS = [
    b"/v2/users/me", b"/v2/users/%00", b"/v2/users/%ff%fe", b"/v2/meetings/{meetingId}", b"/v2//meetings/1",
    b"/v2/%2e%2e/x",
    b"/oauth/token", b"/oauth/authorize", b"/oauth/revoke", b"/oauth/devicecode", b"/oauth_device", b"/", b"*",
    b"/v2/" + b"a/" * 999,
    b"/v2/accounts/me/users", b"/rec/download/" + b"f" * 18, b"/v2/past_meetings/%252F%2525",
    b"/v2/users/me/meetings",
    b"http://[::1", b"http://", b"//[", b"/v2/users/\xff", b"/scim2/Users", b"/_simulator/", b"/v2/clips/files",
]  # fmt: skip
HOSTILE_TEXTS = [
    b"page_size=" + b"9" * 5000, b"page_size=%D9%A3", b"from=" + b"[" * 3000,
    b'{"settings": ' * 500 + b"1" + b"}" * 500,
    b"", b"[" * 3000, b"{", b"null", b'"x"', b"1e999", b"9" * 5000,
    b'{"topic": "\\ud800"}', b'{"topic": 1, "topic": 2}', b"\xff\xfe",
    b"grant_type=authorization_code&code=%ff&redirect_uri=%0d%0a", b"client_id=\x00&response_type=code", b"=&=&&&%",
    b"a" * 9999,
    b"grant_type=refresh_token&refresh_token=\xed\xa0\x80",
    b"client_id=simulated-client-id&response_type=code&redirect_uri=a:b%0a",
    b"client_id=simulated-client-id&response_type=code&redirect_uri=a:b&code_challenge=%ed%a0%80&decision=allow&state=%00%ff",
    b"--b\r\n\r\n--b--", b"page_size=999999999999999999999999&next_page_token=%00", b"user_code=%ff&decision=allow",
]  # fmt: skip
HOSTILE_HEADERS = [
    (b"content-type", b"application/json"), (b"content-type", b"application/x-www-form-urlencoded"),
    (b"content-type", b"\xff/;;="),
    (b"content-type", b"multipart/form-data; boundary=b"), (b"content-type", b"multipart/form-data"), (b"range",
    b"bytes=9-1,-"),
    (b"authorization", b"Basic \xff"), (b"authorization", b"Basic Og=="), (b"authorization", b"Bearer \xff"),
    (b"authorization", b""),
    (b"x-forwarded-proto", b"ws"), (b"x-forwarded-host", b"api.zoom.us"), (b"host", b"second"),
    (b"content-encoding", b"gzip"),
]  # fmt: skip


async def test_hostile_requests_are_answered(zoom: Recorder) -> None:
    """Whatever well-formed HTTP carries, the app makes an answer of it that can be carried back."""
    chance = random.Random(0)
    statuses = set()
    for _ in range(3000):
        status, headers, _ = await call(
            zoom,
            chance.choice(HOSTILE_PATHS),
            *chance.sample(HOSTILE_HEADERS, k=chance.randint(0, 4)),
            bearer=chance.random() < 0.7,
            method=chance.choice(["GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "get", "\xff"]),
            query=chance.choice(HOSTILE_TEXTS),
            chunks=(chance.choice(HOSTILE_TEXTS), b""),
        )
        assert not any(b"\r" in value or b"\n" in value or b"\0" in value for value in headers.values())
        statuses.add(status)
    assert {200, 204, 400, 401, 404} <= statuses
    assert all(200 <= status < 500 for status in statuses)
