"""`zoom-api listen`: events as they come, as JSON lines, or each handed to a command."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
from contextlib import suppress
from typing import Annotated

from cyclopts import App, Parameter

from zoom_api_client.cli import session
from zoom_api_client.cli.commands.events import secret_token
from zoom_api_client.cli.errors import Misused
from zoom_api_client.cli.exit_codes import is_broken_pipe
from zoom_api_client.cli.failures import say
from zoom_api_client.cli.output import writing
from zoom_api_client.cli.output.options import Output
from zoom_api_client.core.event import Event
from zoom_api_client.storage.extras import require_extra
from zoom_api_client.triggers import Receiver

command = App(name="listen")


class CommandFailed(Exception):
    """The command of an event ended with an error: the event is handled again later."""


@command.default
def listen(
    *events: Annotated[str, Parameter(help="Only these: meeting.started; all unless given.")],
    port: Annotated[int, Parameter(help="Take webhooks on this port.")] = 8080,
    host: Annotated[str, Parameter(help="The address to listen on; 0.0.0.0 for all.")] = "127.0.0.1",
    websocket: Annotated[
        str | None, Parameter(help="Take events from Zoom's WebSocket instead: its subscription id or address.")
    ] = None,
    exec: Annotated[
        str | None, Parameter(help="Run this for each event, which it has on stdin, and in ZOOM_EVENT its name.")
    ] = None,
    inbox: Annotated[
        str | None, Parameter(help="Where events wait: sqlite:///…, redis://….", env_var="ZOOM_INBOX")
    ] = None,
    access: session.Access = session.Access(),
    output: Output = Output(),
) -> None:
    """Print events as they come, a JSON line each, or run a command for each.

    Webhooks are signed with the secret token of the app, in ZOOM_WEBHOOK_SECRET_TOKEN. Events whose command fails are
    handled again later, and at last lie among the dead letters: zoom-api inbox dead.
    """
    receiver = Receiver(secret_token=None if websocket else secret_token(), inbox=inbox)

    @receiver.on(*events)
    def handle(event: Event) -> None:
        if exec:
            _run(exec, event)
        else:
            _print(event, output)

    with receiver, suppress(KeyboardInterrupt):  # to be stopped is how it ends
        if websocket:
            say("zoom-api: waiting for events by WebSocket (stop with Ctrl-C)")
            asyncio.run(receiver.listen(websocket, session.find_connection(access)))
        else:
            _serve(receiver, host, port)


def _serve(receiver: Receiver, host: str, port: int) -> None:
    """Serve as `receiver.run()` does, without uvicorn's log of requests, which it writes to stdout."""
    with require_extra("server", "listening to webhooks"):
        import uvicorn

        from zoom_api_client.triggers.serving import OPTIONS, ImpatientProtocol
    config = uvicorn.Config(receiver.asgi(), log_level="warning", http=ImpatientProtocol, **OPTIONS)
    with _bound(host, port) as listener:
        say(f"zoom-api: waiting for events at http://{host}:{port} (stop with Ctrl-C)")
        uvicorn.Server(config).run(sockets=[listener])


def _bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Where uvicorn cannot, it ends the process with a code of its own."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as failure:
        raise Misused(f"{host}:{port} cannot be listened at: {failure}") from None


def _print(event: Event, output: Output) -> None:
    try:
        writing.write_lines([writing.prepare(event.to_dict(), output)], output)
    except OSError as failure:
        if not is_broken_pipe(failure):
            raise
        signal.raise_signal(signal.SIGINT)  # the server runs in another thread


def _run(command_line: str, event: Event) -> None:
    named = {**os.environ, "ZOOM_EVENT": event.event}
    done = subprocess.run(command_line, shell=True, input=event.to_json().encode(), env=named, check=False)
    if done.returncode:
        raise CommandFailed(f"the command ended with {done.returncode}")
