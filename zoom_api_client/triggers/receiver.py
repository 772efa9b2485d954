"""`Receiver`: takes Zoom's events, stores them before it answers, and hands them to handlers after it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from zoom_api_client.storage.extras import require_extra
from zoom_api_client.storage.redis_client import RedisClient
from zoom_api_client.triggers import deauthorization, reply, signature
from zoom_api_client.triggers.batching import Batcher
from zoom_api_client.triggers.deauthorization import Connections
from zoom_api_client.triggers.handler_runner import HandlerRunner
from zoom_api_client.triggers.inbox import TIMEOUT, Delivery, HandlerRetry, Inbox, InboxFailed
from zoom_api_client.triggers.own_inbox import OwnInbox
from zoom_api_client.triggers.reply import Reply, refuse_to_store
from zoom_api_client.triggers.webhook import MAX_BODY, Webhook

if TYPE_CHECKING:
    from zoom_api_client.connection import Connection
    from zoom_api_client.core.scopes import Kind, Level
    from zoom_api_client.triggers.asgi import ASGIApp
    from zoom_api_client.triggers.wsgi import WSGIApp


class Receiver(HandlerRunner):
    """Receives Zoom's webhooks. An event is in the inbox before Zoom has its 200; its handlers run after it.

        from zoom_api_client.events.meetings import MeetingEnded, MeetingStarted
        from zoom_api_client.triggers import Receiver

        receiver = Receiver(secret_token="secret of the app's page")

        @receiver.watch_meetings("started", "ended")
        async def on_meeting(event: MeetingStarted | MeetingEnded) -> None: ...

        receiver.run(port=8080)     # or mount receiver.asgi() or receiver.wsgi() where you like

    Whatever a handler raises, it is called again later, and so may see an event twice. Handlers run in a thread with an
    event loop of its own, or on the application's where `asgi()` is mounted: then one `AsyncZoom` serves both, and an
    `async` handler that blocks keeps the application waiting. https://developers.zoom.us/docs/api/webhooks/

    Args:
        secret_token: of the app's page, under Feature; several while one takes the place of the other. None where
            events come by WebSocket alone: then no request is taken.
        inbox: where events wait: `sqlite:///a/file.db`, `redis://…`, `redis+sentinel://…`, `memory://`, a client of
            redis-py's, or an `Inbox`. By default it is a
            file of this user for this app alone.
        name: of the app, if its file is not to be found by the secret token; in Redis, the name of its inbox.
        concurrency: how many events are handled at once.
        retry: when an event whose handler failed is handled again, and when it becomes a dead letter of the inbox.
        handler_timeout: seconds that a handler may take; then it has failed. One that is `async` is cancelled; the
            thread of another one is left to itself.
        connections: whose tokens are to be forgotten when the app is removed (`app_deauthorized`): the connection, or
            for an app that many have added a function that returns that of the event's `payload.user_id` and
            `payload.account_id`. The rest of what you keep of them is for a handler of yours to delete:
            `@receiver.on("app_deauthorized")`.
        tolerance: seconds between the time of a signature and now. Zoom signs its repeats anew.
        max_body: bytes of the largest event that is taken; the largest known has 31 KB.
        now: the clock: seconds since 1970.
    """

    def __init__(
        self,
        *,
        secret_token: str | Sequence[str] | None,
        inbox: str | Inbox | RedisClient | None = None,
        name: str | None = None,
        concurrency: int = 32,
        retry: HandlerRetry | None = None,
        handler_timeout: float = TIMEOUT,
        connections: Connections | None = None,
        tolerance: float = 300.0,
        max_body: int = MAX_BODY,
        now: Callable[[], float] = time.time,
    ) -> None:
        secrets = () if secret_token is None else signature.parse_secrets(secret_token)
        del secret_token
        own_inbox = OwnInbox(inbox, secrets, name)
        super().__init__(own_inbox, concurrency, retry, handler_timeout)
        self.webhook, self._now = Webhook(secrets, max_body, tolerance), now
        self._batcher = Batcher(own_inbox.open)
        if connections is not None:
            self.on(deauthorization.EVENT)(deauthorization.ForgetTokens(connections))

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
            _require(self.revive())
            self.inbox.put([found])
        except Exception as failure:
            return refuse_to_store(failure)
        return reply.STORED

    async def answer(self, headers: signature.Headers, body: bytes, *, method: str = "POST") -> Reply:
        """Return what `handle` returns, in an event loop: what arrives together is stored together."""
        found = self.examine(headers, body, method)
        if isinstance(found, Reply):
            return found
        try:
            _require(self.revive())
            await self.put(found)
        except Exception as failure:
            return refuse_to_store(failure)
        return reply.STORED

    async def put(self, delivery: Delivery) -> bool:
        """Store a delivery that came by another way, and return whether it is new; raises `InboxFailed`."""
        return await self._batcher.put(delivery)

    def examine(self, headers: signature.Headers, body: bytes, method: str = "POST") -> Reply | Delivery:
        """Return what to answer at once, or the delivery to store before a 200; nothing is stored yet."""
        return self.webhook.examine(headers, body, self._now(), method)

    def refuse(self, headers: signature.Headers, method: str = "POST") -> Reply | None:
        """Return the answer to a request whose body need not be read: who sends it cannot be Zoom."""
        return self.webhook.refuse(headers, self._now(), method)

    def close(self) -> None:
        """Stop, and close the inbox. `with Receiver(…) as receiver` starts and closes."""
        super().close()
        self._batcher.close()

    def scopes(self, *, level: Level = "user", kind: Kind = "granular") -> tuple[str, ...]:
        """Return the least set of scopes with which an app is sent the events that there are handlers for.

        Args:
            level: `user`, `admin` or `master`: as for `zoom_api_client.scopes`.
            kind: `granular`, or `classic` for apps made before March 2024.
        """
        from zoom_api_client.triggers.scopes import scopes

        return scopes(self.watched, level=level, kind=kind)

    def asgi(self, *, work: bool = True, health_path: str | None = None) -> ASGIApp:
        """Return an ASGI app, which serves alone or is mounted: in Starlette, FastAPI, Litestar.

        Args:
            work: whether it calls handlers too, on the server's event loop unless `start()` was called: from its
                lifespan, or from the first request where it is mounted and has none. False where another process does.
            health_path: where `health()` is served as JSON, 503 if it is not good: `"/health"`.
        """
        from zoom_api_client.triggers.asgi import ASGIApp

        return ASGIApp(self, work=work, health_path=health_path)

    def wsgi(self, *, work: bool = True, health_path: str | None = None) -> WSGIApp:
        """Return a WSGI app, which serves alone or is mounted: in Flask, Django.

        Args:
            work: whether it calls handlers too, from the first request on.
            health_path: where `health()` is served as JSON, 503 if it is not good: `"/health"`.
        """
        from zoom_api_client.triggers.wsgi import WSGIApp

        return WSGIApp(self, work=work, health_path=health_path)

    def aws_lambda(self, event: Any, context: object = None) -> dict[str, Any]:
        """Answer an invocation of AWS Lambda: of API Gateway, version 1 or 2, or of a function URL.

        Use it as the handler: `handler = receiver.aws_lambda`. A function is frozen as soon as it has answered, so
        give a `redis://…` inbox that others work on. With another one handlers run before the answer (Zoom waits 3
        seconds for it), and if one fails the answer is 500, so that Zoom sends the event again; an inbox that is given
        tells repeats apart. An invocation that is not an HTTP request is answered 400.
        """
        from zoom_api_client.triggers import aws

        return aws.answer(self, event, self._own_inbox)

    async def listen(self, address: str, connection: Connection) -> None:
        """Take events by WebSocket until cancelled, and call handlers: `asyncio.run(receiver.listen(…))`.

        Zoom repeats nothing here: what happens while there is no connection is lost. Account-level apps only.
        https://developers.zoom.us/docs/api/websockets/

        Args:
            address: `wss://ws.zoom.us/ws?subscriptionId=…` as it stands on the app's page, or the id alone.
            connection: `Chatbot` or `ServerToServer`: the token of each connection.
        """
        from zoom_api_client.triggers.websocket import Listener, ending_with_signals

        listener = Listener(address, connection, self.put)
        self.start()
        async with ending_with_signals():
            try:
                await listener.run()
            finally:
                await self.stop_here()

    def run(self, *, host: str = "127.0.0.1", port: int = 8080) -> None:
        """Serve until interrupted, with uvicorn: `pip install "zoom-api-client[server]"`.

        Zoom wants https with a name and a certificate of the public: have a proxy or a tunnel in front of it.

        Args:
            host: the address to listen on; `0.0.0.0` for all.
            port: the port.
        """
        with require_extra("server", "run()"):
            import uvicorn

            from zoom_api_client.triggers.serving import OPTIONS, ImpatientProtocol
        self.start()
        uvicorn.run(self.asgi(), host=host, port=port, http=ImpatientProtocol, **OPTIONS)


def _require(is_handled: bool) -> None:
    """Raise if handlers are to be called in this process, and nobody does: Zoom can send the event again."""
    if not is_handled:
        raise InboxFailed("the worker that calls handlers has ended, or hangs in one of them")
