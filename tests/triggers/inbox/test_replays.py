"""What somebody else sends again is a repeat, whatever id it carries: the id is not signed, and the body is."""

import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from zoom_api_client.testing.events import SECRET_TOKEN, sign, zoom_event
from zoom_api_client.triggers import Receiver, verify
from zoom_api_client.triggers.inbox import Counts

EVENT = zoom_event("meeting.started")


@pytest.fixture
def receiver(url: str) -> Iterator[Receiver]:
    """A receiver with an inbox of each kind."""
    with closing(Receiver(secret_token=SECRET_TOKEN, inbox=url)) as made:
        yield made


async def test_a_captured_delivery_is_stored_once(receiver: Receiver) -> None:
    """It comes with a thousand new ids, while it waits and after it was handled."""
    for each in range(500):
        headers = {**EVENT.headers, "x-zm-request-id": str(each)}
        assert receiver.handle(headers, EVENT.body).status == 200
        assert (await receiver.answer({**headers, "x-zm-request-id": f"a{each}"}, EVENT.body)).status == 200
    assert receiver.inbox.counts().waiting == 1
    receiver.inbox.complete(receiver.inbox.claim(10, lease=60))
    for request_id in ("another", ""):
        assert receiver.handle({**EVENT.headers, "x-zm-request-id": request_id}, EVENT.body).status == 200
    assert receiver.inbox.counts() == Counts(0, 0, 0)


def test_zooms_own_repeat_is_a_repeat(receiver: Receiver) -> None:
    """It has the same id and the same body, and a new timestamp with a new signature."""
    request_id = EVENT.headers["x-zm-request-id"]
    for later in (0, 100, 200):
        headers = sign(EVENT.body, at=time.time() - later, request_id=request_id)
        assert receiver.handle(headers, EVENT.body).status == 200
    assert receiver.inbox.counts().waiting == 1


def test_events_that_differ_by_a_millisecond_are_two(receiver: Receiver) -> None:
    """Two people who leave at the same time are two events."""
    for each in range(3):
        event = zoom_event("meeting.ended", event_ts=1_780_000_000_000 + each)
        assert receiver.handle(event.headers, event.body).status == 200
    assert receiver.inbox.counts().waiting == 3


@pytest.mark.parametrize(("tolerance", "status"), [(300, 401), (5400, 200)])
def test_the_tolerance_can_be_set(tolerance: float, status: int) -> None:
    """Five minutes if nobody says otherwise, for the receiver as for `verify`."""
    old = EVENT.signed_at(time.time() - 1000)
    with closing(Receiver(secret_token=SECRET_TOKEN, inbox="memory://", tolerance=tolerance)) as receiver:
        assert receiver.handle(old.headers, old.body).status == status
    if status == 200:
        verify(old.body, old.headers, secret_token=SECRET_TOKEN, tolerance=tolerance)
