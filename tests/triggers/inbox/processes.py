"""Processes that are killed: `python -m tests.triggers.inbox.processes receive URL PORT`, or `handle URL LOG`.

Both are a `Receiver`: one is served by uvicorn, and the other calls its handler, which writes a line to its log before
and after its work; what is written outlives the process.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from socket import socket

import uvicorn

from zoom_api_client.events.meetings import MeetingStarted
from zoom_api_client.testing.events import SECRET_TOKEN
from zoom_api_client.triggers import Receiver
from zoom_api_client.triggers.inbox import HandlerRetry, Worker, current

LEASE = 4.0
MISBEHAVING = 0.05  # of the calls of a handler
AT_ONCE = HandlerRetry(attempts=100, first_wait=0.05, longest_wait=0.05)


class Server(uvicorn.Server):
    """Says when it listens."""

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        print("ready", flush=True)


async def receive(receiver: Receiver, port: str) -> None:
    """Serve until killed."""
    await Server(uvicorn.Config(receiver.asgi(work=False), port=int(port), log_level="error")).serve()


async def handle(receiver: Receiver, log: str) -> None:
    """Handle until killed, or asked to stop."""
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    @receiver.watch_meetings("started")
    async def on_start(event: MeetingStarted) -> None:
        if random.random() < MISBEHAVING:
            raise random.choice([SystemExit(1), KeyboardInterrupt(), StopAsyncIteration(), asyncio.CancelledError()])
        number = event.to_dict()["payload"]["object"]["id"]
        assert current().delivery.key.endswith(f":request-{number}")
        os.write(file, f"begin {number}\n".encode())
        await asyncio.sleep(random.uniform(0, 0.02))
        os.write(file, f"end {number}\n".encode())

    worker = Worker(receiver.inbox, receiver.dispatch, lease=LEASE, retry=AT_ONCE)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, worker.stop)
    print("ready", flush=True)
    await worker.run()


if __name__ == "__main__":
    work, url, given = sys.argv[1:]
    receiver = Receiver(secret_token=SECRET_TOKEN, inbox=url)
    asyncio.run({"receive": receive, "handle": handle}[work](receiver, given))
    receiver.close()
