"""`Receiver`: takes Zoom's events, stores them before it answers, and hands them to handlers after it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from zoom_api_client.storage.extras import require_extra
from zoom_api_client.triggers import deauthorization, reply, signature
from zoom_api_client.triggers.background import Work
from zoom_api_client.triggers.batching import Gathering
from zoom_api_client.triggers.deauthorization import Connections
from zoom_api_client.triggers.dispatch import Dispatcher
from zoom_api_client.triggers.handlers import Watching
from zoom_api_client.triggers.inbox import Delivery, Inbox, Retry, Worker, open_inbox
from zoom_api_client.triggers.reply import Reply
from zoom_api_client.triggers.webhook import MAX_BODY, Reception

if TYPE_CHECKING:
    from zoom_api_client.connection import Connection
    from zoom_api_client.core.scopes import Kind, Level
    from zoom_api_client.triggers.asgi import ASGIApp
    from zoom_api_client.triggers.wsgi import WSGIApp

_log = logging.getLogger("zoom_api_client")


class Receiver(Watching):
    """Receives Zoom's webhooks. An event is in the inbox before Zoom has its 200; its handlers run after it.

        receiver = Receiver(secret_token=…)

        @receiver.watch_meetings("started", "ended")
        async def on_meeting(event): ...

        receiver.run(port=8080)     # or mount receiver.asgi() or receiver.wsgi() where you like

    Handlers run in a thread with an event loop of its own, so that no handler keeps Zoom waiting. One that fails is
    called again later, and so may see an event twice. https://developers.zoom.us/docs/api/webhooks/

    Args:
        secret_token: of the app's page, under Feature; several while one takes the place of the other. None where
            events come by WebSocket alone: then no request is taken.
        inbox: where events wait: `sqlite://` (a file of this user), `sqlite:///a/file.db`, `redis://…`, `memory://`, or
            an `Inbox`.
        concurrency: how many events are handled at once.
        retry: when an event whose handler failed is handled again, and when it becomes a dead letter of the inbox.
        connections: whose tokens are to be forgotten when the app is removed (`app_deauthorized`): the connection, or
            for an app that many have added a function that returns that of the event's `payload.user_id` and
            `payload.account_id`. The rest of what you keep of them is for a handler of yours to delete:
            `@receiver.on("app_deauthorized")`.
        max_body: bytes of the largest event that is taken.
        now: the clock: seconds since 1970.
    """

    def __init__(
        self,
        *,
        secret_token: str | Sequence[str] | None,
        inbox: str | Inbox = "sqlite://",
        concurrency: int = 32,
        retry: Retry | None = None,
        connections: Connections | None = None,
        max_body: int = MAX_BODY,
        now: Callable[[], float] = time.time,
    ) -> None:
        secrets = () if secret_token is None else signature.given(secret_token)
        del secret_token
        super().__init__()
        self._reception, self._now = Reception(secrets, max_body), now
        self.inbox = open_inbox(inbox) if isinstance(inbox, str) else inbox
        self._outlives = not isinstance(inbox, str) or not inbox.startswith(("sqlite:", "memory:"))
        self.dispatch = Dispatcher(self.handlers, concurrency)
        if connections is not None:
            self.on(deauthorization.EVENT)(deauthorization.Forgetting(connections))
        self._worker = partial(Worker, self.inbox, self.dispatch, concurrency=concurrency, retry=retry)
        self._work = Work(self._worker)
        self._gathering = Gathering(self.inbox)

    def handle(self, headers: signature.Headers, body: bytes, *, method: str = "POST") -> Reply:
        """Return the answer to a request, for any framework; its event is stored when this returns.

        Handlers are called by `start()`, or by another process that works on the same inbox.

        Args:
            headers: as a mapping or as pairs, names in any case.
            body: the raw bytes, as they came.
            method: of the request.
        """
        found = self.examine(headers, body, method)
        if isinstance(found, Reply):
            return found
        try:
            self.inbox.put([found])
        except Exception:
            return _not_stored()
        return reply.STORED

    async def ahandle(self, headers: signature.Headers, body: bytes, *, method: str = "POST") -> Reply:
        """Return what `handle` returns, in an event loop: what arrives together is stored together."""
        found = self.examine(headers, body, method)
        if isinstance(found, Reply):
            return found
        try:
            await self.put(found)
        except Exception:
            return _not_stored()
        return reply.STORED

    async def put(self, delivery: Delivery) -> bool:
        """Store a delivery that came by another way, and return whether it is new; raises `InboxFailed`."""
        return await self._gathering.put(delivery)

    def examine(self, headers: signature.Headers, body: bytes, method: str = "POST") -> Reply | Delivery:
        """Return what to answer at once, or the delivery to store before a 200; nothing is stored yet."""
        if not self._reception.secrets:
            raise ValueError("this receiver has no secret_token: it cannot tell who sends a request")
        return self._reception.examine(headers, body, self._now(), method)

    @property
    def max_body(self) -> int:
        """The bytes of the largest event that is taken."""
        return self._reception.max_body

    def start(self) -> None:
        """Begin to call handlers, in a thread; does nothing if it was done before."""
        self._work.start()

    def stop(self) -> None:
        """Let the handlers that run come to their end, and begin no other; the rest stays in the inbox."""
        self._work.stop()

    async def work(self) -> None:
        """Call handlers on this event loop until cancelled: instead of `start()`, for handlers that share its things.

        A handler that blocks the loop then keeps everything else on it waiting; so have a process of its own for it.
        """
        await self._worker().run()

    def close(self) -> None:
        """Stop, and close the inbox. `with Receiver(…) as receiver` starts and closes."""
        self.stop()
        self.dispatch.close()
        self._gathering.close()
        self.inbox.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def scopes(self, *, level: Level = "user", kind: Kind = "granular") -> tuple[str, ...]:
        """Return the least set of scopes with which an app is sent the events that there are handlers for.

        Args:
            level: `user`, `admin` or `master`: as for `zoom_api_client.scopes`.
            kind: `granular`, or `classic` for apps made before March 2024.
        """
        from zoom_api_client.triggers.scopes import scopes

        return scopes(self.watched, level=level, kind=kind)

    def asgi(self, *, work: bool = True) -> ASGIApp:
        """Return an ASGI app, which serves alone or is mounted: in Starlette, FastAPI, Litestar.

        Args:
            work: whether it calls handlers too: from its lifespan, or from the first request where it is mounted and
                has none. False where `work()` does, or another process.
        """
        from zoom_api_client.triggers.asgi import ASGIApp

        return ASGIApp(self, work=work)

    def wsgi(self, *, work: bool = True) -> WSGIApp:
        """Return a WSGI app, which serves alone or is mounted: in Flask, Django.

        Args:
            work: whether it calls handlers too, from the first request on.
        """
        from zoom_api_client.triggers.wsgi import WSGIApp

        return WSGIApp(self, work=work)

    def aws_lambda(self, event: dict[str, Any], context: object = None) -> dict[str, Any]:
        """Answer an invocation of AWS Lambda: of API Gateway, version 1 or 2, or of a function URL.

        Use it as the handler: `handler = receiver.aws_lambda`. A function is frozen as soon as it has answered, so
        give a `redis://…` inbox that others work on. With another one nothing is stored: handlers run before the answer
        (Zoom waits 3 seconds for it), and if one fails the answer is 500, so that Zoom sends the event again.
        """
        from zoom_api_client.triggers import aws

        return aws.answer(self, event, stores=self._outlives)

    async def listen(self, address: str, connection: Connection) -> None:
        """Take events by WebSocket until cancelled, and call handlers: `asyncio.run(receiver.listen(…))`.

        Zoom repeats nothing here: what happens while there is no connection is lost. Account-level apps only.
        https://developers.zoom.us/docs/api/websockets/

        Args:
            address: `wss://ws.zoom.us/ws?subscriptionId=…` as it stands on the app's page, or the id alone.
            connection: `Chatbot` or `ServerToServer`: the token of each connection.
        """
        from zoom_api_client.triggers.websocket import Listener

        listener = Listener(address, connection, self.put)
        self.start()
        try:
            await listener.run()
        finally:
            await asyncio.to_thread(self.stop)

    def run(self, *, host: str = "127.0.0.1", port: int = 8080) -> None:
        """Serve until interrupted, with uvicorn: `pip install "zoom-api-client[server]"`.

        Zoom wants https with a name and a certificate of the public: have a proxy or a tunnel in front of it.

        Args:
            host: the address to listen on; `0.0.0.0` for all.
            port: the port.
        """
        with require_extra("server", "run()"):
            import uvicorn
        uvicorn.run(self.asgi(), host=host, port=port)


def _not_stored() -> Reply:
    _log.exception("an event could not be stored: Zoom is told to send it again")
    return reply.NOT_STORED
