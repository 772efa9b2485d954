"""Events: tells those who subscribed of what happens. What is told waits in a queue until `deliver` sends it.

`serve` delivers every tenth of a second; without it nothing is sent unless somebody calls `deliver`.
"""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from threading import Lock
from typing import Any, Final

from zoom_api_client.core.secret import Secret
from zoom_api_client.testing import contract
from zoom_api_client.testing.sender import NO_ANSWER, REPEATS
from zoom_api_client.testing.simulator.authorization.apps import DEFAULT, Apps
from zoom_api_client.testing.simulator.events import content
from zoom_api_client.testing.simulator.events.content import Happened
from zoom_api_client.testing.simulator.events.deliveries import Attempt, Delivery, Sender
from zoom_api_client.testing.simulator.events.subscriptions import Subscription, Subscriptions, is_near
from zoom_api_client.testing.simulator.state import State

_REMEMBERED: Final = 1000
_VALIDATION: Final = "endpoint.url_validation"

Put = Callable[[bytes | None], None]


class Events:
    """Tells of what happens.

    Args:
        state: of the simulator, by whose clock is repeated.
        apps: whose secrets sign what is delivered.

    Attributes:
        subscriptions: who wants what.
        deliveries: the last thousand, the oldest first.
    """

    def __init__(self, state: State, apps: Apps) -> None:
        self._state, self._apps = state, apps
        self.subscriptions = Subscriptions(state)
        self.deliveries: deque[Delivery] = deque(maxlen=_REMEMBERED)
        self._waiting: deque[tuple[Happened, str] | Delivery] = deque()
        self._sockets: dict[str, Put] = {}
        self._sending = Lock()

    def subscribe(
        self, url: str = "", events: Sequence[str] = ("*",), *, secret_token: str = "", client_id: str = ""
    ) -> Subscription:
        """Subscribe to events: by webhook, or without a URL by WebSocket.

        Args:
            url: of the receiver, which has to answer the challenge of a URL before anything else is delivered to it.
            events: their names; `meeting.*` is all of a kind.
            secret_token: what deliveries are signed with; the app's own, if it is not given.
            client_id: the app's; that of the app which is there without registration, if it is not given.
        """
        return self.subscriptions.add(url, events, secret_token, client_id or DEFAULT.client_id)

    def emit(self, name: str, about: Mapping[str, Any], account: str) -> None:
        """Tell of an event: queue it for everybody who wants it. Raises `LookupError` for a name that Zoom has not."""
        wanting = [each for each in self.subscriptions if each.account == account and each.wants(name, about)]
        if wanting:
            contract.event(name)
            happened = Happened(name, dict(about), account, self._state.clock.now())
            self._waiting.extend((happened, each.id) for each in wanting)

    def deliver(self) -> int:
        """Send everything that waits, challenges first; return how many posts that took."""
        with self._sending:  # one after the other: a challenge comes before what it is for
            sent = sum(self._challenge(each) is not None for each in self._unchallenged())
            for _ in range(len(self._waiting)):
                sent += self._send(self._waiting.popleft())
        return sent

    def connect(self, subscription_id: str, put: Put) -> Put | None:
        """Send what happens to a WebSocket from now on; return the one of before, which is to close."""
        before = self._sockets.get(subscription_id)
        self._sockets[subscription_id] = put
        return before

    def disconnect(self, subscription_id: str, put: Put) -> None:
        """Send nothing more to a WebSocket, if it is the one of the subscription still."""
        if self._sockets.get(subscription_id) == put:  # a method is another object each time
            del self._sockets[subscription_id]

    def clear(self) -> None:
        """Forget what was delivered and what waits. Subscriptions that were made here, and not by API, stay."""
        self._waiting.clear()
        self.deliveries.clear()
        self.subscriptions.restore()

    def _unchallenged(self) -> list[Subscription]:
        return [each for each in self.subscriptions if each.url and each.is_valid is None]

    def _send(self, waiting: tuple[Happened, str] | Delivery) -> bool:
        delivery = waiting if isinstance(waiting, Delivery) else self._begin(*waiting)
        subscription = self.subscriptions.find(delivery.subscription) if delivery else None
        if delivery is None or subscription is None:
            return False
        if subscription.url:
            self._post(delivery, subscription)
        else:
            self._push(delivery)
        return True

    def _begin(self, happened: Happened, subscription_id: str) -> Delivery | None:
        subscription = self.subscriptions.find(subscription_id)
        if subscription is None:
            return None
        body = content.write(happened, self._state.seed)
        delivery = Delivery(happened.name, subscription_id, subscription.url, body)
        self.deliveries.append(delivery)
        return delivery

    def _post(self, delivery: Delivery, subscription: Subscription) -> None:
        """Send by webhook, to a URL that passed the challenge or passes it now."""
        passed = subscription if subscription.is_valid else self._challenge(subscription)
        if not passed.is_valid:
            return self._note(delivery, NO_ANSWER, "not sent: the URL did not pass the challenge")
        self._note(delivery, *self._sender(subscription).send(delivery.url, delivery.body, delivery.request_id))
        if delivery.attempts[-1].is_repeated and len(delivery.attempts) <= len(REPEATS):
            wait = timedelta(seconds=REPEATS[len(delivery.attempts) - 1])
            self._state.clock.schedule(self._state.clock.now() + wait, lambda: self._waiting.append(delivery))
        return None

    def _push(self, delivery: Delivery) -> None:
        """Send by WebSocket, once: what nobody is connected for is lost."""
        put = self._sockets.get(delivery.subscription)
        if put is None:
            return self._note(delivery, NO_ANSWER, "lost: no WebSocket is connected")
        put(delivery.body)
        return self._note(delivery, 200)

    def _challenge(self, subscription: Subscription) -> Subscription:
        """Put a URL to the challenge, and note whether it passes."""
        about = {"plainToken": secrets.token_urlsafe(16)}
        body = content.write(Happened(_VALIDATION, about, subscription.account, self._state.clock.now()))
        delivery = Delivery(_VALIDATION, subscription.id, subscription.url, body)
        self.deliveries.append(delivery)
        if not is_near(subscription.url):
            self._note(delivery, NO_ANSWER, "not sent: the URL is not of this machine or its network")
            return self.subscriptions.mark(subscription, is_valid=False)
        sender = self._sender(subscription)
        self._note(delivery, *sender.send(subscription.url, body, delivery.request_id))
        said = delivery.attempts[-1]
        passes = said.is_taken and sender.passes_challenge(body, said.answer)
        return self.subscriptions.mark(subscription, is_valid=passes)

    def _sender(self, subscription: Subscription) -> Sender:
        app = self._apps.find(subscription.client_id) or DEFAULT
        moment = self._state.clock.real().timestamp()
        return Sender(app.client_id, Secret(subscription.secret_token or app.secret_token), moment)

    def _note(self, delivery: Delivery, status: int, answer: str = "") -> None:
        delivery.attempts.append(Attempt(self._state.now(), status, answer))
