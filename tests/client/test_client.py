"""`Zoom` and `AsyncZoom`: the token and the connection."""

import asyncio
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from traceback import TracebackException
from typing import Any

import httpx
import pytest

from tests.client.loopback import Loopback, Reply
from tests.client.worlds import World
from zoom_api_client import AsyncZoom, Zoom, __version__, errors
from zoom_api_client.api.meetings import get_meeting
from zoom_api_client.connection import BareToken, ServerToServer
from zoom_api_client.testing import EmbeddedZoom


def ok(request: httpx.Request) -> httpx.Response:
    """Answer with an empty object."""
    return httpx.Response(200, json={})


async def test_token_goes_as_a_bearer_and_nowhere_else(world: World) -> None:
    """Zoom takes it in this header only; in an address it would be in every log."""
    await world.of(world.zoom(ok).call("GET", "/users/me", params={"a": 1}))
    (sent,) = world.seen
    assert sent.headers["authorization"] == "Bearer a token"
    assert str(sent.url) == "https://api.zoom.us/v2/users/me?a=1"
    assert [name for name, text in sent.headers.items() if "a token" in text] == ["authorization"]
    assert sent.headers["user-agent"] == f"zoom-api-client/{__version__}"


@pytest.mark.parametrize("token", ["", " ", "\n"])
@pytest.mark.parametrize("kind", [Zoom, AsyncZoom])
def test_empty_token_is_refused_at_once(kind: type[Zoom], token: str) -> None:
    """It comes from a variable that is not set, and would end in a 401 far from the cause."""
    with pytest.raises(ValueError, match="the access token is empty"):
        kind(token)


@pytest.mark.parametrize("kind", [Zoom, AsyncZoom])
@pytest.mark.parametrize("options", [{}, {"nonsense": 1}, {"base_url": "nowhere"}])
def test_token_is_not_among_the_locals_of_a_client_that_fails(kind: type[Zoom], options: dict[str, Any]) -> None:
    """Tools that report errors show the locals of each frame, and with them the half-made client."""
    token = "SEC" + "RET-token" + ("" if options else "\nx")
    with pytest.raises((ValueError, TypeError)) as caught:
        kind(token, **options)
    frames = TracebackException.from_exception(caught.value, capture_locals=True).stack[1:]
    assert [each for each in frames if "client.py" in each.filename]
    assert "SECRET" not in repr([each.locals for each in frames])


@pytest.mark.parametrize("kind", [Zoom, AsyncZoom])
def test_what_is_not_a_connection_is_refused_at_once(kind: type[Zoom]) -> None:
    """A variable of the environment that is not set is None, and would fail far from here."""
    nothing: Any = None
    with pytest.raises(TypeError, match="NoneType: give an access token"):
        kind(nothing)


@pytest.mark.parametrize("kind", [Zoom, AsyncZoom])
@pytest.mark.parametrize("base_url", ["api.zoom.us/v2", "ftp://api.zoom.us", "https:///v2", "/v2"])
def test_address_without_a_scheme_or_host_is_refused_at_once(kind: type[Zoom], base_url: str) -> None:
    """It would be taken for a connection that failed, and tried again and again."""
    with pytest.raises(ValueError, match="give the whole address"):
        kind("a token", base_url=base_url)
    with pytest.raises(ValueError, match="give the whole address"):
        BareToken("a token", base_url=base_url)


@pytest.mark.parametrize("kind", [Zoom, AsyncZoom])
@pytest.mark.parametrize(
    "base_url",
    [
        "http://127.0.0.1:1/v2?x=1", "http://127.0.0.1:1/v2#f", " https://api.zoom.us/v2", "https://api.zoom.us/v2\n",
        "https://api.zoom.us /v2", "https://api.zoom.us/v 2", "https://api.zoom.us:99999/v2", "https://api.zoom.us:0/v2",
        "https://user:SECRET@api.zoom.us/v2", "https://api.zoom.us\\v2", "https://api.zoom.us/\ud800",
    ],
)  # fmt: skip
def test_address_that_leads_a_path_astray_is_refused_at_once(kind: type[Zoom], base_url: str) -> None:
    """A query or a fragment would swallow the path: another operation would be called. A password is not quoted."""
    with pytest.raises(ValueError, match=r"base_url is .+: give the whole address") as caught:
        kind("a token", base_url=base_url)
    with pytest.raises(ValueError, match=r"oauth_url is .+: give the whole address"):
        ServerToServer("a", "c", "s", oauth_url=base_url)
    assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize("kind", [Zoom, AsyncZoom])
