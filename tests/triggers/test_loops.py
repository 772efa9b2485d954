"""One asynchronous client in an application and in the handlers of its receiver: one event loop for both."""

import asyncio
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from tests.triggers.apps import STARTED, Connection, Served, invocation
from tests.waiting import wait_until
from zoom_api_client.testing.events import SECRET_TOKEN, zoom_event
from zoom_api_client.testing.sender import EventSender
from zoom_api_client.triggers import Receiver


@pytest.mark.parametrize("mounted", [False, True], ids=["alone", "in Starlette"])
def test_handlers_run_on_the_applications_loop(receiver: Receiver, mounted: bool) -> None:
    """What is bound to a loop, as connections are, serves both; blocking handlers run in threads all the same."""
    loops, threads = list[Any](), list[Any]()

    @receiver.on()
    async def handle(event: object) -> None:
        loops.append(asyncio.get_running_loop())

    receiver.on()(lambda event: threads.append(threading.current_thread()))
    app: Any = receiver.asgi()

    async def noting(scope: Any, receive: Any, send: Any) -> None:
        loops.append(asyncio.get_running_loop())
        await app(scope, receive, send)

    with Served(Starlette(routes=[Mount("/", app=noting)]) if mounted else noting) as served:
        with EventSender(served.url) as zoom:
            assert zoom.send(STARTED) == [200]
            assert zoom.send(zoom_event("meeting.ended")) == [200]
        wait_until(lambda: len(threads) == 2 and len(loops) >= 4)
    assert len(set(loops)) == 1
    assert served.thread not in threads


def test_an_app_that_is_served_by_loop_after_loop_handles_events(receiver: Receiver) -> None:
    """Test clients have a loop for each request."""
    handled: list[object] = []
    receiver.on()(handled.append)
    app: Any = receiver.asgi()

    async def once(number: int) -> int | None:
        event = zoom_event("meeting.started", seed=number)
        connection = Connection(event.body, headers=event.headers)
        connection.incoming[-1]["more_body"] = False
        await app(connection.scope, connection.receive, connection.send)
        async with asyncio.timeout(10):
            while len(handled) <= number:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        return connection.status

    assert [asyncio.run(once(number)) for number in range(4)] == [200] * 4


async def test_handlers_that_are_cut_off_by_the_end_of_a_loop_have_not_failed(receiver: Receiver) -> None:
    """Their events are given back, and the next loop begins with them."""
    begun: list[object] = []

    @receiver.on()
    async def slow(event: object) -> None:
        begun.append(event)
        await asyncio.sleep(30)

    async def application() -> None:
        receiver.start_here()
        await receiver.answer(STARTED.headers, STARTED.body)
        async with asyncio.timeout(10):
            while not begun:  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    await asyncio.to_thread(asyncio.run, application())
    (task,) = receiver.inbox.claim(1, lease=1)
    assert task.attempt == 1


def test_start_gives_handlers_a_loop_of_their_own(receiver: Receiver) -> None:
    """Then an `async` handler that blocks keeps nobody waiting but the others."""
    release = threading.Event()

    @receiver.on()
    async def block(event: object) -> None:
        release.wait(10)

    receiver.start()
    with Served(receiver.asgi()) as served, EventSender(served.url) as zoom:
        began = time.monotonic()
        for seed in range(3):
            assert zoom.send(zoom_event("meeting.started", seed=seed)) == [200]
        assert time.monotonic() - began < 5
        release.set()


def test_invocations_of_a_warm_function_share_a_loop() -> None:
    """A client that was made by the first serves all of them."""
    receiver, loops = Receiver(secret_token=SECRET_TOKEN), set[Any]()

    @receiver.on()
    async def handle(event: object) -> None:
        loops.add(asyncio.get_running_loop())

    for seed in range(4):
        event = zoom_event("meeting.started", seed=seed)
        assert receiver.aws_lambda(invocation(2, event, encoded=True))["statusCode"] == 200
    assert len(loops) == 1
    assert not next(iter(loops)).is_closed()
    receiver.close()


async def test_a_function_can_be_called_within_a_loop(receiver: Receiver) -> None:
    """Tests of functions do so."""
    receiver.on()(lambda event: None)
    assert receiver.aws_lambda(invocation(2, STARTED, encoded=True))["statusCode"] == 200


def test_a_function_needs_no_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No inbox is opened at import, nor for handlers that run before the answer; who stores is told 503."""
    unwritable = tmp_path / "file"
    unwritable.write_text("no directory")
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_, **__: unwritable)
    receiver, handled = Receiver(secret_token=SECRET_TOKEN), list[object]()
    receiver.on()(handled.append)
    assert receiver.aws_lambda(invocation(1, STARTED, encoded=False))["statusCode"] == 200
    assert len(handled) == 1
    assert receiver.handle(STARTED.headers, STARTED.body).status == 503
    receiver.close()


@pytest.mark.parametrize("ends", ["exits in a task", "stops the loop"])
def test_a_function_outlives_a_handler_that_stops_its_loop(receiver: Receiver, ends: str) -> None:
    """It is the loop of all invocations: without it each of them would wait until AWS ends it."""

    async def leave() -> None:
        sys.exit(1)

    @receiver.on("meeting.started")
    async def handle(event: object) -> None:
        if ends == "stops the loop":
            asyncio.get_running_loop().stop()
            await asyncio.sleep(0)
            raise ValueError
        async with asyncio.TaskGroup() as group:
            group.create_task(leave())

    event = zoom_event("meeting.ended")
    given = [invocation(2, each, encoded=True) for each in (STARTED, event)]
    answers = list[Any]()
    thread = threading.Thread(target=lambda: answers.extend(map(receiver.aws_lambda, given)), daemon=True)
    thread.start()
    thread.join(10)
    assert [each["statusCode"] for each in answers] == [500, 200]


@pytest.mark.parametrize("inbox", ["memory://", "sqlite://{}/inbox.db"])
def test_a_function_with_a_store_tells_repeats_apart(inbox: str, tmp_path: Path) -> None:
    """One that succeeded is not handled twice, and one that failed is handled again with Zoom's repeat."""
    receiver, calls = Receiver(secret_token=SECRET_TOKEN, inbox=inbox.format(tmp_path)), list[object]()
    failures = [SystemExit(1), ValueError()]

    @receiver.on()
    def handle(event: object) -> None:
        calls.append(event)
        if failures:
            raise failures.pop()

    call: Callable[[], int] = lambda: receiver.aws_lambda(invocation(2, STARTED, encoded=True))["statusCode"]  # noqa: E731
    assert [call() for _ in range(5)] == [500, 500, 200, 200, 200]
    assert len(calls) == 3
    receiver.close()
