"""Our receiver beside a client of others: what it does in the simulator comes here over HTTP, rightly signed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import attrs

from zoom_api_client.testing.simulator import Simulator
from zoom_api_client.triggers import Receiver

_SECRET = "secret-of-our-receiver"


@attrs.define
class Heard:
    """What the handlers of our receiver were called with: the event, and the topic of the meeting."""

    _events: SimpleQueue[tuple[str, str]] = attrs.field(factory=SimpleQueue, init=False)

    def add(self, event: Any) -> None:
        """Keep an event."""
        self._events.put((event.event, event.payload.object.topic))

    def lacks(self, *wanted: tuple[str, str]) -> list[tuple[str, str]]:
        """Return which events did not come, in their order, after others or within ten seconds."""
        missing = list(wanted)
        try:
            while missing:
                if self._events.get(timeout=10) == missing[0]:
                    missing.pop(0)
        except Empty:
            pass
        return missing


@contextmanager
def hearing(simulator: Simulator) -> Iterator[Heard]:
    """Subscribe our receiver to all events of meetings; it refuses what is not signed with its secret."""
    heard = Heard()
    receiver = Receiver(secret_token=_SECRET, inbox="memory://")
    receiver.watch_meetings()(heard.add)
    server = make_server("127.0.0.1", 0, receiver.wsgi(), handler_class=_Quiet)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    simulator.events.subscribe(f"http://127.0.0.1:{server.server_port}/zoom", ["meeting.*"], secret_token=_SECRET)
    try:
        yield heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        receiver.close()


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
