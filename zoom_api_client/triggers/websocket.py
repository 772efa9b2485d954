"""Events by WebSocket: for programs that no request from outside can reach. Needs the extra `websocket`."""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, quote_plus, urlencode, urlsplit, urlunsplit

from zoom_api_client.core import codec
from zoom_api_client.core.redaction import quote_text
from zoom_api_client.errors import AuthorizationFailed, ZoomError
from zoom_api_client.storage.extras import require_extra
from zoom_api_client.transport import hosts
from zoom_api_client.triggers.inbox import Delivery
from zoom_api_client.triggers.inbox.error_text import describe
from zoom_api_client.triggers.webhook import MAX_BODY, key_of
from zoom_api_client.triggers.websocket_protocol import Link, Silent, SubscriptionRefused, TokenRefused, backoff

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

    from zoom_api_client.connection import Connection, Token

URL: Final = hosts.WEBSOCKET_URL

_OPENED_WITHIN: Final = 20.0  # seconds
_CLOSED_WITHIN: Final = 2.0  # seconds
_STORED_WITHIN: Final = 5.0  # seconds
_STORED_AGAIN_AFTER: Final = 1.0  # seconds
_LARGEST: Final = 2 * MAX_BODY
_MOST_WAITING: Final = 1000  # events that are held in memory while the inbox cannot be reached
_MOST_HELD: Final = 16 * MAX_BODY  # and their bytes

_log = logging.getLogger("zoom_api_client")
# The library writes the address into its debug log, and the token is a part of it.
_silent = logging.Logger("zoom_api_client.websocket", logging.CRITICAL + 1)


