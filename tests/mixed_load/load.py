"""What a web application does all day, at once: a hundred tenants, both worlds, webhooks and a WebSocket."""

from __future__ import annotations

import asyncio
import json
import os
import random
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import attrs
from websockets.asyncio.server import ServerConnection, serve

from tests.client.slow_server import SlowServer
from tests.redis_servers import MortalRedis
from tests.triggers.inbox.sender import event, key
from zoom_api_client import AsyncZoom, Retry, Throttle, Zoom, errors
from zoom_api_client.connection import BareToken, Store, Token, UserOAuth
from zoom_api_client.connection.stores.base import open_store
from zoom_api_client.core import executor
from zoom_api_client.core.event import Event
from zoom_api_client.quota import Guard
from zoom_api_client.testing.events import SECRET_TOKEN, sign
from zoom_api_client.triggers import Receiver
from zoom_api_client.triggers.inbox import Counts, HandlerRetry

_TENANTS: Final = 100
_MOST_EVENTS: Final = 200_000  # by each of the two ways
_PAUSE: Final = 0.02
_BLOCKING: Final = 3
_HANDLERS: Final = 32
POOLS: Final = {"zoom-api-client": executor._THREADS, "zoom-api-client handler": _HANDLERS, "asyncio": 32}
"""The pools of threads by the name of their threads, each with its size: a pool grows as it is used, up to that."""
_PASSING: Final = (errors.ConnectionFailed, errors.DownloadError)  # of a Redis that is away


@attrs.frozen
class Footprint:
    """What the process holds: memory in MB, open files, threads that are in no pool, and those of each pool."""

    memory: float
    files: int
    threads: int
    pools: Counter[str]

    @classmethod
    def now(cls) -> Footprint:
        """Measure."""
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        files = sum(1 for _ in Path("/proc/self/fd").iterdir())
        names = Counter(each.name.partition("_")[0] for each in threading.enumerate())
        pools = Counter({name: names.pop(name, 0) for name in POOLS})
        return cls(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, files, names.total(), pools)


