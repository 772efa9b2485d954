"""What fails for a moment is sent again, by both worlds alike."""

import logging
import re
import time
from collections.abc import Iterator
from typing import Any

import anyio
import httpx
import pytest

from zoom_api_client import AsyncZoom, Zoom, errors
from zoom_api_client.transport.retry import Retry

POLICY = Retry(vary=lambda: 0.5)
FINE = httpx.Response(200, json={"id": "me"})
TOO_MANY = httpx.Response(429, json={"code": 429, "message": "You have reached the maximum per-second rate limit."})


class Answers(httpx.MockTransport):
    """Answers one after the other; an exception is raised."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.left: Iterator[httpx.Response | Exception] = iter(answers)
        self.bodies: list[bytes] = []
        super().__init__(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.bodies.append(request.read())
        answer = next(self.left)
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, content=answer.content, headers={"content-type": "application/json"})


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the seconds that the client sleeps, without sleeping."""
    seconds: list[float] = []

    async def asleep(duration: float) -> None:
        seconds.append(duration)

    monkeypatch.setattr(anyio, "sleep", asleep)
    monkeypatch.setattr(time, "sleep", seconds.append)
    return seconds


async def call(world: str, transport: Answers, method: str = "GET", **more: Any) -> object:
    """Call Zoom in one of the two worlds."""
    if world == "blocking":
        with Zoom("a token", transport=transport, retry=POLICY) as zoom:
            return zoom.call(method, "/users/me", **more)
    async with AsyncZoom("a token", transport=transport, retry=POLICY) as async_zoom:
        return await async_zoom.call(method, "/users/me", **more)


both = pytest.mark.parametrize("world", ["blocking", "asynchronous"])


@both
async def test_a_read_outlives_a_moment_of_trouble(world: str, slept: list[float]) -> None:
    """A refused connection, a failure of Zoom's and a rate limit are no reason to fail."""
    transport = Answers(httpx.ConnectError("refused"), httpx.Response(503), TOO_MANY, FINE)
    assert await call(world, transport) == {"id": "me"}
    assert slept == [1.0, 2.0, 4.0]


@both
async def test_the_last_error_is_the_callers(world: str, slept: list[float]) -> None:
    """What does not pass is raised, with its cause."""
    with pytest.raises(errors.ServerError):
        await call(world, Answers(*[httpx.Response(502)] * 4))
    with pytest.raises(errors.ConnectionFailed) as caught:
        await call(world, Answers(*[httpx.ConnectError("refused")] * 4))
    assert isinstance(caught.value.__cause__, httpx.ConnectError)
    assert len(slept) == 6


@both
async def test_a_write_that_may_have_arrived_is_not_repeated(world: str, slept: list[float]) -> None:
    """An answer that is lost may be that of a meeting that was made."""
    for trouble in (httpx.ReadTimeout("slow"), httpx.RemoteProtocolError("gone"), httpx.Response(502)):
        with pytest.raises(errors.ZoomError):
            await call(world, Answers(trouble, FINE), "POST", json={"topic": "x"})
    assert slept == []


@both
async def test_a_write_that_never_left_is_repeated_whole(world: str, slept: list[float]) -> None:
    """What certainly was not processed is sent again, with its body."""
    transport = Answers(httpx.ConnectTimeout("slow"), TOO_MANY, FINE)
    assert await call(world, transport, "POST", json={"topic": "x"}) == {"id": "me"}
    assert transport.bodies == [b'{"topic":"x"}'] * 3
    assert slept == [1.0, 2.0]


@both
async def test_each_attempt_is_logged_without_what_was_said(
    world: str, slept: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    """Who wonders why a call takes long finds it in the log; the token is not there."""
    with caplog.at_level(logging.DEBUG, "zoom_api_client"):
        await call(world, Answers(TOO_MANY, FINE))
    lines = [each.getMessage() for each in caplog.records if each.name == "zoom_api_client"]
    assert lines[0] == "GET /users/me: attempt 1 failed (RateLimited); again in 1.0 s"
    assert re.fullmatch(r"GET /users/me: 200 in \d\.\d{3} s, attempt 2, tracking id none", lines[1])
    assert len(lines) == 2
    assert "a token" not in caplog.text
