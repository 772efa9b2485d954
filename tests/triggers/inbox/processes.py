"""Processes that are killed: `python -m tests.triggers.inbox.processes receive URL PORT`, or `handle URL LOG`.

The receiver answers 200 after `put`. The handler writes a line to its log before and after its work; what is written
outlives the process.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sys
import time

from tests.triggers.inbox.sender import length
from zoom_api_client.triggers.inbox import Delivery, Inbox, InboxFailed, Worker, current, open_inbox

LEASE = 4.0


class Receiver:
    """Takes deliveries over HTTP, and stores those that come together in one `put`."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._waiting: list[tuple[Delivery, asyncio.Future[bool]]] = []
        self._storing = asyncio.Lock()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of a connection."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                body = await reader.readexactly(length(head))
                name = head.partition(b"x-zm-request-id: ")[2].partition(b"\r\n")[0].decode()
                status = b"200 OK" if await self._stored(Delivery(name, body, time.time())) else b"500 Oh"
                writer.write(b"HTTP/1.1 " + status + b"\r\ncontent-length: 0\r\n\r\n")
        except (OSError, EOFError):
            pass
        finally:
            writer.close()

    async def _stored(self, delivery: Delivery) -> bool:
        future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((delivery, future))
        async with self._storing:
            batch, self._waiting = self._waiting, []
            if batch:
                try:
                    await asyncio.to_thread(self._inbox.put, [each for each, _ in batch])
                    stored = True
                except InboxFailed:
                    stored = False
                for _, each in batch:
                    each.set_result(stored)
        return await future


async def receive(url: str, port: str) -> None:
    """Serve until killed."""
    server = await asyncio.start_server(Receiver(open_inbox(url)).serve, "127.0.0.1", int(port))
    print("ready", flush=True)
    await server.serve_forever()


async def handle(url: str, log: str) -> None:
    """Handle until killed, or asked to stop."""
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    async def dispatch(body: bytes) -> None:
        number = json.loads(body)["payload"]["object"]["id"]
        assert current().delivery.key == f"request-{number}"
        os.write(file, f"begin {number}\n".encode())
        await asyncio.sleep(random.uniform(0, 0.02))
        os.write(file, f"end {number}\n".encode())

    inbox = open_inbox(url)
    worker = Worker(inbox, dispatch, lease=LEASE)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, worker.stop)
    print("ready", flush=True)
    await worker.run()
    inbox.close()


if __name__ == "__main__":
    work, *given = sys.argv[1:]
    asyncio.run({"receive": receive, "handle": handle}[work](*given))