def test_address_that_is_not_text_is_refused_at_once(kind: type[Zoom]) -> None:
    """Callers may give a `pathlib.Path` or a URL object."""
    number: Any = 5
    with pytest.raises(TypeError, match="base_url is a int: give the whole address"):
        kind("a token", base_url=number)


async def test_token_is_rid_of_the_space_around_it(world: World) -> None:
    """A token read from a file ends in a newline, which no header can carry."""
    zoom = world.kind(
        " tok\n", transport=httpx.MockTransport(lambda it: httpx.Response(200, json=it.headers["authorization"]))
    )
    assert await world.of(zoom.call("GET", "/x")) == "Bearer tok"


async def test_token_that_no_header_can_carry_is_refused_without_showing_it(world: World) -> None:
    """The HTTP library quotes the header that it refuses, and with it the secret."""
    with EmbeddedZoom() as served:
        with pytest.raises((ValueError, errors.ZoomError)) as caught:
            await world.of(world.kind("5ecr3t\n2nd line", base_url=served.base_url).call("GET", "/users/me"))
        assert "5ecr3t" not in str(caught.value)


@pytest.mark.parametrize("kind", [Zoom, AsyncZoom])
def test_client_does_not_show_its_token(kind: type[Zoom]) -> None:
    """Clients are logged, and appear in tracebacks."""
    assert repr(kind("5ecr3t")) == f"{kind.__name__}(base_url='https://api.zoom.us/v2')"


@pytest.mark.parametrize("kind", [Zoom, AsyncZoom])
def test_client_is_made_from_the_environment(kind: type[Zoom], monkeypatch: pytest.MonkeyPatch) -> None:
    """A container has its token there; without one the message names the variable."""
    monkeypatch.delenv("ZOOM_BASE_URL", raising=False)
    monkeypatch.delenv("ZOOM_ACCESS_TOKEN", raising=False)
    with pytest.raises(ValueError, match=r"not set .*ZOOM_ACCESS_TOKEN alone"):
        kind.from_env()
    monkeypatch.setenv("ZOOM_ACCESS_TOKEN", "tok")
    monkeypatch.setenv("ZOOM_BASE_URL", "")
    assert kind.from_env().base_url == "https://api.zoom.us/v2"
    monkeypatch.setenv("ZOOM_BASE_URL", "http://127.0.0.1:1/v2/")
    assert kind.from_env().base_url == "http://127.0.0.1:1/v2"
    assert type(kind.from_env()) is kind


