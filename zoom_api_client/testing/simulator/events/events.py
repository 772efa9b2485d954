"""Events: queues an event for each subscriber that wants it; `deliver` or `begin` sends what is due.

`serve` begins every tenth of a second; without it nothing is sent unless somebody calls `deliver`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

from zoom_api_client.core.secret import Secret
from zoom_api_client.testing import contract
from zoom_api_client.testing.simulator.authorization.apps import DEFAULT, Apps
from zoom_api_client.testing.simulator.events import challenges, content
from zoom_api_client.testing.simulator.events.content import Happened
from zoom_api_client.testing.simulator.events.deliveries import NOT_SENT, Attempt, Deliveries, Delivery
from zoom_api_client.testing.simulator.events.lanes import Lanes
from zoom_api_client.testing.simulator.events.sender import Sender
from zoom_api_client.testing.simulator.events.subscriptions import Subscription, Subscriptions, is_near
from zoom_api_client.testing.simulator.state import State

Put = Callable[[bytes | None], None]


class Events:
    """Sends events to those who subscribed.

    Args:
        state: the simulator's; its clock decides when a delivery is repeated.
        apps: those whose secrets sign deliveries.

    Attributes:
        subscriptions: which events go to whom.
        deliveries: those that wait and the last thousand, the oldest first.
    """

    def __init__(self, state: State, apps: Apps) -> None:
        self._state, self._apps = state, apps
        self.subscriptions = Subscriptions(state)
        self.deliveries = Deliveries()
        self._sockets: dict[str, Put] = {}
        self._lanes = Lanes(self._send_next)

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
        """Queue an event for everybody who wants it. Raises `LookupError` for a name that Zoom does not have."""
        wanting = [each for each in self.subscriptions if each.account == account and each.wants(name, about)]
        if wanting:
            contract.event(name)
            body = content.write(Happened(name, about, account, self._state.clock.now()), self._state.seed)
            for each in wanting:
                self.deliveries.add(Delivery(name, each.id, each.url, body))

    def deliver(self) -> int:
        """Send everything that is due, challenges first, and wait for it; return how many posts that took."""
        sent = 0
        while lanes := self.begin():
            sent += sum(each.result() for each in lanes)
        return sent

    def begin(self) -> list[Future[int]]:
        """Begin to send what is due; return how much is sent to each subscriber, as it comes about."""
        self.deliveries.forget()
        now = self._state.clock.now()
        challenged = [each.id for each in self.subscriptions if challenges.is_due(each, now)]
        due = [each.subscription for each in self.deliveries.waiting() if each.is_due(now)]
        return self._lanes.begin(list(dict.fromkeys([*challenged, *due])))

    def pause(self) -> None:
        """Let what is being sent end, and send nothing more until it begins again."""
        self._lanes.pause()

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
        self.deliveries.clear()
        self.subscriptions.restore()

    def dump(self) -> dict[str, Any]:
        """Return as JSON what was delivered and what waits, and which subscriptions were made here."""
        return {"deliveries": self.deliveries.dump(), "standing": self.subscriptions.dump()}

    def load(self, dumped: Mapping[str, Any]) -> None:
        """Take what was dumped. The subscriptions themselves are rows of the store."""
        self.deliveries.load(dumped["deliveries"])
        self.subscriptions.load(dumped["standing"])

    def _send_next(self, subscription_id: str) -> bool:
        """Send a subscriber the next thing that is due, a challenge first; return False if there is nothing."""
        now, subscription = self._state.clock.now(), self.subscriptions.find(subscription_id)
        if subscription and challenges.is_due(subscription, now):
            self._challenge(subscription)
            return True
        theirs = (each for each in self.deliveries.waiting() if each.subscription == subscription_id)
        delivery = next((each for each in theirs if each.is_due(now)), None)
        if delivery is not None:
            self._send(delivery, subscription)
        return delivery is not None

    def _send(self, delivery: Delivery, subscription: Subscription | None) -> None:
        if subscription is None:
            self._note(delivery, NOT_SENT, "not sent: the subscription has ended")
        elif subscription.url:
            self._post(delivery, subscription)
        else:
            self._push(delivery)

    def _post(self, delivery: Delivery, subscription: Subscription) -> None:
        """Send by webhook, to a URL that passed the challenge or passes it now."""
        if subscription.is_disabled:
            return self._note(delivery, NOT_SENT, "not sent: the subscription is disabled")
        passed = subscription if subscription.is_valid else self._challenge(subscription)
        if not passed.is_valid:
            return self._note(delivery, NOT_SENT, "not sent: the URL did not pass the challenge")
        return self._note(delivery, *self._sender(subscription).send(delivery.url, delivery.body, delivery.request_id))

    def _push(self, delivery: Delivery) -> None:
        """Send by WebSocket, once: what nobody is connected for is lost."""
        put = self._sockets.get(delivery.subscription)
        if put is None:
            return self._note(delivery, NOT_SENT, "lost: no WebSocket is connected")
        put(delivery.body)
        return self._note(delivery, 200)

    def _challenge(self, subscription: Subscription) -> Subscription:
        """Put a URL to the challenge, and note whether it passes."""
        body = challenges.write(subscription, self._state.clock.now())
        delivery = self.deliveries.add(Delivery(challenges.NAME, subscription.id, subscription.url, body))
        passes = False
        if is_near(subscription.url):
            sender = self._sender(subscription)
            self._note(delivery, *sender.send(subscription.url, body, delivery.request_id))
            said = delivery.attempts[-1]
            passes = said.is_taken and sender.passes_challenge(body, said.answer)
        else:
            self._note(delivery, NOT_SENT, "not sent: the URL is not of this machine or its network")
        return self.subscriptions.put(challenges.note(subscription, self._state.clock.now(), passes=passes))

    def _sender(self, subscription: Subscription) -> Sender:
        app = self._apps.find(subscription.client_id) or DEFAULT
        moment = self._state.clock.real().timestamp()
        return Sender(app.client_id, Secret(subscription.secret_token or app.secret_token), moment)

    def _note(self, delivery: Delivery, status: int, answer: str = "") -> None:
        delivery.attempts.append(Attempt(self._state.now(), status, answer))
