"""`AsyncZoom` runs on asyncio and on trio: whatever waits in it, waits in both."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import pytest
from anyio.lowlevel import checkpoint

from tests.client.loopback import Loopback, Reply, Sent
from tests.connection.authorization_server import ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, AuthorizationServer
from tests.throttle.clocks import FakeClock
from zoom_api_client import AsyncZoom, Retry, Throttle, errors
from zoom_api_client._async.primitives import gather, perform, run
from zoom_api_client.connection import ServerToServer
from zoom_api_client.quota import Guard

AT_ONCE = Retry(first_wait=0.0)
HOST = {"id": "KDcuGIm1QgePTO8WbOqwIQ", "type": 2}

Run = Callable[[Callable[[], Awaitable[Any]]], Any]


@pytest.fixture(params=["asyncio", "trio"])
def loop(request: pytest.FixtureRequest) -> Run:
    """Runs a function in an event loop of each kind."""
    return partial(anyio.run, backend=request.param)


def test_call_is_sent_again_after_a_wait(loop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The client sleeps in the event loop that it runs in."""
    replies, clock = iter([Reply(503), Reply(503), Reply(body=b'{"id": "x"}')]), FakeClock().install(monkeypatch)

    async def call() -> Any:
        async with AsyncZoom("t", base_url=served.base_url, guard=None) as zoom:
            return await zoom.call("GET", "/users/me")

    with Loopback(lambda _: next(replies)) as served:
        assert loop(call) == {"id": "x"}
    assert len(clock.slept) == 2


def test_more_requests_than_connections_are_under_way(loop: Run) -> None:
    """The places are given back, whichever event loop waits for them."""

    async def calls() -> None:
        async with AsyncZoom("t", base_url=served.base_url, guard=None) as zoom, anyio.create_task_group() as group:
            for _ in range(90):
                group.start_soon(zoom.call, "GET", "/users/me")

    with Loopback(lambda _: Reply(body=b"{}")) as served:
        loop(calls)
        assert len(served.seen) == 90


def test_token_is_renewed_once_for_all_tasks(loop: Run) -> None:
    """Tasks of either kind wait for the thread that renews, and a token that died is renewed too."""

    async def calls() -> None:
        connection = ServerToServer(
            ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, oauth_url=server.origin, base_url=server.base_url
        )
        async with AsyncZoom(connection, guard=None) as zoom:
            for _ in range(2):
                async with anyio.create_task_group() as group:
                    for _ in range(20):
                        group.start_soon(zoom.call, "GET", "/users/me")
                server.kill_tokens()

    with AuthorizationServer() as server:
        loop(calls)
        assert server.count["account_credentials"] == 2


def test_meetings_are_counted_by_the_guard(loop: Run, tmp_path: Path) -> None:
    """The guard's file is asked in a thread, and who `me` is at Zoom, once."""

    async def create() -> None:
        guard = Guard(f"sqlite://{tmp_path}/quota.db", limit=3)
        async with AsyncZoom("t", base_url=served.base_url, guard=guard) as zoom:
            async with anyio.create_task_group() as group:
                for _ in range(3):
                    group.start_soon(partial(zoom.meetings.create, "me", topic="Standup"))
            with pytest.raises(errors.QuotaExceeded):
                await zoom.meetings.create("me", topic="Standup")
        guard.close()

    def answer(sent: Sent) -> Reply:
        return Reply(201, body=b'{"id": 1}') if sent.method == "POST" else Reply(body=json.dumps(HOST).encode())

    with Loopback(answer) as served:
        loop(create)
        assert sorted(each.method for each in served.seen) == ["GET", "POST", "POST", "POST"]


