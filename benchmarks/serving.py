"""A server under load, in a process of its own: run by `receiver`, as `python -m benchmarks.serving KIND INBOX`.

Prints its port, and serves until its standard input is closed. `bare` is a Starlette route that reads the body and
answers; `receiver` verifies and stores; `handlers` calls a handler for each event besides; `blocked` has handlers that
block, `async` or not, and so have an event loop of their own; `open` has the limits of `Receiver.run`.
"""

import asyncio
import logging
import os
import socket
import sys
import time
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from zoom_api_client.testing.events import SECRET_TOKEN
from zoom_api_client.triggers import Receiver
from zoom_api_client.triggers.serving import OPTIONS, ImpatientProtocol


async def bare(request: Request) -> Response:
    """Answer."""
    await request.body()
    return Response()


async def handle(event: object) -> None:
    """Do nothing with an event."""


async def block(event: object) -> None:
    """Keep the handlers' event loop for long."""
    time.sleep(10)  # noqa: ASYNC251 - that is the mistake to be borne


def app(kind: str, inbox: str) -> Any:
    """Return what is to be measured."""
    if kind == "bare":
        return Starlette(routes=[Route("/", bare, methods=["POST"])])
    receiver = Receiver(secret_token=SECRET_TOKEN, inbox=inbox)
    receiver.on()(block if kind == "blocked" else handle)
    if kind == "blocked":
        receiver.on()(lambda event: time.sleep(10))
        receiver.start()  # with an event loop of their own, as `run()` gives them
    return receiver.asgi(work=kind != "receiver")


async def serve(kind: str, inbox: str) -> None:
    """Serve until standard input ends."""
    logging.disable(logging.WARNING)  # a line for each forged request
    listening = socket.create_server(("127.0.0.1", 0))
    print(listening.getsockname()[1], flush=True)
    options: dict[str, Any] = {"http": ImpatientProtocol, **OPTIONS} if kind == "open" else {}
    server = uvicorn.Server(uvicorn.Config(app(kind, inbox), log_level="error", access_log=False, **options))
    serving = asyncio.create_task(server.serve([listening]))
    await asyncio.to_thread(sys.stdin.read)
    server.should_exit = True
    if kind == "blocked":  # whoever blocks for so long is not waited for
        os._exit(0)
    await serving


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
