"""Options for some calls: a sibling of the client that shares all but them."""

import logging
import subprocess
import sys
from typing import Any

import httpx
import pytest

from tests.client.worlds import World
from zoom_api_client import AsyncZoom, File, Retry, Zoom, errors
from zoom_api_client.connection import UserOAuth
from zoom_api_client.quota import Guard
from zoom_api_client.transport.throttle import Throttle


def echo(request: httpx.Request) -> httpx.Response:
    """Answer with an id."""
    return httpx.Response(200, json={"id": "x"}, headers={"x-zm-trackingid": "v=2.0;x"})


async def test_headers_and_query_are_added_to_each_request(world: World) -> None:
    """Modules and calls have them; what the call itself says wins, and the client they came from has none."""
    zoom = world.zoom(echo)
    other = zoom.with_options(headers={"X-Trace": "1", "X-Other": "a"}, query={"fields": ["a", "b"], "deep": True})
    await world.of(other.meetings.get(1))
    await world.of(other.call("GET", "/users/me", params={"fields": "c"}, headers={"x-other": "b"}))
    await world.of(other.with_options(headers={"x-other": "c"}, query={"deep": None}).call("GET", "/users"))
    await world.of(zoom.meetings.get(1))
    first, second, third, last = world.seen
    assert (first.headers["x-trace"], first.url.query) == ("1", b"fields=a&fields=b&deep=true")
    assert (second.headers["x-other"], second.url.query) == ("b", b"deep=true&fields=c")
    assert (third.headers["x-trace"], third.headers["x-other"]) == ("1", "c")
    assert ("x-trace" in last.headers, last.url.query) == (False, b"")


async def test_timeout_is_the_sibling_s_own(world: World) -> None:
    """It holds for connecting, and for each part of an answer."""
    zoom = world.zoom(echo, timeout=9)
    await world.of(zoom.with_options(timeout=2.5).call("GET", "/users/me"))
    await world.of(zoom.call("GET", "/users/me"))
    assert [each.extensions["timeout"]["read"] for each in world.seen] == [2.5, 9]


async def test_retry_is_the_sibling_s_own(world: World) -> None:
    """A call that must not be repeated is sent once."""
    zoom = world.zoom(lambda _: httpx.Response(503), retry=Retry(attempts=3, first_wait=0.0))
    with pytest.raises(errors.ServerError):
        await world.of(zoom.with_options(retry=Retry(attempts=1)).call("GET", "/users/me"))
    assert len(world.seen) == 1
    assert zoom.retry.attempts == 3


async def test_guard_and_throttle_can_be_exchanged_and_left_out(world: World) -> None:
    """None is an option too."""
    guard, throttle = Guard("memory://", limit=1), Throttle("free")
    zoom = world.zoom(lambda _: httpx.Response(201, json={"id": 1}), guard=guard, throttle=throttle)
    await world.of(zoom.meetings.create("KDcuGIm1QgePTO8WbOqwIQ", topic="a"))
    with pytest.raises(errors.QuotaExceeded):
        await world.of(zoom.with_options(throttle=None).meetings.create("KDcuGIm1QgePTO8WbOqwIQ", topic="b"))
    await world.of(zoom.with_options(guard=None).meetings.create("KDcuGIm1QgePTO8WbOqwIQ", topic="c"))
    assert zoom.with_options(guard=None).guard is None
    assert zoom.with_options(timeout=1).guard is guard
    assert zoom.with_options(throttle=None)._delivery.throttle is None
    assert zoom.with_options(timeout=1)._delivery.throttle is throttle


async def test_options_and_sub_accounts_combine_in_either_order(world: World) -> None:
    """A sibling of a sibling keeps what it was made with."""
    zoom = world.zoom(echo)
    for each in (
        zoom.for_account("a b").with_options(headers={"x-trace": "1"}),
        zoom.with_options(headers={"x-trace": "1"}).for_account("a b"),
    ):
        await world.of(each.meetings.list("me").first())
    assert [(each.url.raw_path.partition(b"?")[0], each.headers["x-trace"]) for each in world.seen] == [
        (b"/v2/accounts/a%20b/users/me/meetings", "1")
    ] * 2


async def test_closing_a_sibling_closes_nothing(world: World) -> None:
    """The connections are those of the client that it was made of, as are tokens and drift."""
    zoom = world.zoom(echo)
    other = zoom.with_options(timeout=1)
    await world.close(other)
    await world.of(zoom.call("GET", "/users/me"))
    assert other.connection is zoom.connection
    assert other._drift is zoom._drift
    await world.close(zoom)
    with pytest.raises(RuntimeError, match="closed"):
        await world.of(other.call("GET", "/users/me"))


@pytest.mark.parametrize("kind", [Zoom, AsyncZoom])
def test_misspelt_option_is_refused(kind: type[Any]) -> None:
    """It would have been ignored."""
    with pytest.raises(TypeError, match="timout"):
        kind("t").with_options(timout=1)


