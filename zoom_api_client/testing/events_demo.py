"""`python -m zoom_api_client.testing.events_demo`: the seven triggers at work, over HTTP and without Zoom.

A receiver is served on loopback; every trigger is sent an event of its own, one of them twice, and a forged one.
"""

from __future__ import annotations

import sys
from threading import Condition, Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from rich import box
from rich.console import Console
from rich.table import Table

from zoom_api_client.events import Event
from zoom_api_client.testing.events import SECRET_TOKEN, SignedEvent, zoom_event
from zoom_api_client.testing.sender import EventSender
from zoom_api_client.triggers import Receiver

EVENTS = {
    "watch_meetings": "meeting.started",
    "watch_webinars": "webinar.ended",
    "watch_recordings": "recording.completed",
    "watch_phone_calls": "phone.callee_ringing",
    "watch_chat_channels": "chat_channel.created",
    "watch_chat_messages": "team_chat.dm_message_posted",
    "watch_user_activity": "user.presence_status_updated",
}


class Handled:
    """What the handlers were called with, by trigger."""

    def __init__(self, receiver: Receiver) -> None:
        self.events: dict[str, list[Event]] = {trigger: [] for trigger in EVENTS}
        self._changed = Condition()
        for trigger in EVENTS:
            getattr(receiver, trigger)()(self._handler(trigger))

    def wait(self) -> bool:
        """Wait until every trigger has had its event, and tell whether they have."""
        with self._changed:
            return self._changed.wait_for(lambda: all(self.events.values()), timeout=10)

    def _handler(self, trigger: str) -> Any:
        def handle(event: Event) -> None:
            with self._changed:
                self.events[trigger].append(event)
                self._changed.notify_all()

        return handle


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the table does."""


def run() -> tuple[dict[str, list[int]], Handled, int]:
    """Send the events; return Zoom's view (statuses by trigger), the handlers', and the status of the forged one."""
    with Receiver(secret_token=SECRET_TOKEN, inbox="memory://") as receiver:
        handled, app = Handled(receiver), receiver.wsgi()
        served: Any = app
        with make_server("127.0.0.1", 0, served, handler_class=_Quiet) as server:
            thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
            thread.start()
            with EventSender(f"http://127.0.0.1:{server.server_port}/") as zoom:
                sent: dict[str, SignedEvent] = {trigger: zoom_event(name) for trigger, name in EVENTS.items()}
                statuses = {trigger: zoom.send(event) for trigger, event in sent.items()}
                statuses["watch_meetings"] += zoom.send(sent["watch_meetings"])
                (forged,) = zoom.send(sent["watch_meetings"].forged())
            handled.wait()
            server.shutdown()
            thread.join()
    return statuses, handled, forged


def main() -> int:
    """Run the demo, and return its exit status."""
    statuses, handled, forged = run()
    table = Table("Trigger", "Sent", "Answered", "Handled", "as", box=box.SIMPLE_HEAD)
    for trigger, events in handled.events.items():
        answers = ", ".join(map(str, statuses[trigger]))
        kinds = ", ".join(type(event).__name__ for event in events)
        table.add_row(trigger, EVENTS[trigger], answers, f"{len(events)} ×", kinds)
    console = Console(width=None if sys.stdout.isatty() else 130)
    console.print(table)
    console.print(f"A double was answered and handled once; a forged event was answered with {forged}")
    return int(forged != 401 or any(len(events) != 1 for events in handled.events.values()))


if __name__ == "__main__":
    sys.exit(main())
