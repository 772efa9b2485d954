"""Hooks send signed events over HTTP to a receiver on loopback, as Zoom would."""

from __future__ import annotations

from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Any, Self
from wsgiref.simple_server import WSGIRequestHandler, make_server

from zoom_api_client.testing.events import SECRET_TOKEN, zoom_event
from zoom_api_client.testing.exchange import Exchange, IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.sender import EventSender
from zoom_api_client.triggers import Receiver

_PATIENCE = 10.0  # seconds


class Hooks:
    """A receiver whose triggers take all events of their families, from `with` to its end.

    Args:
        exchanges: gets what is sent, with the receiver's answer.
        awaited: whether the handlers are coroutines.
    """

    def __init__(self, exchanges: list[Exchange], *, awaited: bool) -> None:
        self._exchanges, self._heard = exchanges, SimpleQueue[Any]()
        self._receiver = receiver = Receiver(secret_token=SECRET_TOKEN, inbox="memory://")
        handle = self._hear_awaited if awaited else self._hear
        for trigger in (
            receiver.watch_meetings, receiver.watch_webinars, receiver.watch_recordings, receiver.watch_phone_calls,
            receiver.watch_chat_channels, receiver.watch_chat_messages, receiver.watch_user_activity,
        ):  # fmt: skip
            trigger()(handle)
        self._server = make_server("127.0.0.1", 0, receiver.wsgi(), handler_class=_Quiet)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._sender = EventSender(f"http://127.0.0.1:{self._server.server_port}/zoom", faster=1000)

    def happens(self, name: str, *, times: int = 1, forged: bool = False) -> Any:
        """Let something happen at Zoom, or pretend so, and return the event that the handler got: None if refused."""
        event = zoom_event(name).forged() if forged else zoom_event(name)
        request = IncomingRequest("POST", "https://receiver.example/zoom", event.headers, event.body)
        statuses = [status for _ in range(times) for status in self._sender.send(event)]
        self._exchanges += [Exchange(request, OutgoingAnswer(status)) for status in statuses]
        return self._heard.get(timeout=_PATIENCE) if 200 in statuses else None

    def _hear(self, event: Any) -> None:
        self._heard.put(event)

    async def _hear_awaited(self, event: Any) -> None:
        self._heard.put(event)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sender.__exit__(kind, error, trace)
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self._receiver.close()


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what was sent is in the table."""