async def test_zoom_that_cannot_be_reached_is_our_error_with_its_cause(world: World) -> None:
    """`except ZoomError` must be enough, and the cause must not be lost."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{free.getsockname()[1]}/v2"
    with pytest.raises(errors.ConnectionFailed, match=r"^meetings\.get_meeting: Zoom could not be reached") as caught:
        await world.run(get_meeting, 1, client=world.at(nowhere))
    assert isinstance(caught.value.__cause__, httpx.ConnectError)


async def test_zoom_that_does_not_answer_is_not_waited_for_longer_than_said(world: World) -> None:
    """Without a timeout a program hangs forever."""
    done = threading.Event()

    def wait(_: object) -> Reply:
        done.wait(10)
        return Reply()

    with Loopback(wait) as silent:
        try:
            with pytest.raises(errors.ConnectionFailed, match=r"^GET /x: Zoom did not answer in time") as caught:
                await world.of(world.at(silent.base_url, timeout=0.1).call("GET", "/x"))
        finally:
            done.set()
    assert isinstance(caught.value.__cause__, httpx.ReadTimeout)


async def test_time_to_wait_is_the_callers(world: World) -> None:
    """A timeout that is not handed on is httpx's: five seconds, too short for a report of Zoom's."""
    for options, seconds in [({}, 30.0), ({"timeout": 7.5}, 7.5)]:
        await world.of(world.zoom(ok, **options).call("GET", "/x"))
        assert set(world.seen[-1].extensions["timeout"].values()) == {seconds}


@pytest.mark.parametrize("cause", [httpx.RemoteProtocolError, httpx.ReadError, httpx.ConnectTimeout, httpx.ProxyError])
async def test_connection_that_breaks_is_our_error(world: World, cause: type[httpx.TransportError]) -> None:
    """Each way of the network to fail has a class of its own in httpx, and one in this library."""

    def fail(request: httpx.Request) -> httpx.Response:
        raise cause("broken")

    with pytest.raises(errors.ConnectionFailed) as caught:
        await world.of(world.zoom(fail).call("GET", "/x"))
    assert isinstance(caught.value.__cause__, cause)


async def test_answer_that_cannot_be_unpacked_is_our_error(world: World) -> None:
    """A proxy that garbles gzip is a connection that fails."""

    def garbled(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(b"garbage"))

    with pytest.raises(errors.ConnectionFailed):
        await world.of(world.zoom(garbled).call("GET", "/x"))


async def test_closed_client_does_not_send(world: World) -> None:
    """A client that still works after `with` was not closed: its connections stay open."""
    with EmbeddedZoom() as served:
        zoom = world.at(served.base_url)
        assert await world.of(zoom.call("GET", "/users/me"))
        await world.close(zoom)
        with pytest.raises(RuntimeError, match="closed"):
            await world.of(zoom.call("GET", "/users/me"))


async def test_client_is_closed_at_the_end_of_with() -> None:
    """It is closed after an error too."""
    with pytest.raises(ZeroDivisionError), Zoom("t", transport=httpx.MockTransport(ok)) as zoom:
        raise ZeroDivisionError
    with pytest.raises(RuntimeError, match="closed"):
        zoom.call("GET", "/x")
    with pytest.raises(ZeroDivisionError):
        async with AsyncZoom("t", transport=httpx.MockTransport(ok)) as async_zoom:
            raise ZeroDivisionError
    with pytest.raises(RuntimeError, match="closed"):
        await async_zoom.call("GET", "/x")


async def test_one_client_serves_many_at_once() -> None:
    """Threads and tasks share a client: answers must not be mixed up."""
    with EmbeddedZoom() as served:
        with Zoom("t", base_url=served.base_url) as zoom, ThreadPoolExecutor(8) as pool:
            assert list(pool.map(lambda number: zoom.meetings.get(number).id, range(1, 21))) == list(range(1, 21))
        async with AsyncZoom("t", base_url=served.base_url) as async_zoom:
            read = await asyncio.gather(*(async_zoom.meetings.get(number) for number in range(1, 21)))
    assert [each.id for each in read] == list(range(1, 21))


def test_options_of_httpx_pass_through() -> None:
    """Who must use a proxy, or watch requests as OpenTelemetry does, would otherwise have to patch us."""
    seen: list[str] = []
    with EmbeddedZoom() as served:
        hooks = {"request": [lambda request: seen.append(request.method)]}
        with Zoom("a token", base_url=served.base_url, event_hooks=hooks, trust_env=False) as zoom:
            zoom.meetings.get(1)
    assert seen == ["GET"]
    with pytest.raises(TypeError, match="colour"):
        Zoom("a token", colour="blue")  # type: ignore[call-arg]  # what is refused


async def test_no_more_requests_are_under_way_than_connections() -> None:
    """What waits, waits here: httpx's queue would be looked through for each of them, and time out."""
    under_way, most, full = 0, 0, asyncio.Event()

    async def answer(request: httpx.Request) -> httpx.Response:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        if under_way == 3:
            full.set()
        async with asyncio.timeout(10):
            await full.wait()
        await asyncio.sleep(0)
        under_way -= 1
        return httpx.Response(200, json={})

    limits = httpx.Limits(max_connections=3)
    async with AsyncZoom("a token", transport=httpx.MockTransport(answer), limits=limits) as zoom:
        await asyncio.gather(*(zoom.call("GET", "/users/me") for _ in range(50)))
    assert most == 3


def test_no_more_threads_send_than_there_are_connections() -> None:
    """They wait here too, however many there are, and each has its turn."""
    under_way, most, full, counting = 0, 0, threading.Barrier(3), threading.Lock()

    def answer(request: httpx.Request) -> httpx.Response:
        nonlocal under_way, most
        with counting:
            under_way += 1
            most = max(most, under_way)
        full.wait(10)
        with counting:
            under_way -= 1
        return httpx.Response(200, json={})

    transport, limits = httpx.MockTransport(answer), httpx.Limits(max_connections=3)
    with Zoom("a token", transport=transport, limits=limits) as zoom, ThreadPoolExecutor(12) as pool:
        assert list(pool.map(lambda _: zoom.call("GET", "/users/me"), range(12))) == [{}] * 12
    assert most == 3
