"""A server under load, in a process of its own: run by `receiver`, as `python -m benchmarks.serving KIND INBOX`.

Prints its port, and serves until its standard input is closed. `bare` is a Starlette route that reads the body and
answers; `receiver` verifies and stores; `handlers` calls a handler for each event besides.
"""

import asyncio
import socket
import sys
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from zoom_api_client.testing.events import SECRET_TOKEN
from zoom_api_client.triggers import Receiver


async def bare(request: Request) -> Response:
    """Answer."""
    await request.body()
    return Response()


async def handle(event: object) -> None:
    """Do nothing with an event."""


def app(kind: str, inbox: str) -> Any:
    """Return what is to be measured."""
    if kind == "bare":
        return Starlette(routes=[Route("/", bare, methods=["POST"])])
    receiver = Receiver(secret_token=SECRET_TOKEN, inbox=inbox)
    receiver.on()(handle)
    return receiver.asgi(work=kind == "handlers")


async def serve(kind: str, inbox: str) -> None:
    """Serve until standard input ends."""
    listening = socket.create_server(("127.0.0.1", 0))
    print(listening.getsockname()[1], flush=True)
    server = uvicorn.Server(uvicorn.Config(app(kind, inbox), log_level="error", access_log=False))
    serving = asyncio.create_task(server.serve([listening]))
    await asyncio.to_thread(sys.stdin.read)
    server.should_exit = True
    await serving


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