class Load:
    """Uses a client of each world and a receiver in every way, and keeps count.

    Attributes:
        done: what succeeded, by kind.
        failed: what met a Redis that was away, by kind.
        footprints: of the process, from the beginning to the end.
    """

    def __init__(self, redis: MortalRedis, served: SlowServer) -> None:
        self.redis, self.served = redis, served
        self.done, self.failed, self.footprints = Counter[str](), Counter[str](), list[Footprint]()
        self._sent, self._handled = bytearray(2 * _MOST_EVENTS), bytearray(2 * _MOST_EVENTS)
        self._by_websocket = count(_MOST_EVENTS)
        self._is_over, self._chance = threading.Event(), random.Random(7)
        self._store: Store = open_store(redis.url)
        for number in range(_TENANTS):
            self._consent(number)

    @property
    def lost(self) -> list[int]:
        """The events that were taken, and not handled."""
        return [number for number, sent in enumerate(self._sent) if sent and not self._handled[number]]

    async def run(self, seconds: float) -> None:
        """Do all of it for so long, with a Redis that is killed twice, and then ask the client whether it lives."""
        options: dict[str, Any] = {
            "base_url": self.served.base_url,
            "retry": Retry(attempts=2, first_wait=0.1),
            "guard": Guard(self.redis.url, limit=10**6),
            "throttle": Throttle("business", store=self.redis.url),
            "timeout": 5.0,
        }
        self._fill_pool()
        async with AsyncExitStack() as stack:
            zoom = await stack.enter_async_context(AsyncZoom("a token", **options))
            blocking = stack.enter_context(Zoom("a token", **options))
            retry = HandlerRetry(first_wait=0.1)
            receiver = Receiver(secret_token=SECRET_TOKEN, inbox=self.redis.url, retry=retry, concurrency=_HANDLERS)
            stack.callback(receiver.close)
            receiver.on("meeting.started")(self._handle)
            server = await stack.enter_async_context(serve(self._send_events, "127.0.0.1", 0))
            address = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}/ws?subscriptionId=sub1"
            listening = asyncio.create_task(receiver.listen(address, BareToken("a token")))
            await asyncio.gather(
                *(self._repeat(kind, zoom, work) for kind, work in _KINDS.items() for _ in range(2)),
                *(asyncio.to_thread(self._call_blocking, blocking) for _ in range(_BLOCKING)),
                self._post_events(receiver),
                self._measure(seconds / 60),
                self._kill(seconds),
            )
            async with asyncio.timeout(60):
                await asyncio.gather(*(_call(zoom.for_connection(self._tenant(each))) for each in range(_TENANTS)))
                await self._settle(receiver)
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening

    def _tenant(self, number: int) -> UserOAuth:
        return UserOAuth(
            "client", "secret", store=self._store, installation=str(number), oauth_url="http://127.0.0.1:9"
        )

    def _consent(self, number: int) -> None:
        tenant = self._tenant(number)
        token = Token("a token", datetime.now(UTC) + timedelta(hours=10), "a refresh token")
        with self._store.lock(tenant._key):
            self._store.save(tenant._key, token.to_json())

    def _fill_pool(self) -> None:
        """Let each thread of the pool of stores have asked Redis once, all at the same time."""
        everybody = threading.Barrier(executor._THREADS)

        def ask() -> None:
            everybody.wait(10)
            self._store.load("nobody")

        for each in [executor.submit(ask) for _ in range(executor._THREADS)]:
            executor.result(each)

    async def _repeat(self, kind: str, zoom: AsyncZoom, work: Callable[[AsyncZoom], Coroutine[Any, Any, Any]]) -> None:
        while not self._is_over.is_set():
            tenant = self._tenant(self._chance.randrange(_TENANTS))
            with self._counted(kind):
                await work(zoom.for_connection(tenant))
            await asyncio.sleep(_PAUSE)

    def _call_blocking(self, zoom: Zoom) -> None:
        while not self._is_over.wait(_PAUSE):
            with self._counted("blocking call"):
                zoom.for_connection(self._tenant(self._chance.randrange(_TENANTS))).call("GET", "/users/me")

    def _counted(self, kind: str) -> Any:
        return _Counted(self, kind)

    async def _post_events(self, receiver: Receiver) -> None:
        for number in range(_MOST_EVENTS):
            body = event(number)
            while (await receiver.answer(sign(body, request_id=key(number)), body)).status != 200:
                self.failed["webhook"] += 1
                await asyncio.sleep(0.1)
            self._sent[number] = 1
            self.done["webhook"] += 1
            if self._is_over.is_set():
                return
            await asyncio.sleep(_PAUSE)

    async def _send_events(self, socket: ServerConnection) -> None:
        sending = asyncio.create_task(self._send_each(socket))
        async for _ in socket:
            pass
        await sending

    async def _send_each(self, socket: ServerConnection) -> None:
        await socket.send(json.dumps({"module": "build_connection", "success": True, "content": "connected"}))
        while not self._is_over.is_set():
            number = next(self._by_websocket)
            await socket.send(json.dumps({"module": "message", "content": event(number).decode()}))
            self._sent[number] = 1
            self.done["event by WebSocket"] += 1
            await asyncio.sleep(_PAUSE)

    def _handle(self, event: Event) -> None:
        self._handled[int(event.to_dict()["payload"]["object"]["id"])] = 1

    async def _kill(self, seconds: float) -> None:
        for _ in range(2):
            await asyncio.sleep(seconds / 3)
            await asyncio.to_thread(self.redis.kill)
            await asyncio.sleep(0.5)
            await asyncio.to_thread(self.redis.start)
        await asyncio.sleep(seconds / 3)
        self._is_over.set()

    async def _measure(self, seconds: float) -> None:
        while not self._is_over.is_set():
            self.footprints.append(Footprint.now())
            await asyncio.sleep(seconds)

    async def _settle(self, receiver: Receiver) -> None:
        while await asyncio.to_thread(receiver.inbox.counts) != Counts(0, 0, 0):  # noqa: ASYNC110 - another thread counts
            await asyncio.sleep(0.1)


@attrs.frozen
class _Counted:
    """Counts what is done inside as done, or as failed for a Redis that is away."""

    load: Load
    kind: str

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        if kind is None:
            self.load.done[self.kind] += 1
            return False
        if issubclass(kind, _PASSING):
            self.load.failed[self.kind] += 1
            return True
        return False


async def _call(zoom: AsyncZoom) -> None:
    await zoom.call("GET", "/users/me")


async def _list(zoom: AsyncZoom) -> None:
    async for _ in zoom.pages("GET", "/users", items="users"):
        pass


async def _create(zoom: AsyncZoom) -> None:
    await zoom.call("POST", "/users/u1/meetings", json={})


async def _download(zoom: AsyncZoom) -> None:
    with TemporaryDirectory() as place:
        await zoom.recordings.download(f"{zoom.base_url}/rec/film", to=Path(place, "film.mp4"))


def _cut(work: Callable[[AsyncZoom], Awaitable[None]]) -> Callable[[AsyncZoom], Coroutine[Any, Any, None]]:
    async def begin_and_cancel(zoom: AsyncZoom) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(random.uniform(0, 0.03)):
                await work(zoom)

    return begin_and_cancel


_KINDS: Final = {
    "call": _call,
    "list": _list,
    "create": _create,
    "download": _download,
    "cancelled call": _cut(_call),
    "cancelled list": _cut(_list),
    "cancelled download": _cut(_download),
}