async def test_headers_of_the_caller_do_not_follow_to_another_host(world: World) -> None:
    """They may be secrets, as the token is."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == "api.zoom.us":
            return httpx.Response(302, headers={"location": "https://elsewhere.example/file"})
        return httpx.Response(200, content=b"file", headers={"content-type": "text/plain"})

    zoom = world.zoom(answer).with_options(headers={"x-secret": "s"})
    assert await world.of(zoom.call("GET", "/file")) == "file"
    assert ["x-secret" in each.headers for each in world.seen] == [True, False]


async def test_call_uploads_a_file(world: World) -> None:
    """Fields and files become parts of one body, also when the request is sent again."""
    answers = iter([httpx.Response(429, headers={"retry-after": "0"}), httpx.Response(200, json={"id": "x"})])
    bodies: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        bodies.append(request.content)
        return next(answers)

    kind = httpx.MockTransport(answer)
    zoom = world.kind("t", transport=kind, guard=None, retry=Retry(first_wait=0.0))
    result = await world.of(
        zoom.call("POST", "/im/files", files={"file": File(b"content", "a.txt", "text/plain")}, data={"to": "me"})
    )
    assert result == {"id": "x"}
    assert len(bodies) == 2
    for body in bodies:
        assert b'name="to"\r\n\r\nme\r\n' in body
        assert b'name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\ncontent\r\n' in body
    with pytest.raises(ValueError, match="one body"):
        await world.of(zoom.call("POST", "/x", json={}, files={"file": b""}))


async def test_raw_call_gives_the_whole_answer(world: World) -> None:
    """The tracking id is what Zoom's support asks for; what Zoom refuses is raised all the same."""
    answer = await world.of(world.zoom(echo).call_raw("GET", "/users/me"))
    assert (answer.status, answer.headers["x-zm-trackingid"], answer.content) == (200, "v=2.0;x", b'{"id":"x"}')
    with pytest.raises(errors.NotFound):
        await world.of(world.zoom(lambda _: httpx.Response(404)).call_raw("GET", "/users/me"))


@pytest.mark.parametrize("kind", [Zoom, AsyncZoom])
def test_environment_takes_any_option(kind: type[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has the app in the environment has options all the same; one that is misspelt is refused."""
    monkeypatch.setenv("ZOOM_ACCESS_TOKEN", "tok")
    assert kind.from_env(retry=Retry(attempts=1), base_url="http://127.0.0.1:1/v2").retry.attempts == 1
    with pytest.raises(TypeError, match="timout"):
        kind.from_env(timout=1)


async def test_each_call_is_one_line_in_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Operation, status, seconds, attempt and tracking id: no query, no token, no body."""
    zoom = world.zoom(echo)
    with caplog.at_level(logging.INFO, "zoom_api_client"):
        await world.of(zoom.meetings.get(1, occurrence_id="SECRET"))
        with pytest.raises(errors.ConnectionFailed):
            await world.of(world.zoom(unreachable, retry=Retry(attempts=1)).call("GET", "/users/me?code=SECRET"))
    first, second = [each.getMessage() for each in caplog.records if each.name == "zoom_api_client"]
    assert first.startswith("meetings.get_meeting: 200 in 0.")
    assert first.endswith("s, attempt 1, tracking id v=2.0;x")
    assert second.startswith("GET /users/me: ConnectionFailed in 0.")
    assert "SECRET" not in first + second
    assert "a token" not in first + second


def unreachable(request: httpx.Request) -> httpx.Response:
    """Fail as where nobody listens."""
    raise httpx.ConnectError("no")


@pytest.mark.parametrize(("level", "lines"), [("", 0), ("info", 1), ("DEBUG", 2)])
def test_environment_shows_the_log(level: str, lines: int) -> None:
    """ZOOM_LOG is for a look, without a line of code."""
    script = """if True:
        import httpx
        from zoom_api_client import Retry, Zoom
        replies = iter([httpx.Response(503), httpx.Response(200, json={})])
        transport = httpx.MockTransport(lambda request: next(replies))
        for _ in range(2):
            zoom = Zoom("SECRET", transport=transport, retry=Retry(first_wait=0.0))
        zoom.call("GET", "/users/me")
    """
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={"ZOOM_LOG": level})
    assert len(done.stderr.splitlines()) == lines
    assert "SECRET" not in done.stderr


def test_environment_names_another_level() -> None:
    """The error says what to give."""
    command = [sys.executable, "-c", "from zoom_api_client import Zoom; Zoom('t')"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"ZOOM_LOG": "all"})
    assert "give info, debug or nothing" in done.stderr


@pytest.mark.parametrize(
    ("name", "given", "wanted"),
    [
        ("guard", "redis://user:secret@host", r"a Guard, Guard\(\"sqlite://\"\) for example, or None, not str"),
        ("throttle", "business", r"a Throttle, Throttle\(\"business\"\) for example, or None, not str"),
        ("retry", None, r"a Retry, Retry\(attempts=1\) for one that never repeats, not NoneType"),
        ("headers", "a: b", "a dict, not str"),
        ("query", [("a", "b")], "a dict, not list"),
    ],
)
def test_option_of_another_kind_is_refused_when_it_is_given(world: World, name: str, given: Any, wanted: str) -> None:
    """It would fail in the midst of the first call, in words of its own; and a URL may hold a password."""
    zoom = world.zoom(echo)
    with pytest.raises(TypeError, match=f"^{name} must be {wanted}$"):
        zoom.with_options(**{name: given})
    if name in ("guard", "throttle", "retry"):
        with pytest.raises(TypeError, match=f"^{name} must be {wanted}$"):
            world.zoom(echo, **{name: given})


def test_bounds_of_another_kind_are_refused(world: World) -> None:
    """A number alone does not say what it bounds."""
    with pytest.raises(TypeError, match="bounds must be Bounds"):
        world.zoom(echo, bounds=100)


def test_misspelt_option_says_what_was_meant(world: World) -> None:
    """Those of the client as well as those that are passed on; connections have options too."""
    with pytest.raises(TypeError, match=rf"{world.kind.__name__} takes no option 'timout'; did you mean 'timeout'"):
        world.zoom(echo, timout=3)
    with pytest.raises(TypeError, match=r"takes no option 'trust_envv'; did you mean 'trust_env'\?$"):
        world.zoom(echo, trust_envv=False)
    with pytest.raises(TypeError, match=r"UserOAuth takes no option 'instalation'; did you mean 'installation'\?$"):
        UserOAuth("id", "secret", instalation="x")  # type: ignore[call-arg]