class Listener:
    """Keeps one WebSocket to Zoom open, and stores what comes.

    Zoom repeats nothing here: what happens while there is no connection, or between two, is lost, and so is what a
    process that was killed had not stored yet. Webhooks are for who must not miss an event. Zoom serves one connection
    for each subscription: a second one closes the first.
    https://developers.zoom.us/docs/api/websockets/

    Args:
        address: of the app's page, with its `subscriptionId`; or that id.
        connection: gives a token for each connection: `Chatbot` or `ServerToServer`.
        put: stores a delivery.
        clock: seconds that do not jump.
        sleep: waits for some seconds.

    Raises `ValueError` for an address that is not Zoom's, and `MissingExtra` without the library `websockets`.
    """

    def __init__(
        self,
        address: str,
        connection: Connection,
        put: Callable[[Delivery], Awaitable[bool]],
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        with require_extra("websocket", "a listener for WebSockets"):
            import websockets as websockets
        self._address, self._connection, self._put = _check(address), connection, put
        self._clock, self._sleep = clock, sleep
        self._waiting: asyncio.Queue[bytes] = asyncio.Queue()
        self._held = 0

    async def run(self) -> None:
        """Listen until cancelled; connect again, after a while, whenever the connection ends.

        Raises `AuthorizationFailed` where Zoom refuses the app a token.
        """
        failures, rejected = 0, None
        storing = asyncio.create_task(self._store())
        try:
            while True:
                link = Link(self._clock())
                try:
                    token = await asyncio.to_thread(self._connection.token, rejected=rejected)
                    rejected = token if await self._is_refused(link, token) else None
                except AuthorizationFailed:
                    raise
                except ZoomError as failure:
                    _log.warning("WebSocket: not connected at the moment (%s)", describe(failure))
                failures = 0 if link.has_lasted(self._clock()) and rejected is None else failures + 1
                await self._sleep(backoff(failures))
        finally:
            with suppress(TimeoutError):
                async with asyncio.timeout(_STORED_WITHIN):
                    await self._waiting.join()
            storing.cancel()

    async def _is_refused(self, link: Link, token: Token) -> bool:
        """Listen on one connection to its end, and tell whether that was for its token."""
        from websockets.exceptions import InvalidStatus, WebSocketException

        try:
            await self._converse(link, token)
        except TokenRefused:
            _log.warning("WebSocket: Zoom refused the access token; connecting with another")
            return True
        except (Silent, SubscriptionRefused, WebSocketException, OSError, TimeoutError) as end:
            text = quote_text(f"{type(end).__name__}: {end}", token.access_token, quote_plus(token.access_token))
            _log.warning("WebSocket: the connection ended (%s); Zoom does not repeat what happens meanwhile", text)
            return isinstance(end, InvalidStatus) and end.response.status_code == 401
        return False

    async def _converse(self, link: Link, token: Token) -> None:
        from zoom_api_client.triggers.websocket_connect import connect

        address = _with_token(self._address, token.access_token)
        # Zoom's heartbeat is a message of its own, not WebSocket's ping.
        options: Any = {"ping_interval": None, "max_size": _LARGEST, "logger": _silent}
        if hosts.is_loopback(self._address):  # the token stays on this machine: no proxy of the environment reads it
            options["proxy"] = None
        async with connect(address, open_timeout=_OPENED_WITHIN, close_timeout=_CLOSED_WITHIN, **options) as socket:
            _log.info("WebSocket: connected; what happened before is not delivered")
            try:
                await self._listen(link, socket)
            finally:
                await self._drain(link, socket)

    async def _listen(self, link: Link, socket: ClientConnection) -> None:
        while True:
            if (due := link.due(self._clock())) is not None:
                await socket.send(due)
            if self._waiting.qsize() >= _MOST_WAITING or self._held >= _MOST_HELD:
                await self._waiting.join()
            try:
                async with asyncio.timeout(link.wait(self._clock())):  # wait_for of 3.11 may swallow a cancellation
                    frame = await socket.recv()
            except TimeoutError:
                continue
            self._take(link, frame)

    async def _drain(self, link: Link, socket: ClientConnection) -> None:
        """Say goodbye, and take what has come, and what Zoom sends before it says goodbye too."""
        from websockets.exceptions import ConnectionClosed

        closing = asyncio.create_task(socket.close())  # ends the connection, and so the loop, if Zoom does not answer
        with suppress(ConnectionClosed):
            async for frame in socket:
                with suppress(TokenRefused, SubscriptionRefused):
                    self._take(link, frame)
        await closing

    def _take(self, link: Link, frame: str | bytes) -> None:
        """Keep the event of a frame. Nothing is awaited: whoever is cancelled between the two would lose it."""
        if (event := link.receive(frame, self._clock())) is not None:
            self._waiting.put_nowait(event)
            self._held += len(event)

    async def _store(self) -> None:
        """Store what has come, together, whatever becomes of the connection: nobody would send it again."""
        while True:
            bodies = [await self._waiting.get()]
            while not self._waiting.empty():
                bodies.append(self._waiting.get_nowait())
            left = [Delivery(key_of(codec.loads(body), body), body, time.time(), "websocket") for body in bodies]
            while left := await self._store_together(left):
                await self._sleep(_STORED_AGAIN_AFTER)
            for body in bodies:
                self._held -= len(body)
                self._waiting.task_done()

    async def _store_together(self, deliveries: list[Delivery]) -> list[Delivery]:
        """Return those that could not be stored."""
        results = await asyncio.gather(*map(self._put, deliveries), return_exceptions=True)
        failures = [each for each in results if isinstance(each, BaseException)]
        if failures:
            _log.error("%d events that came by WebSocket wait to be stored: %s", len(failures), describe(failures[0]))
        return [each for each, result in zip(deliveries, results, strict=True) if isinstance(result, BaseException)]


@asynccontextmanager
async def ending_with_signals() -> AsyncIterator[None]:
    """Cancel the task inside at SIGTERM and SIGINT, and raise the signal again at its end.

    Only where nobody else has asked for the signals, and they would end the process at once.
    """
    task, came, before = asyncio.current_task(), list[int](), dict[int, Any]()
    loop = asyncio.get_running_loop()

    def end(number: int) -> None:
        came.append(number)
        if task is not None:
            task.cancel()

    with suppress(NotImplementedError, RuntimeError, ValueError):  # on Windows, and in another thread than the first
        for number, ends_at_once in ((signal.SIGTERM, signal.SIG_DFL), (signal.SIGINT, signal.default_int_handler)):
            if signal.getsignal(number) is ends_at_once:
                loop.add_signal_handler(number, end, number)
                before[number] = ends_at_once
    try:
        yield
    except asyncio.CancelledError:
        if not came:
            raise
    finally:
        for each, handler in before.items():
            loop.remove_signal_handler(each)
            signal.signal(each, handler)
    if came:
        signal.raise_signal(came[0])


def _check(address: str) -> str:
    """Return the address of a subscription: a token is sent to Zoom only, or to a stand-in of this machine."""
    url = address if "://" in address else f"{URL}?{urlencode({'subscriptionId': address})}"
    if not hosts.is_zoom_socket(url):
        parts = urlsplit(url)
        raise ValueError(
            f"{parts.scheme}://{parts.hostname or ''} is not the address of a Zoom WebSocket, which begins with {URL}"
        )
    return url


def _with_token(address: str, token: str) -> str:
    parts = urlsplit(address)
    query = [pair for pair in parse_qsl(parts.query) if pair[0] != "access_token"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("access_token", token)])))