def test_guard_gives_back_what_was_never_sent(loop: Run, tmp_path: Path) -> None:
    """A request that found no server does not count."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{free.getsockname()[1]}/v2"
    guard = Guard(f"sqlite://{tmp_path}/quota.db")

    async def create() -> None:
        async with AsyncZoom("t", base_url=nowhere, guard=guard, retry=AT_ONCE) as zoom:
            with pytest.raises(errors.ConnectionFailed):
                await zoom.meetings.create(str(HOST["id"]), topic="Standup")

    loop(create)
    assert guard.status(str(HOST["id"])).used == 0
    guard.close()


def test_cancelled_attempt_is_given_back(loop: Run, tmp_path: Path) -> None:
    """A task that is cancelled while it is counted sends nothing, in either kind of loop."""
    guard = Guard(f"sqlite://{tmp_path}/quota.db")

    async def cancel() -> None:
        with anyio.CancelScope() as scope:
            scope.cancel()
            await perform(guard.acquire_steps("user"))
        assert scope.cancelled_caught
        for _ in range(500):
            if await run(lambda: guard.status("user").used) == 0:
                break

    loop(cancel)
    assert guard.acquire("user").used == 1
    guard.close()


def test_throttle_spreads_requests(loop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fifth request of a free account waits for the next second."""
    clock = FakeClock().install(monkeypatch)

    async def calls() -> None:
        throttle = Throttle("free", clock=clock)
        async with AsyncZoom("t", base_url=served.base_url, guard=None, throttle=throttle) as zoom:
            for _ in range(5):
                await zoom.call("GET", "/users/me")

    began = clock.moment
    with Loopback(lambda _: Reply(body=b"{}")) as served:
        loop(calls)
    assert clock.moment - began == pytest.approx(1.08)


def test_list_is_read_page_by_page(loop: Run) -> None:
    """Asynchronous generators are closed by either kind of loop."""

    def answer(sent: Sent) -> Reply:
        token = "" if "next_page_token=two" in sent.path else "two"
        return Reply(body=json.dumps({"next_page_token": token, "meetings": [{"id": 1}, {"id": 2}]}).encode())

    async def read() -> list[Any]:
        async with AsyncZoom("t", base_url=served.base_url, guard=None) as zoom:
            return [each.id async for each in zoom.meetings.list("me")]

    with Loopback(answer) as served:
        assert loop(read) == [1, 2, 1, 2]


def test_recording_is_downloaded(loop: Run, tmp_path: Path) -> None:
    """The file is written, and finished in a thread."""
    content = b"\x00\x00\x00\x18ftypmp42" + bytes(300_000)

    async def download() -> None:
        async with AsyncZoom("t", base_url=served.base_url, guard=None) as zoom:
            await zoom.recordings.download(f"{served.origin}/rec/download/x", to=tmp_path / "x.mp4")

    with Loopback(lambda _: Reply(headers={"content-type": "video/mp4"}, body=content)) as served:
        loop(download)
    assert (tmp_path / "x.mp4").read_bytes() == content


def test_works_at_once_are_in_order(loop: Run) -> None:
    """However long each takes."""

    async def work(number: int) -> int:
        for _ in range(5 - number):
            await checkpoint()
        return number

    async def all_works() -> list[int]:
        return await gather([partial(work, number) for number in range(5)], 2, lambda: None)

    assert loop(all_works) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("transport", [None, "aiohttp"])
def test_client_serves_loop_after_loop(transport: Any) -> None:
    """A program may run `asyncio.run` again and again: connections of a loop that has ended are not used."""

    async def calls() -> None:
        async with anyio.create_task_group() as group:
            for _ in range(40):
                group.start_soon(zoom.call, "GET", "/users/me")
        client, _ = await zoom._connections.here()
        await client.aclose()  # the sockets; the client is not told

    with Loopback(lambda _: Reply(body=b"{}")) as served:
        zoom = AsyncZoom("t", base_url=served.base_url, guard=None, transport=transport)
        for _ in range(3):
            anyio.run(calls)
        assert len(served.seen) == 120


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_client_serves_a_forked_process() -> None:
    """Parent and child would read each other's answers from one connection."""
    script = """if True:
        import os, sys
        from zoom_api_client import Zoom
        ports = []
        def note(response):
            ports.append(response.extensions["network_stream"].get_extra_info("client_addr")[1])
        zoom = Zoom("t", base_url=sys.argv[1], guard=None, event_hooks={"response": [note]})
        zoom.call("GET", "/before")
        child = os.fork()
        zoom.call("GET", "/after")
        assert (ports[0] == ports[1]) == bool(child), ports
        assert not child or os.waitpid(child, 0)[1] == 0
    """
    with Loopback(lambda _: Reply(body=b"{}")) as served:
        subprocess.run([sys.executable, "-c", script, served.base_url], check=True)
        assert len(served.seen) == 3


def test_aiohttp_says_that_it_needs_asyncio() -> None:
    """Its own error on trio says nothing of what to do."""

    async def call() -> None:
        zoom = AsyncZoom("t", base_url="http://127.0.0.1:1/v2", guard=None, transport="aiohttp")
        with pytest.raises(RuntimeError, match="leave it out on trio"):
            await zoom.call("GET", "/users/me")

    anyio.run(call, backend="trio")
