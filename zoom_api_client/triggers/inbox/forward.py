"""Hand events to a broker that one already runs, instead of keeping them here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from threading import Event

from zoom_api_client.triggers.inbox.base import Counts, DeadLetter, Delivery, Inbox, InboxFailed, Task


class Forward(Inbox):
    """An inbox whose `put` calls a function of the user's own, which publishes; workers find nothing in it.

    What is published is the broker's to keep, repeat and bury, and its workers hand the body to the receiver's handlers
    (`await receiver.dispatch(body)`). Doubles are passed on: the delivery's `key` tells them.

        from zoom_api_client.triggers.inbox import Delivery, Forward

        def publish(delivery: Delivery) -> None:
            print(delivery.key, delivery.body)

        inbox = Forward(publish)

    With a task of Celery's, `publish` calls `handle_event.delay(delivery.key, delivery.body.decode())`, with an actor
    of Dramatiq's `handle_event.send(…)`; with FastStream, whose broker runs on an event loop,
    `asyncio.run_coroutine_threadsafe(broker.publish(delivery.body, "zoom"), loop).result(timeout=2)`.

    Args:
        publish: takes a `Delivery`, blocks until the broker has it, and raises if it does not: then Zoom is told to
            send the event again.
    """

    def __init__(self, publish: Callable[[Delivery], object]) -> None:
        self._publish = publish
        self._closed = Event()

    def put(self, deliveries: Sequence[Delivery]) -> list[bool]:
        try:
            for each in deliveries:
                self._publish(each)
        except Exception as cause:
            raise InboxFailed(f"the event could not be published ({type(cause).__name__})") from cause
        return [True] * len(deliveries)

    def claim(self, most: int, *, lease: float, wait: float = 0.0) -> list[Task]:
        self._closed.wait(wait)
        return []

    def extend(self, tasks: Sequence[Task], *, lease: float) -> None:
        pass

    def complete(self, tasks: Sequence[Task]) -> None:
        pass

    def retry(self, task: Task, *, seconds: float, error: str) -> None:
        pass

    def bury(self, task: Task, *, error: str) -> None:
        pass

    def release(self, tasks: Sequence[Task], *, seconds: float = 0.0) -> None:
        pass

    def want(self, labels: Collection[str], *, seconds: float) -> None:
        pass

    def is_wanted(self, labels: Collection[str]) -> bool:
        return False

    def dead(self, most: int = 100) -> list[DeadLetter]:
        return []

    def replay(self, key: str | None = None) -> int:
        return 0

    def purge(self, key: str | None = None) -> int:
        return 0

    def counts(self) -> Counts:
        return Counts(waiting=0, running=0, dead=0)

    def lag(self) -> float:
        return 0.0

    def disconnect(self) -> None:
        pass

    def close(self) -> None:
        self._closed.set()
