"""The half of a receiver that calls handlers: a worker, watched, with an inbox that is opened when it is needed."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

from zoom_api_client.core.checks import check_number
from zoom_api_client.triggers.background import BackgroundWorker
from zoom_api_client.triggers.dispatch import Dispatcher, name_of
from zoom_api_client.triggers.handlers import HandlerRegistry, labels_of
from zoom_api_client.triggers.health import Health
from zoom_api_client.triggers.inbox import HandlerRetry, Inbox, Unwanted, Worker
from zoom_api_client.triggers.own_inbox import OwnInbox


class HandlerRunner(HandlerRegistry):
    """Calls the handlers of the events in an inbox.

    Args:
        inbox: where events are taken from.
        concurrency: how many events are handled at once.
        retry: when an event whose handler failed is handled again.
        timeout: seconds that a handler may take.
    """

    def __init__(self, inbox: OwnInbox, concurrency: int, retry: HandlerRetry | None, timeout: float) -> None:
        if not isinstance(retry, HandlerRetry | None):
            raise TypeError("retry is a zoom_api_client.triggers.HandlerRetry; zoom_api_client.Retry is for calls")
        check_number("concurrency", concurrency, least=1, whole=True)
        check_number("handler_timeout", timeout)
        super().__init__()
        self._own_inbox = inbox
        self.dispatch = Dispatcher(self.handlers, concurrency, timeout)
        self._options: dict[str, Any] = {"concurrency": concurrency, "retry": retry, "timeout": timeout}
        self._background = BackgroundWorker(self._make_worker)

    @property
    def inbox(self) -> Inbox:
        """The inbox in which events wait; it is opened when it is first needed. Raises `InboxFailed`."""
        return self._own_inbox.open()

    def health(self) -> Health:
        """Return how the receiver stands; raises `InboxFailed` if its inbox cannot be read."""
        self.revive()
        counts = self.inbox.counts()
        return Health(self._background.is_alive, counts.waiting, self.inbox.lag(), counts.dead)

    def start(self) -> None:
        """Begin to call handlers, in a thread; does nothing if it was done before. Raises `InboxFailed`.

        A process that is forked after it calls handlers too, from its first delivery on.
        """
        self._background.start()

    def stop(self) -> None:
        """Let the handlers that run come to their end, and begin no other; the rest stays in the inbox."""
        self._background.stop()

    def start_here(self) -> None:
        """Begin to call handlers on the running event loop; does nothing if they are called already."""
        self._background.start_here()

    async def stop_here(self) -> None:
        """Stop as `stop` does, without blocking the event loop."""
        await self._background.stop_here()

    async def work(self) -> None:
        """Call handlers on this event loop until cancelled: instead of `start()`, for handlers that share its things.

        A handler that blocks the loop then keeps everything else on it waiting; so have a process of its own for it.
        """
        await self._background.run_here()

    def close(self) -> None:
        """Stop, and close the inbox. `with Receiver(…) as receiver` starts and closes."""
        self.stop()
        self.dispatch.close()
        self._own_inbox.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def revive(self) -> bool:
        """Start the worker anew if it is gone, and return whether what is received is being handled."""
        return self._background.revive()

    def _make_worker(self) -> Worker:
        return Worker(self.inbox, self._dispatch_wanted, wants=self.labels, **self._options)

    async def _dispatch_wanted(self, body: bytes) -> None:
        if not await self.dispatch(body):
            name = name_of(body)
            raise Unwanted(name, labels_of(name))
