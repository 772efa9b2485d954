"""A client has connections of its own in each process and each event loop, and leaves what is not its own alone."""

import asyncio
import json
import os
import ssl
import subprocess
import sys
import threading
from functools import partial
from typing import Any

import httpx
import pytest

from tests.client.loopback import Loopback, Reply, Sent
from zoom_api_client import AsyncZoom, Zoom
from zoom_api_client.transport import client_options, primitives

CHILDREN = """if True:
    import asyncio, os, sys
    from zoom_api_client import AsyncZoom, Zoom
    world, base_url = sys.argv[1:]

    async def first(zoom):
        await zoom.call("GET", "/users/parent")

    async def calls(zoom, name):
        return [(await zoom.call("GET", f"/users/{name}"))["path"] for _ in range(40)]

    if world == "blocking":
        zoom = Zoom("t", base_url=base_url, guard=None)
        zoom.call("GET", "/users/parent")
        run = lambda name: [zoom.call("GET", f"/users/{name}")["path"] for _ in range(40)]
    else:
        zoom = AsyncZoom("t", base_url=base_url, guard=None, transport=None if world == "awaited" else "aiohttp")
        loop = asyncio.new_event_loop()
        loop.run_until_complete(first(zoom))
        run = lambda name: asyncio.run(calls(zoom, name))
    children = []
    for number in range(4):
        child = os.fork()
        if not child:
            answers = run(f"child-{number}")
            wrong = [each for each in answers if each != f"/v2/users/child-{number}"]
            os._exit(bool(wrong))
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    os._exit(0)
"""


def echo(sent: Sent) -> Reply:
    """Answer with the path."""
    return Reply(body=json.dumps({"path": sent.path}).encode())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.parametrize("world", ["blocking", "awaited", "aiohttp"])
def test_no_child_reads_the_answer_of_another(world: str) -> None:
    """`gunicorn --preload` makes the client, uses it, and forks: four children call at once."""
    with Loopback(echo) as served:
        done = subprocess.run(
            [sys.executable, "-c", CHILDREN, world, served.base_url], capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.parametrize("transport", [None, "aiohttp"])
def test_loops_that_take_turns_keep_their_connections(transport: Any) -> None:
    """Two event loops of one thread: each opens one connection for all its turns."""
    opened: list[int] = []
    with Loopback(echo) as served:
        zoom = AsyncZoom("t", base_url=served.base_url, guard=None, transport=transport)
        loops = [asyncio.new_event_loop() for _ in range(2)]

        async def here() -> None:
            await zoom.call("GET", "/users/me")
            opened.append(id((await zoom._connections.here())[0]))

        for _ in range(5):
            for loop in loops:
                loop.run_until_complete(here())
        assert len(set(opened)) == 2
        loops[0].run_until_complete(zoom.aclose())
        loops[1].run_until_complete(asyncio.sleep(0.01))
        assert zoom._connections._rooms == {}
        for loop in loops:
            loop.close()


def test_closing_reaches_the_loop_of_another_thread() -> None:
    """What another loop has open is closed there, while it runs."""
    with Loopback(echo) as served:
        zoom = AsyncZoom("t", base_url=served.base_url, guard=None)
        other = asyncio.new_event_loop()
        thread = threading.Thread(target=other.run_forever)
        thread.start()
        asyncio.run_coroutine_threadsafe(zoom.call("GET", "/users/me"), other).result(10)
        ((client, _),) = zoom._connections._rooms.values()

        async def both() -> None:
            await zoom.call("GET", "/users/me")
            await zoom.aclose()

        asyncio.run(both())
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0), other).result(10)
        assert client.is_closed
        other.call_soon_threadsafe(other.stop)
        thread.join()
        other.close()


def test_loops_that_ended_are_forgotten() -> None:
    """Each invocation of a function on Lambda has a loop of its own."""

    async def call() -> None:
        await zoom.call("GET", "/users/me")
        client, _ = await zoom._connections.here()
        await client.aclose()

    with Loopback(echo) as served:
        zoom = AsyncZoom("t", base_url=served.base_url, guard=None)
        for _ in range(5):
            asyncio.run(call())
        assert len(zoom._connections._rooms) == 1


def test_a_place_is_waited_for_by_the_locks_of_threading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gevent puts its own there: what waits otherwise stops the greenlet that would give the place back."""
    made: list[Any] = []
    monkeypatch.setattr(threading, "Lock", partial(_make_lock, made))
    with primitives.make_limiter(1):
        assert made


def _make_lock(made: list[Any], make: Any = threading.Lock) -> Any:
    made.append(make())
    return made[-1]


class Counting(httpx.MockTransport):
    """A transport that knows how often it was closed."""

    closed = 0

    def close(self) -> None:
        self.closed += 1

    async def aclose(self) -> None:
        self.closed += 1


async def test_what_the_caller_gives_is_not_closed() -> None:
    """Several clients may share a transport."""
    transport = Counting(lambda _: httpx.Response(200, json={}))
    with Zoom("t", transport=transport, mounts={"https://other.example": transport}) as zoom:
        zoom.call("GET", "/users/me")
    async with AsyncZoom("t", transport=transport) as awaited:
        await awaited.call("GET", "/users/me")
    assert transport.closed == 0


async def test_tls_is_read_once_and_never_on_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """A context takes 25 ms and 0.8 MB: a thousand clients have one."""
    threads: list[threading.Thread] = []
    create = httpx.create_ssl_context

    def noting(**options: Any) -> ssl.SSLContext:
        threads.append(threading.current_thread())
        return create(**options)

    monkeypatch.setattr(client_options, "create_ssl_context", noting)
    client_options._ssl_context.cache_clear()
    with Loopback(echo) as served:
        transports: list[Any] = [None, None, "aiohttp"]
        for transport in transports:
            async with AsyncZoom("t", base_url=served.base_url, guard=None, transport=transport) as zoom:
                await zoom.call("GET", "/users/me")
        with Zoom("t", base_url=served.base_url, guard=None) as blocking:
            blocking.connection.token()
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()


@pytest.mark.parametrize("name", ["headers", "params", "cookies", "auth", "follow_redirects", "time_out"])
def test_options_that_would_be_dropped_are_refused(name: str) -> None:
    """They were taken, and had no effect."""
    for kind in (Zoom, AsyncZoom):
        with pytest.raises(TypeError, match=f"takes no option '{name}'"):
            kind("t", **{name: {}})  # type: ignore[arg-type]
