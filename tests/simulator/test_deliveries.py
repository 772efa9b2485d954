"""Deliveries of the simulator: to many at once, in order to each, and only while a URL passes its challenges."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from threading import Event, Semaphore, Thread
from typing import Any

import attrs
import pytest

from tests.simulator.calling import Calling
from tests.simulator.frozen import FrozenZoom
from tests.simulator.receiving import SECRET, Receiver, receiving
from zoom_api_client.testing.exchange import IncomingRequest
from zoom_api_client.testing.simulator.events.lanes import AT_ONCE, Lanes
from zoom_api_client.testing.simulator.steering import Steering

THREE_DAYS = timedelta(hours=72)


@attrs.define
class Hanging(Receiver):
    """A receiver that takes nothing before it is let go."""

    gate: Event = attrs.field(factory=Event)

    def answer(self, headers: dict[str, str], body: bytes) -> tuple[int, Any]:
        """Answer, late."""
        if b"url_validation" not in body:
            self.gate.wait(20)
        return Receiver.answer(self, headers, body)


@pytest.fixture
def receivers() -> Iterator[tuple[Hanging, Receiver]]:
    """Return a receiver that hangs, and one that does not."""
    hanging = Hanging()
    with ExitStack() as stack:
        yield stack.enter_context(receiving(hanging)), stack.enter_context(receiving(Receiver()))  # type: ignore[misc]
        hanging.gate.set()


@pytest.fixture
def zoom() -> Calling:
    """Return a simulator whose clock stands."""
    return Calling(FrozenZoom(open=True))


def test_receiver_that_hangs_keeps_no_other_waiting(zoom: Calling, receivers: tuple[Hanging, Receiver]) -> None:
    """One after the other, the second would wait the three seconds that the first may take, for each event."""
    hanging, other = receivers
    events = zoom.simulator.events
    slow, _ = (events.subscribe(each.url, secret_token=SECRET) for each in receivers)
    events.deliver()
    meeting = zoom.post("/users/me/meetings", {"topic": "Planning"})["id"]
    zoom.patch(f"/meetings/{meeting}", {"topic": "Other"})
    lanes = events.begin()
    assert other.wait()[0] == "meeting.created"
    held = [each for each in events.deliveries if each.subscription == slow.id and "meeting." in each.event]
    assert [each.attempts for each in held] == [[], []]
    zoom.delete(f"/meetings/{meeting}")
    events.begin()
    hanging.gate.set()
    assert sum(each.result() for each in lanes) >= 4
    events.deliver()
    assert hanging.events == other.events == ["meeting.created", "meeting.updated", "meeting.deleted"]


def test_no_more_threads_than_a_few_send() -> None:
    """A thousand subscribers are not a thousand threads."""
    entered, gate, sent = Semaphore(0), Event(), list[str]()

    def send(subscriber: str) -> bool:
        if subscriber in sent:
            return False
        sent.append(subscriber)
        entered.release()
        return gate.wait(20)

    lanes = Lanes(send)
    begun = lanes.begin([str(number) for number in range(AT_ONCE + 4)])
    for _ in range(AT_ONCE):
        assert entered.acquire(timeout=20)
    assert not entered.acquire(blocking=False)
    gate.set()
    assert [each.result(20) for each in begun] == [1] * (AT_ONCE + 4)


def test_pause_leaves_what_is_not_begun() -> None:
    """Ctrl-C with a hundred events before a receiver that hangs would take five minutes."""
    allowed, sent = Semaphore(0), list[str]()

    def send(subscriber: str) -> bool:
        sent.append(subscriber)
        return allowed.acquire(timeout=20) and len(sent) < 1000

    lanes = Lanes(send)
    lanes.begin(["one"])
    pausing = Thread(target=lanes.pause)
    pausing.start()
    while pausing.is_alive():
        allowed.release()
    assert len(sent) < 1000
    allowed.release(1000)
    lanes.begin(["one"])[0].result(20)
    assert len(sent) == 1000


def test_url_is_challenged_again_every_three_days(zoom: Calling, receivers: tuple[Hanging, Receiver]) -> None:
    """A receiver whose secret was changed works for days, and then no more."""
    _, receiver = receivers
    subscription = zoom.simulator.events.subscribe(receiver.url, secret_token=SECRET)
    came = []
    for hours in (0, 71, 1, 71, 1):
        zoom.simulator.clock.advance(hours * 3600)
        zoom.simulator.events.deliver()
        came.append(receiver.challenges)
    assert came == [1, 1, 2, 2, 3]
    receiver.secret = "another"
    failures = []
    for _ in range(5):
        zoom.simulator.clock.advance(THREE_DAYS)
        zoom.simulator.events.deliver()
        failures.append(_find(zoom, subscription.id).failures)
    assert failures == [1, 2, 3, 4, 5]
    zoom.post("/users/me/meetings", {"topic": "Planning"})
    receiver.secret = SECRET
    zoom.simulator.clock.advance(THREE_DAYS)
    zoom.simulator.events.deliver()
    assert (_find(zoom, subscription.id).failures, receiver.events) == (0, ["meeting.created"])


def test_subscription_is_disabled_after_six_challenges_that_failed(
    zoom: Calling, receivers: tuple[Hanging, Receiver]
) -> None:
    """Nothing is delivered from then on, not even to a receiver that is right again, until somebody enables it."""
    _, receiver = receivers
    subscription = zoom.simulator.events.subscribe(receiver.url, secret_token=SECRET)
    zoom.simulator.events.deliver()
    receiver.secret = "another"
    zoom.simulator.clock.advance(100 * THREE_DAYS)
    zoom.simulator.events.deliver()
    assert (receiver.challenges, _find(zoom, subscription.id).is_disabled) == (7, True)
    receiver.secret = SECRET
    zoom.simulator.clock.advance(THREE_DAYS)
    zoom.post("/users/me/meetings", {"topic": "Lost"})
    zoom.simulator.events.deliver()
    assert (receiver.challenges, receiver.events) == (7, [])
    assert zoom.simulator.events.deliveries[-1].attempts[0].answer == "not sent: the subscription is disabled"
    assert _enable(zoom, subscription.id) == 200
    zoom.simulator.events.deliver()
    zoom.post("/users/me/meetings", {"topic": "Planning"})
    zoom.simulator.events.deliver()
    assert (receiver.challenges, receiver.events) == (8, ["meeting.created"])
    assert _enable(zoom, "nobody") == 404


def _find(zoom: Calling, subscription_id: str) -> Any:
    found = zoom.simulator.events.subscriptions.find(subscription_id)
    assert found is not None
    return found


def _enable(zoom: Calling, subscription_id: str) -> int:
    answer = Steering(zoom.simulator).answer(
        IncomingRequest("PUT", f"http://127.0.0.1/_simulator/subscriptions/{subscription_id}")
    )
    assert answer is not None
    return answer.status
