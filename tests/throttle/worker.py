"""A process that sends as much as the throttle lets through: threads and tasks at once, one connection each.

`python -m tests.throttle.worker '{"port": …, "store": …}'` says "ready", and begins when it reads until when to send, a
moment of the machine's monotonic clock.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import random
import sys
import time
from threading import Thread
from typing import Any

import attrs

from tests.throttle.clocks import SkewedClock
from zoom_api_client._async.primitives import perform
from zoom_api_client.transport.throttle import Throttle
from zoom_api_client.transport.throttle.labels import subject

TARGETS = {"light": ("GET", "/users/me"), "medium": ("GET", "/users"), "heavy": ("GET", "/report/daily")}


@attrs.frozen(kw_only=True)
class Work:
    """What a process is to do."""

    port: int
    store: str
    plan: str = "pro"
    label: str = "light"
    share: float = 1.0
    threads: int = 4
    tasks: int = 8
    skew: float = 0.0
    drift: float = 1.0


def run(work: Work) -> None:
    """Send until the time is over."""
    subject(TARGETS[work.label])  # loads the table of operations
    throttle = Throttle(work.plan, share=work.share, store=work.store, clock=SkewedClock(work.skew, work.drift))
    print("ready", flush=True)
    until = float(sys.stdin.readline())
    threads = [Thread(target=_blocking, args=(throttle, work, until)) for _ in range(work.threads)]
    for thread in threads:
        thread.start()
    asyncio.run(_tasks(throttle, work, until))
    for thread in threads:
        thread.join()
    throttle.close()


def _blocking(throttle: Throttle, work: Work, until: float) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", work.port)
    while time.monotonic() < until:
        throttle.wait("account", TARGETS[work.label])
        connection.request("GET", "/")
        connection.getresponse().read()
        time.sleep(random.uniform(0, 0.01))


async def _tasks(throttle: Throttle, work: Work, until: float) -> None:
    await asyncio.gather(*(_asynchronous(throttle, work, until) for _ in range(work.tasks)))


async def _asynchronous(throttle: Throttle, work: Work, until: float) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", work.port)
    while time.monotonic() < until:
        await perform(throttle.wait_steps("account", TARGETS[work.label]))
        writer.write(b"GET / HTTP/1.1\r\nhost: loopback\r\n\r\n")
        await reader.readuntil(b"{}")
        await asyncio.sleep(random.uniform(0, 0.01))
    writer.close()


if __name__ == "__main__":
    given: dict[str, Any] = json.loads(sys.argv[1])
    run(Work(**given))
